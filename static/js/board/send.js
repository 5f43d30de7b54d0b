/* Asking the server. Every answer is one of: page, done, offline, gone, signed-out, broken. */
import { words } from "./grid.js";

const KEPT = [409, 422];

export async function ask(address, options = {}) {
  try {
    const answer = await fetch(address, { ...options, headers: { "HX-Request": "true" } });
    const html = await answer.text();
    const at = new URL(answer.url);
    if (answer.redirected && at.pathname.startsWith("/accounts/")) return { kind: "signed-out" };
    if (answer.redirected && options.method === "POST") return { kind: "done", html, at };
    if (answer.ok || KEPT.includes(answer.status)) return { kind: "page", html, at };
    return { kind: answer.status === 404 ? "gone" : "broken" };
  } catch {
    return { kind: "offline" };
  }
}

export function post(address, fields) {
  const body = fields instanceof FormData ? fields : new FormData();
  if (body !== fields) for (const [name, value] of Object.entries(fields)) body.set(name, value);
  if (!body.has("csrfmiddlewaretoken")) {
    body.set("csrfmiddlewaretoken", document.querySelector("#post [name=csrfmiddlewaretoken]").value);
  }
  return ask(address, { method: "POST", body: new URLSearchParams(body) });
}

/* What to say when there is neither a page nor a deed. */
export function trouble(kind) {
  return { gone: words.gone, "signed-out": words.signedOut }[kind] || words.offline;
}
