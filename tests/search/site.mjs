// The search of a built site without a browser: its scripts run here, and those that they append are read from the folder.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";

const SCRIPTS = ["search-text.js", "search-query.js", "search-index.js", "search-find.js"];

// Loads the search of the site in `folder`; `bytes()` says how much of it was read since `reset()`.
export function openSearch(folder) {
  const root = `${pathToFileURL(resolve(folder)).href}/`;
  let read = 0;
  const run = (path) => {
    const text = readFileSync(path, "utf8");
    read += Buffer.byteLength(text);
    runInThisContext(text, { filename: path });
  };
  const script = () => ({ handlers: {}, addEventListener(name, handler) { this.handlers[name] = handler; } });
  const append = (added) => {
    run(fileURLToPath(added.src));
    queueMicrotask(added.handlers.load);
  };
  globalThis.document = { currentScript: { src: `${root}search.js` }, createElement: script, head: { append } };
  const reset = () => {
    delete globalThis.depositary;
    read = 0;
    for (const name of SCRIPTS) run(join(folder, name));
  };
  reset();
  return { reset, bytes: () => read, search: () => globalThis.depositary.search };
}

// The addresses of the first `most` results of a query, without the file name, and what the page says beside them.
export async function answer(search, query, most) {
  const found = await search.find(query);
  const addresses = [];
  for (const number of found.order) {
    if (addresses.length === most) break;
    if (await search.isFound(number, found.checks)) addresses.push((await search.read(number)).path.replace("/index.html", ""));
  }
  const votes = found.votes.map((vote) => vote.symbol);
  return { addresses, said: [...found.left, ...found.meant.map((one) => one.meant), ...votes], found };
}
