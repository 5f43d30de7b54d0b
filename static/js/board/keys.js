/* The board by keyboard: one tab stop, arrows by time, and letters only while the focus is in the board. */
import { board, clock, columns, nameOf, say, shown, span, whoIs, words } from "./grid.js";
import { letGo, pick } from "./carry.js";
import { open, settle } from "./dialog.js";
import { keyOf } from "./live.js";
import { Ghost, canMove, put } from "./move.js";
import { post } from "./send.js";

const OFF = "desk-letters";
/* The other buttons of what was said tell the client, and have an address of their own. */
const UNDO = "#day :is(#done, #said) form button:not([formaction])";
const STEPS = { a: "arrived", s: "started", d: "done", x: "no-show" };
const BUTTONS = { t: "today", "[": "before", "]": "after", p: "print", n: "book", w: "walk-in", "?": "help" };
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const FURTHER = { PageUp: [0, -12], PageDown: [0, 12] };

let current = null;
let ghost = null;

export function start() {
  document.addEventListener("board:drawn", rove);
  document.addEventListener("focusin", (event) => event.target.closest?.("#board") && stay(event.target));
  document.addEventListener("keydown", pressed);
  document.addEventListener("dialog:shown", letters);
  document.addEventListener("change", (event) => event.target.id === "letters" && keep(event.target.checked));
  rove();
}

function stops(column) {
  return [...column.querySelectorAll("h2 a, a.bk[href], a.gap[href], a.why[href]")];
}

function timeOf(stop) {
  const entry = stop.closest(".lane > li");
  return entry ? span(entry)[0] : -1;
}

/* One of all has the tab stop: where the focus was, else what comes first in the column that is shown. */
function rove() {
  const every = columns().flatMap(stops);
  if (!board()) return;
  if (!every.length) return board().setAttribute("tabindex", "0");
  board().removeAttribute("tabindex");
  const again = every.find((stop) => current && stop.getAttribute("href") === current.href);
  const chosen = again || every.find((stop) => stop.closest(".is-chosen") && timeOf(stop) >= 0) || every[0];
  for (const stop of every) stop.tabIndex = stop === chosen ? 0 : -1;
}

function stay(stop) {
  if (!stop.matches("a[href]")) return;
  current = keyOf(stop);
  for (const other of board().querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
  stop.tabIndex = 0;
}

function hasLetters() {
  try {
    return localStorage.getItem(OFF) !== "off";
  } catch {
    return true;
  }
}

function keep(on) {
  localStorage.setItem(OFF, on ? "on" : "off");
}

function letters() {
  const box = document.querySelector("#dialog #letters");
  if (box) box.checked = hasLetters();
}

function pressed(event) {
  const stop = event.target.closest?.("#board a, #board");
  if (!stop || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const acted = ghost ? moving(event.key) : ARROWS[event.key] ? go(stop, ARROWS[event.key]) : letter(event.key, stop);
  if (acted) event.preventDefault();
}

/* Up and down by time; across to what is nearest in time. */
function go(stop, [across, down]) {
  const all = columns();
  const column = stop.closest(".col") || all[0];
  if (!stop.closest(".col")) return focus(stops(column)[0]);
  if (down) return focus(stops(column)[stops(column).indexOf(stop) + down]);
  const beside = all.slice(...(across > 0 ? [all.indexOf(column) + 1] : [0, all.indexOf(column)]));
  const next = (across > 0 ? beside : beside.reverse()).find((one) => stops(one).length);
  if (!next) return true;
  const start = timeOf(stop);
  return focus(stops(next).sort((one, other) => Math.abs(timeOf(one) - start) - Math.abs(timeOf(other) - start))[0]);
}

function focus(stop) {
  stop?.focus();
  return true;
}

function letter(key, stop) {
  if (key === "Escape") return letGo();
  if (!hasLetters()) return false;
  const card = stop.matches("a.bk[data-v]") ? stop : null;
  if (card && STEPS[key]) return step(card, STEPS[key]);
  if (card && key === "m") return begin(card);
  if (card && key === "c") return pick(card) || true;
  if (key === "n" && stop.matches("a.gap")) return press(stop);
  if (key === "u") return press(document.querySelector(UNDO));
  if (key === "/") return focus(document.getElementById("find"));
  return BUTTONS[key] ? press(document.getElementById(BUTTONS[key])) : false;
}

function press(button) {
  button?.click();
  return true;
}

function step(card, to) {
  post(new URL("step/", card.href).href, { to, version: card.dataset.v }).then(settle);
  return true;
}

/* Move mode: the arrows move a picture of the session, and each step is said. */
function begin(card) {
  if (!canMove(card)) return say(words.cannot) || true;
  ghost = new Ghost(card);
  ghost.to(ghost.column, ghost.tick);
  say(words.moving.replace("#", whoIs(card)));
  return true;
}

function moving(key) {
  const way = ARROWS[key] || FURTHER[key];
  if (way) return shift(way);
  if (key === "Enter") return finish();
  if (key === "Escape" || key === "Tab") leave();
  return key === "Escape";
}

function shift([across, down]) {
  const [first, last] = shown();
  const all = columns();
  const column = all[all.indexOf(ghost.column) + across] || ghost.column;
  const tick = Math.max(first, Math.min(ghost.tick + down, last - (ghost.end - ghost.start)));
  const free = ghost.to(column, tick);
  ghost.picture.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(`${clock(tick)}, ${nameOf(column)}, ${free ? words.free : words.taken}`);
  return true;
}

function finish() {
  const { card, column, tick, moved } = ghost;
  if (!moved) return leave();
  ghost.stop();
  ghost = null;
  put(card, column, tick);
  return true;
}

function leave() {
  ghost.stop();
  ghost = null;
  say(words.leftAlone);
  return true;
}
