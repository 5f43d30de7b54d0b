/* Cut and place: a session that is picked up waits in this tab until it is put on a free time of any day. */
import { board, day, say, span, whoIs, words } from "./grid.js";
import { canMove, put } from "./move.js";

const KEPT = "desk-carry";

export function start() {
  document.addEventListener("board:drawn", draw);
  document.addEventListener("click", place, true);
  document.addEventListener("click", (event) => lift(event.target.closest?.("#dialog [data-pick]")));
  draw();
}

function carried() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

export function pick(card) {
  if (!canMove(card)) return say(words.cannot);
  hold({ href: card.href, v: card.dataset.v, who: whoIs(card) });
}

/* The same from the session's card. */
function lift(button) {
  if (!button) return;
  const { pick: path, v, who } = button.dataset;
  hold({ href: new URL(path, location.href).href, v, who });
  document.getElementById("dialog").close();
}

/* Only what is needed to find it again is kept, and only until this tab closes. */
function hold(one) {
  sessionStorage.setItem(KEPT, JSON.stringify(one));
  draw();
  say(words.carry.replace("#", one.who));
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
  if (document.querySelector("#dialog #trouble")) return false; // nothing was saved: it waits for another try
  sessionStorage.removeItem(KEPT); // placed, or its form is open in the dialog
  draw();
  return done;
}
