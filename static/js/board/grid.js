/* The board in numbers. A tick is five minutes, counted from the midnight of the day on the screen. */
const PLACE = /\bh(\d+) m(\d+) (?:d(\d+)|eh(\d+) em(\d+))\b/;
const HOUR = 12;
const TICK = 300;

/* A card of a booked session: one without a look of its own, or one whose client is asked for another time. */
export const BOOKED = "a.bk[data-v]:not(.is-confirmed, .is-here, .is-on, .is-done, .is-missed)";

/* What goes on: nothing is drawn anew while somebody moves a session. */
export const state = { moving: false };

export const words = document.getElementById("words").dataset;
export const day = () => document.getElementById("day");
export const board = () => document.getElementById("board");
export const isToday = () => day().dataset.today !== undefined;

let ahead = 0; // milliseconds that the server's clock is ahead of this one

export function setClock() {
  ahead = Number(day().dataset.now) * 1000 - Date.now();
}

/* Now, in ticks with a fraction. */
export function nowTick() {
  return ((Date.now() + ahead) / 1000 - Number(day().dataset.midnight)) / TICK;
}

export function say(text) {
  document.getElementById("voice").textContent = text;
}

export function span(entry) {
  const found = PLACE.exec(entry.className);
  if (!found) return [0, 0];
  const [hour, minute, lasts, endHour, endMinute] = found.slice(1).map(Number);
  const start = hour * HOUR + minute / 5;
  return [start, found[3] ? start + lasts / 5 : endHour * HOUR + endMinute / 5];
}

export function classes(start, end) {
  return `h${Math.floor(start / HOUR)} m${(start % HOUR) * 5} eh${Math.floor(end / HOUR)} em${(end % HOUR) * 5}`;
}

export function setSpan(entry, start, end) {
  entry.className = entry.className.replace(PLACE, classes(start, end));
}

/* The first and the last tick on the screen. */
export function shown() {
  const first = Number(day().dataset.first) * HOUR;
  return [first, first + Number(day().dataset.hours) * HOUR];
}

export function clock(tick) {
  const minutes = Math.floor(tick * 5);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

export function instant(tick) {
  return new Date((Number(day().dataset.midnight) + tick * TICK) * 1000).toISOString().slice(0, 16) + "Z";
}

/* The columns that can be seen: on a phone it is one. */
export function columns() {
  return board() ? [...board().querySelectorAll(".col")].filter((column) => column.offsetParent !== null) : [];
}

export function nameOf(column) {
  return column.querySelector("h2").textContent.trim();
}

export function whoIs(card) {
  return card.querySelector("b").lastChild.textContent.trim();
}

export function rowHeight(column) {
  const [first, last] = shown();
  return column.querySelector(".lane").getBoundingClientRect().height / (last - first);
}

/* The turnover that belongs to a session: it begins where the session ends. */
function turnOf(entry) {
  const next = entry.nextElementSibling;
  return next && next.classList.contains("turn") && span(next)[0] === span(entry)[1] ? next : null;
}

/* As far as the board knows; the last word has whoever saves it. `own` is the entry that moves. */
export function isFree(column, start, own) {
  const [first, last] = shown();
  const turn = own ? turnOf(own) : null;
  const end = start + (own ? span(own)[1] - span(own)[0] : 1);
  const until = end + (turn ? span(turn)[1] - span(turn)[0] : 0);
  if (start < first || end > last || (isToday() && start < nowTick())) return false;
  return [...column.querySelectorAll(".lane > li")].every((other) => {
    if (other === own || other === turn || other.dataset.ghost || other.querySelector(".gap")) return true;
    const [begins, ends] = span(other);
    return ends <= start || until <= begins;
  });
}
