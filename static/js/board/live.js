/* The board stays true: a short look every 15 seconds, the whole day only when something changed. */
import { BOOKED, board, clock, day, isToday, nowTick, say, setClock, setSpan, shown, span, state, whoIs, words } from "./grid.js";
import { ask } from "./send.js";

const LOOK = 15_000;
const MOVE = 30_000;
const OLD = 60_000;
const MARKED = 5_000;
const TYPED = 10_000;
const UNDO = 180_000;
export const SAID = "#done, #said";

let paused = false;
let seen = Date.now();
let typed = 0;
let said = { note: null, until: 0 };

export function start() {
  setClock();
  drawn();
  document.addEventListener("input", () => (typed = Date.now()));
  document.addEventListener("visibilitychange", look);
  document.addEventListener("click", (event) => event.target.closest("#pause") && pause());
  setInterval(look, LOOK);
  setInterval(age, LOOK / 3);
  setInterval(tick, MOVE);
  window.addEventListener("online", look);
  document.getElementById("print")?.addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", stamp);
  document.addEventListener("click", choose);
  toNow();
}

function isBusy() {
  return state.moving || document.hidden || Date.now() - typed < TYPED || document.querySelector("dialog[open]");
}

function pause() {
  paused = !paused;
  document.getElementById("pause").setAttribute("aria-pressed", paused);
  if (!paused) look();
}

async function look() {
  if (paused || isBusy()) return;
  try {
    const answer = await fetch(day().dataset.pulse);
    if (!answer.ok || answer.redirected) return;
    const { digest, clock: read } = await answer.json();
    seen = Date.now();
    age();
    document.getElementById("updated").textContent = read;
    if (digest && digest !== day().dataset.digest) await refresh();
  } catch {
    age(); // the connection is gone: the next look tries again
  }
}

function age() {
  const note = document.getElementById("stale");
  note.hidden = paused || isBusy() || Date.now() - seen < OLD;
  note.textContent = note.hidden ? "" : words.stale;
}

/* Draw the day anew. Nothing happens while somebody is in the middle of something. */
export async function refresh() {
  const answer = await ask(location.href);
  if (answer.kind !== "page" || state.moving || swap(answer.html)) return;
  if (answer.html.includes('id="day"')) location.reload(); // midnight is over: today is another day
}

export function swap(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("day");
  if (!fresh || fresh.dataset.pulse !== day().dataset.pulse) return false;
  const before = cards();
  const focus = keyOf(document.activeElement);
  const scroll = board() && [board().scrollTop, board().scrollLeft];
  const chosen = document.querySelector(".col.is-chosen")?.id;
  keepSaid(fresh);
  day().replaceWith(fresh);
  seen = Date.now();
  setClock();
  if (chosen) show(chosen);
  if (scroll && board()) [board().scrollTop, board().scrollLeft] = scroll;
  mark(before);
  drawn();
  back(focus);
  return true;
}

/* What was said, and its way back, stays while it can be taken back. */
export function keepSaid(fresh) {
  const note = fresh.querySelector(SAID);
  if (note?.children.length) {
    said = { note, until: Date.now() + UNDO };
    say(note.textContent.trim());
  } else if (said.note && Date.now() < said.until) {
    fresh.prepend(said.note);
  }
}

export function forgetSaid() {
  said = { note: null, until: 0 };
}

function drawn() {
  document.getElementById("pause").setAttribute("aria-pressed", paused);
  tick();
  document.dispatchEvent(new Event("board:drawn"));
}

function cards() {
  const found = new Map();
  for (const card of document.querySelectorAll("#board a[data-v]")) {
    const column = card.closest(".col").id;
    found.set(card.getAttribute("href"), `${card.dataset.v} ${span(card.parentElement)} ${column}`);
  }
  return found;
}

function mark(before) {
  const after = cards();
  const changed = [...after.keys()].filter((key) => before.get(key) !== after.get(key));
  const gone = [...before.keys()].filter((key) => !after.has(key));
  for (const key of changed) {
    const card = document.querySelector(`#board a[href="${key}"]`);
    card.classList.add("is-changed");
    setTimeout(() => card.classList.remove("is-changed"), MARKED);
  }
  const count = changed.length + gone.length;
  if (count && !document.querySelector(SAID)?.children.length) say(words.changed.replace("#", count));
}

/* Where the focus is, so that it can be found again when the day was drawn anew. */
export function keyOf(element) {
  if (!element || !day().contains(element)) return null;
  const entry = element.closest(".lane > li");
  return {
    id: element.id,
    href: element.getAttribute("href"),
    column: element.closest(".col")?.id,
    start: entry ? span(entry)[0] : -1,
  };
}

export function back(key) {
  if (!key) return;
  const same = (key.id && document.getElementById(key.id)) || (key.href && day().querySelector(`a[href="${key.href}"]`));
  const near = [...(document.getElementById(key.column)?.querySelectorAll(".lane a") || [])].sort(
    (one, other) => distance(one, key.start) - distance(other, key.start),
  )[0];
  (same || near || board())?.focus({ preventScroll: true });
}

function distance(link, start) {
  return Math.abs(span(link.closest("li"))[0] - start);
}

/* The line of now moves on, and so do the words that count minutes. */
function tick() {
  if (!isToday() || !board()) return;
  const now = nowTick();
  const [first, last] = shown();
  const line = document.getElementById("now");
  line.parentElement.hidden = now < first || now >= last;
  setSpan(line, Math.floor(now), Math.floor(now) + 1);
  line.querySelector("b").textContent = clock(now);
  for (const card of board().querySelectorAll(`.bk.is-on, ${BOOKED}, .bk.is-confirmed`)) count(card, now);
  const late = [...board().querySelectorAll("#board .bk.is-late")].map(whoIs);
  const note = document.getElementById("late");
  if (document.querySelector(".more-columns")) return; // the count is over columns that are not on the screen
  note.classList.toggle("alert", late.length > 0);
  note.querySelector("b").textContent = late.length;
  note.lastElementChild.textContent = late.length ? `: ${late.join(", ")}` : "";
}

function count(card, now) {
  const [start, end] = span(card.parentElement);
  const word = card.querySelector("i");
  if (card.classList.contains("is-on")) {
    const left = Math.trunc((end - now) * 5);
    word.textContent = (left < 0 ? words.over : words.left).replace("#", Math.abs(left));
  } else if ((now - start) * 5 >= 1) {
    card.classList.remove("is-asked"); // nobody can answer any more
    card.classList.add("is-late");
    word.textContent = words.late.replace("#", Math.floor((now - start) * 5));
  }
}

/* The sheet says when it was printed; of another day, when it was read. */
function stamp() {
  if (isToday()) document.querySelector("#printed b").textContent = clock(nowTick());
}

/* Once, when the page opens. */
function toNow() {
  const line = document.getElementById("now");
  if (!line || line.parentElement.hidden || location.hash) return;
  const box = board();
  if (box.scrollHeight > box.clientHeight + 1) box.scrollTop = line.offsetTop - box.clientHeight / 3;
}

/* On a phone one column is shown; the address keeps it for a reload. */
function choose(event) {
  const way = event.target.closest(".jump a");
  if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(columnOf(way));
  history.replaceState(null, "", way.getAttribute("href"));
}

function columnOf(way) {
  return new URL(way.href).searchParams.get("who");
}

function show(column) {
  if (!document.getElementById(column)) return;
  for (const one of document.querySelectorAll(".col")) one.classList.toggle("is-chosen", one.id === column);
  for (const one of document.querySelectorAll(".jump a")) {
    if (columnOf(one) === column) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  document.dispatchEvent(new Event("board:drawn"));
}
