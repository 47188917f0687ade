// The search of the built site in a browser, from the folder and from a server under a sub-path.
//
//   node search.mjs BROWSER FOLDER SERVED_FOLDER ADDRESS QUERIES
//
// FOLDER is a site built without an address; SERVED_FOLDER one built for ADDRESS, where it is served. QUERIES is
// tests/search/queries.json. What a query finds is held against a plain scan over data/records.ndjson, written here
// without any of the search's own code; both have the glossary. Every fault is printed; the exit status is 1 if there is one.

import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { firstSearchBytes, launch, sideBySide, watched as watch } from "./browsing.mjs";

const [browserPath, folder, servedFolder, served, queriesPath] = process.argv.slice(2);
// What the first search may load, in bytes of scripts.
const MAX_FIRST_BYTES = 300_000;

const faults = [];
const expect = (where, isSo, what) => isSo || faults.push(`${where}: ${what}`);

// The scan

const blank = /\s+/gu;

// Compatibility forms, case and the marks of Latin letters gone; no blank between Han characters, one elsewhere.
function plain(text) {
  const small = text.normalize("NFKD").toLowerCase().replace(/(\p{Script=Latin})\p{Mn}+/gu, "$1")
    .replace(/е\u0308/gu, "е").replace(/\u0640|[\u064b-\u065f]|\u0670/gu, "").normalize("NFC");
  return small.replace(blank, " ").replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "").trim();
}

function yearsOf(record) {
  const years = new Set();
  for (const stretch of (record.done_edtf ?? "").split(";").filter((part) => part !== "")) {
    const ends = stretch.split("/").map((end) => end.slice(0, 4)).filter((end) => end !== "").map(Number);
    for (let year = ends[0]; year <= ends[ends.length - 1]; year += 1) years.add(year);
  }
  return years;
}

function isNamed(record, { state, resolution, years }) {
  if (state) return record.state === state || record.mentions.includes(state);
  if (resolution) return record.resolutions.includes(resolution);
  return years.some((year) => yearsOf(record).has(year));
}

// What the glossary says a word means, the word itself left out; a short one in an alphabet is never looked for.
function readGlossary(text) {
  const meanings = new Map();
  const isLatin = (form) => /^[a-z]/iu.test(form);
  for (const line of text.trim().split("\n").filter((one) => !one.startsWith("#")).slice(1)) {
    const [english, chinese, source] = line.split("\t");
    const forms = [...english.split("|"), ...chinese.split("|")].map(plain);
    for (const form of forms) {
      const others = forms.filter((other) => source !== "word" || isLatin(form) || isLatin(other));
      const sought = others.filter((other) => !isLatin(other) || other.length >= 5);
      meanings.set(form, [...(meanings.get(form) ?? []), ...sought]);
    }
  }
  return meanings;
}

// The longest runs of words that the glossary knows, and the words between them.
function inForms(words) {
  const forms = [];
  for (let at = 0; at < words.length; ) {
    let length = words.length - at;
    while (length > 1 && !glossary.has(words.slice(at, at + length).join(" "))) length -= 1;
    forms.push(words.slice(at, at + length));
    at += length;
  }
  return forms;
}

// The last word may be the beginning of one that the glossary knows.
function meant(words, isLast) {
  const form = words.join(" ");
  if (glossary.has(form)) return glossary.get(form);
  if (!isLast || !/^[a-z]{3,}$/u.test(form)) return [];
  return [...glossary].filter(([known]) => known.startsWith(form)).flatMap(([, others]) => others);
}

/** What a record says, and what it says in other languages, as it is compared. */
function fieldsOf(record) {
  return [record.text, record.remarks ?? "", ...(record.headings ?? []), ...record.translations].map(plain);
}

/** The rows of a table in CSV, without its head. */
function rowsOf(csv) {
  const cells = [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gu)];
  const rows = [[]];
  for (const [, quoted, bare, end] of cells) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? bare);
    if (end !== ",") rows.push([]);
  }
  return rows.slice(1).filter((row) => row.length > 1);
}

