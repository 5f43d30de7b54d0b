/* Moving a session: the server has the last word. Refused, it stands where it stood. */
import { BOOKED, clock, day, instant, isFree, setSpan, span, state } from "./grid.js";
import { settle } from "./dialog.js";
import { post } from "./send.js";

export function canMove(card) {
  return card.matches(`${BOOKED}, a.is-confirmed, a.is-here`);
}

/* A picture of the session that follows the pointer or the arrows. */
export class Ghost {
  constructor(card) {
    this.entry = card.closest("li");
    this.column = card.closest(".col");
    [this.start, this.end] = span(this.entry);
    this.picture = this.entry.cloneNode(true);
    this.picture.dataset.ghost = "yes";
    this.picture.setAttribute("aria-hidden", "true");
    this.card = card;
    this.tick = this.start;
    state.moving = true;
    card.classList.add("is-moving");
    for (const link of this.picture.querySelectorAll("a")) link.removeAttribute("href");
  }

  /* True when it may stand there, as far as the board knows. */
  to(column, tick) {
    this.column = column;
    this.tick = tick;
    setSpan(this.picture, tick, tick + this.end - this.start);
    this.picture.querySelector("b").firstChild.textContent = clock(tick);
    if (this.picture.parentElement !== column.querySelector(".lane")) column.querySelector(".lane").append(this.picture);
    const free = isFree(column, tick, this.entry);
    const look = this.picture.firstElementChild;
    look.classList.toggle("drop-ok", free);
    look.classList.toggle("drop-no", !free);
    return free;
  }

  away() {
    this.picture.remove();
  }

  stop() {
    this.away();
    this.card.classList.remove("is-moving");
    state.moving = false;
  }

  get moved() {
    return this.tick !== this.start || this.column !== this.card.closest(".col");
  }
}

/* Put the session of `card` at a tick of a column; a card from another day is its address and version. */
export async function put(card, column, tick) {
  const fields = { start: instant(tick), version: card.dataset.v, reason: "" };
  if (day().dataset.by !== "room") fields.therapist = column.dataset.pk;
  else Object.assign(fields, { therapist: "same", room: column.dataset.pk });
  if (card.closest && span(card.closest("li"))[0] === tick && fields.room) fields.tell = "not"; // her time is as it was
  return settle(await post(new URL("move/", card.href).href, fields));
}
