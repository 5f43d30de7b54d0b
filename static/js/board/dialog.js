/* One dialog for everything: it shows the page that a link leads to, and sends its forms without leaving the board. */
import { rowHeight, say, span, words } from "./grid.js";
import { SAID, back, forgetSaid, keepSaid, keyOf, refresh, swap } from "./live.js";
import { ask, post, trouble } from "./send.js";

const OPENS = "a[data-dialog], #board a.bk[href], #board a.gap[href], #board a.why[href]";
const STAYS = /^\/desk\/(bookings|book|walk-in|block|blocks|why|therapists|keys)\//;
const STEP = 2;
const SHORTEST = 4;
const AMPLE = 9; // ticks in which every session fits

let box;
let body;
let opener = null;
let asked = 0;

export function start() {
  box = document.createElement("dialog");
  box.id = "dialog";
  box.setAttribute("aria-labelledby", "dialog-h");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn tool close";
  close.textContent = words.close;
  close.addEventListener("click", () => box.close());
  body = document.createElement("div");
  body.className = "stack";
  box.append(close, body);
  document.body.append(box);
  box.addEventListener("close", closed);
  document.addEventListener("click", clicked);
  document.addEventListener("submit", submitted);
}

function clicked(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a[href]");
  if (!link) return;
  if (box.contains(link) ? STAYS.test(new URL(link.href).pathname) : link.matches(OPENS)) {
    event.preventDefault();
    open(link.closest("#board") && link.search.includes("start=") ? startAt(link, event) : link.href, link);
  }
}

/* A click into a long stretch, free or shut, means that time of it; a key means its beginning. */
function startAt(gap, event) {
  const address = new URL(gap.href);
  const entry = gap.closest("li");
  const [first, last] = span(entry);
  const ticks = event.detail ? (event.clientY - entry.getBoundingClientRect().top) / rowHeight(gap.closest(".col")) : 0;
  const later = Math.max(0, Math.min(Math.floor(ticks / STEP) * STEP, last - first - SHORTEST));
  const begins = new Date(address.searchParams.get("start")).getTime();
  address.searchParams.set("start", new Date(begins + later * 300_000).toISOString().slice(0, 16) + "Z");
  if (gap.matches(".gap") && last - first - later < AMPLE) address.searchParams.set("free", (last - first - later) * 5);
  return address.href;
}

export async function open(address, from) {
  if (!box.open) opener = from && (keyOf(from) || { id: from.id, element: from });
  const number = ++asked;
  const answer = await ask(address);
  if (number !== asked) return;
  if (answer.kind === "page") show(answer.html, answer.at);
  else tell(trouble(answer.kind));
}

/* Put a fragment into the dialog and the focus where its reader goes on. */
export function show(html, at) {
  body.innerHTML = html;
  if (at) body.dataset.at = at.href;
  const heading = body.querySelector("#dialog-h, h1, h2");
  if (heading) heading.id = "dialog-h";
  if (!box.open) box.showModal();
  box.scrollTop = 0;
  const reason = body.querySelector("#refusal") && body.querySelector("#id_reason");
  const target = reason || body.querySelector("[autofocus], [aria-invalid=true], .errors") || empty() || heading;
  if (target && target === heading) target.tabIndex = -1;
  target?.focus();
  document.dispatchEvent(new Event("dialog:shown"));
}

/* What is still to be filled in: a choice not made or an empty field; when nothing is, the first field. */
function empty() {
  const seen = [...body.querySelectorAll("input:not([type=hidden]):not([type=checkbox]), textarea")].filter(isSeen);
  const open = seen.find((one) => (one.type === "radio" ? !body.querySelector(`[name="${one.name}"]:checked`) : !one.value));
  return open || seen.find((one) => one.type !== "radio");
}

function isSeen(field) {
  return field.offsetParent !== null && !field.closest("details:not([open])");
}

/* Say in words that nothing was saved; what was typed stays. */
export function tell(text) {
  if (!box.open) show(`<h2 class="h3" id="dialog-h"></h2>`);
  let note = body.querySelector("#trouble");
  if (!note) {
    note = document.createElement("p");
    note.id = "trouble";
    note.className = "note wrong-note";
    note.setAttribute("role", "alert");
    body.querySelector("#dialog-h")?.after(note);
  }
  note.textContent = text;
  if (!body.querySelector("#dialog-h")?.textContent) body.querySelector("#dialog-h").textContent = words.notDone;
}

async function submitted(event) {
  const form = event.target;
  const inDialog = box.contains(form);
  if (!inDialog && !form.closest(SAID)) return;
  const button = event.submitter;
  const address = button?.getAttribute("formaction") || form.getAttribute("action") || body.dataset.at;
  const fields = new FormData(form, button);
  event.preventDefault();
  if (form.method === "get") return open(`${new URL(address, location.href).pathname}?${new URLSearchParams(fields)}`, null);
  if (form.dataset.sending) return;
  form.dataset.sending = "yes"; // a second press of the same button
  const answer = await post(new URL(address, location.href).href, fields);
  delete form.dataset.sending;
  if (!inDialog) forgetSaid();
  return settle(answer);
}

/* What an answer means for the board: done, look at this, or nothing was saved. True when it was done. */
export async function settle(answer) {
  if (answer.kind === "done") {
    box.close();
    const page = new DOMParser().parseFromString(answer.html, "text/html");
    if (!swap(answer.html)) {
      keepSaid(page);
      await refresh();
    }
    if (!document.querySelector(SAID)?.children.length) say(words.done);
    return true;
  }
  if (answer.kind === "page") show(answer.html, answer.at);
  else tell(trouble(answer.kind));
  return false;
}

function closed() {
  asked += 1;
  body.replaceChildren();
  const key = opener;
  opener = null;
  if (key?.element?.isConnected) key.element.focus();
  else back(key);
}