// Each term must stand in a field of the record, or what it means must, unless it is a name that stands for the record.
function scan(records, { query, named = {} }) {
  let rest = query;
  const conditions = [];
  for (const [name, target] of Object.entries(named)) {
    const words = plain(name).split(" ");
    conditions.push((record, stands) => isNamed(record, target) || words.every((word) => stands(word)) || stands(plain(name)));
    rest = rest.replace(`"${name}"`, " ").replace(name, " ");
  }
  for (const [, phrase] of rest.matchAll(/"([^"]*)"/gu)) conditions.push((_, stands) => stands(plain(phrase)));
  const words = rest.replace(/"[^"]*"/gu, " ").split(/[\s，。]+/u).map(plain).filter((word) => word !== "");
  inForms(words).forEach((form, position, forms) => {
    const others = meant(form, position === forms.length - 1);
    conditions.push((_, stands) => form.every(stands) || others.some(stands));
  });
  const found = records.filter((record) => {
    const stands = (text) => record.fields.some((field) => field.includes(text));
    return conditions.every((condition) => condition(record, stands));
  });
  return found.map((record) => record.id).sort();
}

// The page

// A page that notes what goes wrong in it.
function watched(browser, base, options = {}) {
  return watch(browser, base, (where, what) => expect(where, false, what), options);
}

const isSettled = () => !/…$|^$/u.test(document.getElementById("search-status").textContent);

async function open(state, base, parameters, prefix = "") {
  state.where = `${base}${prefix}search/index.html?${new URLSearchParams(parameters)}`;
  await state.page.goto(state.where);
  await state.page.waitForFunction(isSettled);
}

// So many results are listed at most: each press of the button for more lists ten.
const MOST_LISTED = 150;

// The addresses of the results; the button for more is pressed as long as it is there.
async function results(page) {
  return page.evaluate(async (most) => {
    const more = document.getElementById("search-more");
    const list = document.getElementById("search-results");
    while (!more.hidden && list.children.length > 0 && list.children.length < most) {
      const before = list.children.length;
      more.click();
      while (list.children.length === before && !more.hidden) await new Promise((done) => setTimeout(done, 2));
    }
    return [...list.querySelectorAll("a")].map((link) => link.href);
  }, MOST_LISTED);
}

async function count(page) {
  return Number(/\d[\d,]*/u.exec(await page.locator("#search-status").textContent())?.[0].replace(",", "") ?? 0);
}

// The most bytes of scripts that a first search has loaded.
let most = 0;

async function findsWhatTheScanFinds(browser, base, root, records, queries) {
  await sideBySide(queries, () => watched(browser, base), async (state, one) => {
    await open(state, base, [["q", one.query], ["kind", "record"]]);
    const n_bytes = await firstSearchBytes(state.page, base, root);
    most = Math.max(most, n_bytes);
    expect(state.where, n_bytes < MAX_FIRST_BYTES, `loads ${n_bytes} bytes of scripts`);
    const links = await results(state.page);
    const found = links.map((link) => link.slice(`${base}records/`.length, -"/index.html".length)).sort();
    const wanted = scan(records, one);
    if (one.nothing) {
      const isSaid = (await count(state.page)) === 0 || (await state.page.locator(".search-note").count()) > 0;
      expect(state.where, wanted.length === 0 && isSaid, `the scan finds ${wanted.length}, and that is not said`);
      return;
    }
    const [extra, missing] = [found.filter((id) => !wanted.includes(id)), wanted.filter((id) => !found.includes(id))];
    expect(state.where, extra.length === 0, `${extra.length} too many: ${extra.slice(0, 3).join(" ")}`);
    const n_listed = Math.min(wanted.length, MOST_LISTED);
    expect(state.where, found.length === n_listed, `${n_listed - found.length} not found: ${missing.slice(0, 3).join(" ")}`);
    expect(state.where, (await count(state.page)) === wanted.length, `says ${await count(state.page)} of ${wanted.length}`);
    expect(state.where, wanted.length > 0, "the scan finds nothing");
  });
}

// Parts of records of every length up to 12, cut anywhere, by a fixed sequence of numbers.
function partsOf(records) {
  let number = 1;
  const next = (below) => {
    number = (number * 48271) % 2147483647;
    return number % below;
  };
  const parts = records.flatMap((record) => {
    const characters = Array.from(record.text);
    const at = next(characters.length);
    return [characters.slice(at, at + 1 + next(12)).join("")];
  });
  return parts.filter((part) => plain(part) !== "" && !part.includes('"'));
}

