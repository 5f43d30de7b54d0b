/* Cut and place: a session that is picked up waits in this tab until it is put on a free time of any day. */
import { board, day, say, span, whoIs, words } from "./grid.js";
import { canMove, put } from "./move.js";

const KEPT = "desk-carry";

export function start() {
  document.addEventListener("board:drawn", draw);
  document.addEventListener("click", place, true);
  draw();
}

function carried() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

/* Only what is needed to find it again is kept, and only until this tab closes. */
export function pick(card) {
  if (!canMove(card)) return say(words.cannot);
  sessionStorage.setItem(KEPT, JSON.stringify({ href: card.href, v: card.dataset.v, who: whoIs(card) }));
  draw();
  say(words.carry.replace("#", whoIs(card)));
}

export function letGo() {
  if (!carried()) return false;
  sessionStorage.removeItem(KEPT);
  draw();
  say(words.leftAlone);
  return true;
}

function draw() {
  document.getElementById("carry")?.remove();
  const one = carried();
  if (!one) return;
  const note = document.createElement("div");
  note.id = "carry";
  note.className = "note care row";
  const text = document.createElement("p");
  text.textContent = words.carry.replace("#", one.who);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn tool";
  button.textContent = words.letGo;
  button.addEventListener("click", letGo);
  note.append(text, button);
  day().before(note);
}

async function place(event) {
  const one = carried();
  const gap = event.target.closest?.("#board .gap");
  if (!one || !gap || !board()) return;
  event.preventDefault();
  event.stopPropagation();
  const done = await put({ href: one.href, dataset: { v: one.v } }, gap.closest(".col"), span(gap.closest("li"))[0]);
  sessionStorage.removeItem(KEPT); // placed, or its form is open in the dialog
  draw();
  return done;
}
