// Asks the server for a walk. Knows nothing of what is in it.

import { rootOf } from "../live/address.js";

/** The address of the questions of a run, wherever the app is served. */
export function insideAddress(run) {
  const loaded = [...performance.getEntriesByType("resource").map((entry) => entry.name), ...[...document.scripts].map((script) => script.src)];
  return new URL(`inside/${encodeURIComponent(run)}`, rootOf(loaded, document.baseURI)).href;
}

/** The answer to a question. Throws an `Error` with what to say. */
export async function askInside(address, question, post = fetch) {
  let answer;
  try {
    answer = await post(address, { method: "POST", body: JSON.stringify(question), headers: { "Content-Type": "application/json", "X-Requested-With": "mtl" } });
  } catch {
    throw new Error("The server cannot be reached. Try again in a moment.");
  }
  if (answer.ok) return answer.json();
  const told = await answer.json().catch(() => ({}));
  throw new Error(told.message || `The server answered ${answer.status}. Try again.`);
}