// What stands in a record is found, wherever it is cut; what has a sign in it is no name, so nothing else is found.
async function everyPartIsFound(browser, base, records, parts) {
  const state = await watched(browser, base);
  await open(state, base, [["q", "约"]]);
  const texts = records.map(({ id, fields }) => ({ path: `records/${id}/index.html`, fields }));
  for (const part of parts) {
    const found = await state.page.evaluate(async (query) => {
      const { search } = globalThis.depositary;
      const { order, checks } = await search.find(query);
      const paths = [];
      for (const number of order) if (await search.isFound(number, checks)) paths.push((await search.read(number)).path);
      return paths;
    }, `"${part}"`);
    const wanted = texts.filter(({ fields }) => fields.some((field) => field.includes(plain(part)))).map(({ path }) => path);
    const missing = wanted.filter((path) => !found.includes(path));
    expect(base, missing.length === 0, `"${part}" is not found in ${missing.length} records: ${missing[0]}`);
    const extra = found.filter((path) => path.startsWith("records/") && !wanted.includes(path));
    expect(base, extra.length === 0 || !/[，。、《》]/u.test(part), `"${part}" is found in ${extra[0]}`);
  }
  await state.page.close();
}

async function pagesOfNamesComeFirst(browser, base) {
  const first = {
    "英国": "states/gbr/", "Reino Unido": "states/gbr/", "Япония": "states/jpn/", "62/59": "resolutions/a-res-62-59/",
    "a-res-62-59": "resolutions/a-res-62-59/", "A/65/137": "reports/a-65-137/",
    "2008": "years/2008/", "2008年": "years/2008/", "2008年6月至2009年5月": "periods/2008-06--2009-05/",
    "June 2008 to May 2009": "periods/2008-06--2009-05/", "多边：全球": "sections/2a/",
  };
  const state = await watched(browser, base);
  for (const [query, path] of Object.entries(first)) {
    await open(state, base, [["q", query]]);
    const link = await state.page.locator(".search-link").first().evaluate((element) => element.href);
    expect(state.where, link === `${base}${path}index.html`, `the first result is ${link}`);
  }
  await state.page.close();
}

async function facetsNarrow(browser, base, records) {
  const state = await watched(browser, base);
  const { page } = state;
  await open(state, base, [["q", "条约"]]);
  const all = await count(page);
  await page.locator("#facet-kind-record").check();
  await page.waitForFunction((before) => {
    const status = document.getElementById("search-status").textContent;
    return /\d/u.test(status) && !status.endsWith("…") && !status.includes(before);
  }, String(all));
  const inRecords = records.filter((record) => plain(record.text).includes("条约") || plain(record.remarks ?? "").includes("条约"));
  expect(state.where, (await count(page)) >= inRecords.length, "the facet loses records");
  expect(state.where, page.url().includes("kind=record"), `the address does not tell the facet: ${page.url()}`);
  expect(state.where, await page.locator("#facet-kind-record").evaluate((box) => box === document.activeElement), "the box has lost the focus");
  await page.locator(".search-clear").click();
  await page.waitForFunction((before) => document.getElementById("search-status").textContent.includes(before), String(all));
  await open(state, base, [["q", "条约"], ["state", "JPN"], ["year", "2008"], ["kind", "record"]]);
  const says = (record) => record.fields.some((field) => field.includes("条约"));
  const wanted = records.filter((record) => record.state === "JPN" && yearsOf(record).has(2008) && says(record));
  expect(state.where, (await count(page)) === wanted.length, `a linked search says ${await count(page)} of ${wanted.length}`);
  expect(state.where, await page.locator("#facet-state-jpn").isChecked(), "the box of the address is not checked");
  await page.close();
}

