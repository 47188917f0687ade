// What strangers may put into addresses and reports, in a browser: it is shown, and never run.
//
//   node hostile.mjs BROWSER FOLDER SERVED_FOLDER ADDRESS
//
// FOLDER is a site with the report tests/browser/hostile.txt, built without an address; SERVED_FOLDER the same, built
// for ADDRESS, where it is served. A page fails if it runs something, has an element that its template does not
// make, opens a dialog, or throws. Every fault is printed; the exit status is 1 if there is one.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, watched } from "./browsing.mjs";

const [browserPath, folder, , served] = process.argv.slice(2);
const faults = [];
const fault = (where, what) => faults.push(`${where}: ${what}`);

const PAYLOADS = [
  "<img src=x onerror=document.title='ran'>", "\"><script>document.title='ran'</script>", "' onfocus=document.title='ran' '",
  "</title><svg onload=document.title='ran'>", "javascript:document.title='ran'", "__proto__", "constructor", "toString",
  "%", "%E0%A4%A", "{{ 7 * 7 }}", "\u202e", "(((((((((((((((((a+)+)+)+)+$", "*".repeat(2000),
];

// Scripts read what stands behind `?` and `#`; where they do, every page of the kind is one of these.
const READERS = [
  (text) => `search/index.html?q=${text}`,
  (text) => `search/index.html?q=a&state=${text}&year=${text}&section=${text}&page=${text}`,
  (text) => `search/index.html#${text}`,
  (text) => `compare/index.html?states=${text},${text}`,
  (text) => `states/aut/index.html?section=${text}&state=${text}&mentioned-year=${text}&order=${text}`,
  (text) => `years/2008/index.html?${text}=${text}#${text}`,
  (text) => `records/a-63-ctbt-1a-aus-1/index.html#${text}`,
];

// What no template of the program makes.
const FOREIGN = "[onerror], [onload], [onfocus], img[src='x'], svg[onload], a[href^='javascript:' i], " +
  "script:not([src]):not([type='application/ld+json'])";

async function judge(state) {
  const found = await state.page.evaluate((foreign) => ({
    title: document.title, elements: document.querySelectorAll(foreign).length,
    polluted: Object.keys(Object.prototype).length,
  }), FOREIGN);
  if (found.title === "ran") fault(state.where, "ran what it was given");
  if (found.elements > 0) fault(state.where, `${found.elements} elements that no template makes`);
  if (found.polluted > 0) fault(state.where, "changed what all objects inherit");
}

async function visit(state, address) {
  state.where = address;
  await state.page.goto(address);
  // The search fetches words and then texts, each by a script that is added to the page.
  await state.page.waitForTimeout(150);
  await judge(state);
}

async function attack(browser, base) {
  const state = await watched(browser, base, fault);
  state.page.on("dialog", (dialog) => {
    fault(state.where, `opened a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  // An address typed by hand need not be encoded.
  const spell = base.startsWith("file:") ? encodeURIComponent : (payload) => payload.slice(0, 200);
  for (const payload of PAYLOADS) for (const reader of READERS) await visit(state, base + reader(spell(payload)));
  // The report's words are found, and shown as words.
  await visit(state, `${base}search/index.html?q=${encodeURIComponent("<img src=x onerror")}`);
  const shown = state.page.locator("main", { hasText: "<img src=x onerror=document" });
  await shown.waitFor({ timeout: 20_000 }).catch(() => fault(state.where, "does not show the report's words"));
  await judge(state);
  await state.page.close();
}

// The page for lost addresses reads its own address.
async function lose(browser, base) {
  const state = await watched(browser, base, fault);
  for (const payload of PAYLOADS) {
    state.expected = base + encodeURIComponent(payload);
    await visit(state, state.expected);
  }
  await state.page.close();
}

const browser = await launch(browserPath);
try {
  await Promise.all([
    attack(browser, `${pathToFileURL(resolve(folder))}/`), attack(browser, served),
    lose(browser, served),
  ]);
} finally {
  await browser.close();
}
faults.forEach((line) => console.error(line));
console.log(`${PAYLOADS.length} hostile texts tried, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
