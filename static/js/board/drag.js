/* Dragging with a mouse, or with a finger after a long press. Pressing alone changes nothing; Escape lets go. */
import { board, clock, columns, nameOf, rowHeight, say, shown, state, words } from "./grid.js";
import { Ghost, canMove, put } from "./move.js";

const THRESHOLD = 6;
const LONG = 450;
const EDGE = 44;
const SPEED = 9;

let grip = null;
let dragged = false; // since the pointer was pressed

export function start() {
  document.addEventListener("pointerdown", down);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", up);
  document.addEventListener("pointercancel", leave);
  document.addEventListener("touchmove", (event) => grip?.ghost && event.preventDefault(), { passive: false });
  document.addEventListener("contextmenu", (event) => grip && grip.isTouch && event.preventDefault());
  document.addEventListener("dragstart", (event) => event.target.closest?.("#board") && event.preventDefault());
  document.addEventListener("keydown", (event) => event.key === "Escape" && grip && leave(event), true);
  // The click that ends a drag opens nothing.
  document.addEventListener("click", (event) => dragged && event.detail && stop(event), true);
  window.addEventListener("blur", leave);
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

function down(event) {
  dragged = false;
  const card = event.target.closest?.("#board a.bk[data-v]");
  if (!card || event.button || !event.isPrimary || state.moving || !canMove(card)) return;
  const isTouch = event.pointerType !== "mouse";
  const top = card.getBoundingClientRect().top;
  grip = { card, isTouch, x: event.clientX, y: event.clientY, grab: event.clientY - top, pointer: event.pointerId };
  if (isTouch) grip.timer = setTimeout(begin, LONG);
}

function begin() {
  if (!grip || grip.ghost || !grip.card.isConnected) return;
  dragged = true;
  grip.ghost = new Ghost(grip.card);
  grip.frame = requestAnimationFrame(edge);
  follow();
}

function move(event) {
  if (!grip || event.pointerId !== grip.pointer) return;
  const far = Math.hypot(event.clientX - grip.x, event.clientY - grip.y) >= THRESHOLD;
  if (!grip.ghost && !far) return;
  if (!grip.ghost && grip.isTouch) return leave(); // the finger scrolls
  [grip.x, grip.y] = [event.clientX, event.clientY];
  if (!grip.ghost) begin();
  follow();
}

/* The column under the pointer and the nearest five minutes; beside the board it belongs nowhere. */
function follow() {
  const { ghost, x, y } = grip;
  const box = board().getBoundingClientRect();
  const column = columns().find((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left <= x && x < right;
  });
  if (!column || x < box.left || x > box.right || y < box.top || y > box.bottom) {
    grip.inside = false;
    return ghost.away();
  }
  const [first, last] = shown();
  const top = column.querySelector(".lane").getBoundingClientRect().top;
  const tick = first + Math.round((y - grip.grab - top) / rowHeight(column));
  grip.inside = true;
  const kept = Math.max(first, Math.min(tick, last - (ghost.end - ghost.start)));
  const free = ghost.to(column, kept);
  const spoken = `${clock(kept)}, ${nameOf(column)}, ${free ? words.free : words.taken}`;
  if (spoken !== grip.spoken) say((grip.spoken = spoken));
}

/* Near an edge the board goes on by itself. */
function edge() {
  if (!grip?.ghost) return;
  const box = board();
  const { top, bottom, left, right } = box.getBoundingClientRect();
  const head = columns()[0]?.querySelector("header").offsetHeight || 0;
  const down = grip.y > Math.min(bottom, window.innerHeight) - EDGE ? SPEED : grip.y < top + head + EDGE ? -SPEED : 0;
  const across = grip.x > right - EDGE ? SPEED : grip.x < left + EDGE ? -SPEED : 0;
  if ((down || across) && grip.inside !== false) {
    box.scrollBy(across, down);
    if (box.scrollHeight <= box.clientHeight + 1) window.scrollBy(0, down);
    follow();
  }
  grip.frame = requestAnimationFrame(edge);
}

async function up(event) {
  if (!grip || event.pointerId !== grip.pointer) return;
  const { ghost, card, inside } = grip;
  clearTimeout(grip.timer);
  cancelAnimationFrame(grip.frame);
  grip = null;
  if (!ghost) return;
  const { column, tick, moved } = ghost;
  ghost.stop();
  if (inside && moved) await put(card, column, tick);
  else say(words.leftAlone);
}

function leave(event) {
  if (!grip) return;
  clearTimeout(grip.timer);
  cancelAnimationFrame(grip.frame);
  if (grip.ghost) {
    grip.ghost.stop();
    say(words.leftAlone);
    if (event?.type === "keydown") stop(event);
  }
  grip = null;
}