async function keysWork(browser, base) {
  const state = await watched(browser, base);
  const { page } = state;
  state.where = `${base}states/jpn/index.html`;
  await page.goto(state.where);
  await page.keyboard.press("/");
  await page.keyboard.type("批准");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\/index\.html\?q=/u);
  await page.waitForFunction(isSettled);
  expect(state.where, (await page.locator(".search-result").count()) > 1, "the form in the head finds nothing");
  await page.locator("#find").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const goal = await page.evaluate(() => document.activeElement.href ?? "");
  expect(state.where, goal === (await page.locator(".search-link").nth(1).evaluate((link) => link.href)), "arrows do not lead to the second result");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  expect(state.where, await page.evaluate(() => document.activeElement.id === "find"), "arrows do not lead back");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const reached = await page.evaluate(() => document.activeElement.href ?? "");
  expect(state.where, reached === (await page.locator(".search-link").nth(1).evaluate((link) => link.href)), "j and k do not lead to the second result");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("j");
  expect(state.where, await page.evaluate(() => document.activeElement === document.body), "j leads into the results from elsewhere");
  await page.locator(".search-result .search-place").nth(1).click({ position: { x: 2, y: 2 } });
  await page.keyboard.press("j");
  const below = await page.evaluate(() => document.activeElement.href ?? "");
  expect(state.where, below === (await page.locator(".search-link").nth(2).evaluate((link) => link.href)), "j does not lead on from a result that was clicked");
  await page.locator("#find").focus();
  await page.keyboard.press("ArrowDown");
  await Promise.all([page.waitForURL(/\/(records|states|resolutions|reports|documents|meetings)\//u), page.keyboard.press("Enter")]);
  await page.close();
}

async function findsAsOneTypes(browser, base) {
  const state = await watched(browser, base, { viewport: { width: 360, height: 740 } });
  const { page } = state;
  await open(state, base, [], "en/");
  await page.locator("#find").pressSequentially("ratif");
  // Each letter is searched for, and a slow machine still shows what the last but one found.
  await page.waitForFunction(() => location.search === "?q=ratif");
  await page.waitForFunction(() => Array.from(document.querySelectorAll("#search-results mark"))
    .some((mark) => mark.textContent.toLowerCase().startsWith("ratif")));
  await page.waitForFunction(isSettled);
  const marks = await page.locator("#search-results mark").allTextContents();
  const isMeant = (mark) => plain(mark).startsWith("ratif") || plain(mark) === "批准";
  expect(state.where, marks.length > 0 && marks.every(isMeant), `marks are ${marks.slice(0, 3)}`);
  expect(state.where, page.url().endsWith("?q=ratif"), `the address is ${page.url()}`);
  expect(state.where, await page.locator("#search-status").getAttribute("aria-live") === "polite", "the count is not announced");
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(state.where, width <= 360, `the page is ${width} wide on a telephone`);
  await page.close();
}

async function worksWithoutScript(browser, base) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base}index.html`);
  await page.locator("#find").fill("x");
  await page.locator(".find button").click();
  expect(base, page.url().endsWith("search/index.html?q=x"), `without script the form leads to ${page.url()}`);
  const link = page.locator("noscript a").first();
  expect(base, (await link.count()) === 1 && (await link.isVisible()), "without script the page says nothing");
  await context.close();
}

const records = (await readFile(join(folder, "data/records.ndjson"), "utf8")).trim().split("\n").map((line) => JSON.parse(line));
const translations = rowsOf(await readFile(join(folder, "data/translations.csv"), "utf8"));
for (const record of records) {
  record.translations = translations.filter(([id]) => id === record.id).map(([, , text]) => text);
  record.fields = fieldsOf(record);
}
const queries = JSON.parse(await readFile(queriesPath, "utf8"));
const glossary = readGlossary(await readFile(join(dirname(queriesPath), "../../src/render/search/glossary.tsv"), "utf8"));
const browser = await launch(browserPath);
// Where scripts come from changes nothing of what they find, so that each query is asked in one way.
const half = (list, rest) => list.filter((_, at) => at % 2 === rest);
const sites = [[`${pathToFileURL(resolve(folder)).href}/`, folder], [served, servedFolder]];
await Promise.all(sites.map(async ([base, root], rest) => {
  await findsWhatTheScanFinds(browser, base, root, records, half(queries, rest));
  await everyPartIsFound(browser, base, records, half(partsOf(records), rest));
  await pagesOfNamesComeFirst(browser, base);
  await facetsNarrow(browser, base, records);
  await keysWork(browser, base);
  await findsAsOneTypes(browser, base);
  await worksWithoutScript(browser, base);
}));
await browser.close();
for (const fault of faults) console.error(fault);
console.log(`${queries.length} queries; the first search loads ${most} bytes at most; ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
