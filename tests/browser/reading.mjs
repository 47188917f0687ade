// Reads the built site in a browser: filters, comparing States, editions, the language switch, and for one page of
// each kind that axe-core finds no fault, light and dark, and that nothing needs sideways scrolling at 360 px.
//
//   node reading.mjs BROWSER FOLDER SERVED_FOLDER ADDRESS
//
// The arguments are those of check.mjs. Every fault is printed; the exit status is 1 if there is one.

import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, sideBySide, watched } from "./browsing.mjs";

const [browserPath, folder, , served] = process.argv.slice(2);
const faults = [];
const fault = (where, what) => faults.push(`${where}: ${what}`);
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WALKS = JSON.parse(await readFile(new URL("walks.json", import.meta.url), "utf8"));
const DATA = (await readFile(join(folder, "data/records.ndjson"), "utf8")).trim().split("\n").map((line) => JSON.parse(line));
const VOTES = parseCsv(await readFile(join(folder, "data/votes.csv"), "utf8"));
// Height of a heading over a picture on paper, in CSS pixels.
const HEADING = 50;
const FACETS = ["section", "from", "until", "state", "resolution", "kind", "basis"];

function expectSame(where, what, found, expected) {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left !== right) fault(where, `${what}: ${left.slice(0, 300)}, not ${right.slice(0, 300)}`);
}

// Folders of one kind of page, in order.
async function names(kind) {
  const entries = await readdir(join(folder, kind), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}

// The page of a kind with most records, so that every filter has something to do.
async function fullest(kind) {
  const sizes = await Promise.all((await names(kind)).map(async (name) => {
    const text = await readFile(join(folder, kind, name, "index.html"), "utf8");
    return [text.split("data-facets=").length, `${kind}/${name}/index.html`];
  }));
  return sizes.sort((left, right) => right[0] - left[0])[0][1];
}

// The records that a list of a page shows, in order, with what they can be filtered by; read from the page, not from
// its script. Most pages have one list.
function shown(page, list = 0) {
  return page.evaluate((list) => Array.from(document.querySelectorAll(".listing")[list].querySelectorAll("[data-facets]"))
    .filter((element) => element.getClientRects().length > 0)
    .map((element) => ({
      id: element.id || element.textContent.trim().split(" · ").pop(),
      ...Object.fromEntries(element.dataset.facets.split(";").map((part) => part.split("="))),
    })), list);
}

async function open(state, address) {
  state.where = address;
  await state.page.goto(address);
}

// Whether a choice of one facet leaves a record; without a date it counts in the years of its report's period.
function leaves(record, facet, value) {
  const years = (record.year ?? record.bound ?? "").split(",").filter((year) => year !== "").map(Number);
  if (facet === "from") return years.some((year) => year >= Number(value));
  if (facet === "until") return years.some((year) => year <= Number(value));
  return (record[facet] ?? "").split(",").includes(value);
}

// Each choice of each facet leaves exactly the records that have it, and can be linked to.
async function filterBy(state, address, facet, { list, prefix }) {
  await open(state, address);
  const { page } = state;
  const filter = page.locator(".filter").nth(list);
  const all = await shown(page, list);
  const select = filter.locator(`select[name=${facet}]`);
  if (!(await select.isVisible())) return 0;
  const values = await select.evaluate((element) => Array.from(element.options, (option) => option.value).slice(1));
  const value = values[Math.floor(values.length / 2)];
  await select.selectOption(value);
  const expected = all.filter((record) => leaves(record, facet, value));
  if (expected.length === 0) fault(state.where, `no record has ${facet} ${value}`);
  expectSame(state.where, `${facet}=${value}`, await shown(page, list), expected);
  const count = await filter.locator(".shown").textContent();
  if (!count.match(/\d+/g).includes(String(expected.length))) fault(state.where, `counts “${count}”`);
  expectSame(state.where, "the address", new URL(page.url()).searchParams.get(prefix + facet), value);
  await page.reload();
  expectSame(state.where, `${facet}=${value}, loaded anew`, await shown(page, list), expected);
  await filter.locator(".reset").click();
  expectSame(state.where, "after the reset", await shown(page, list), all);
  expectSame(state.where, "the address after the reset", new URL(page.url()).search, "");
  return 1;
}

async function filters(state, base, pages, at = { list: 0, prefix: "" }) {
  for (const path of pages) {
    let used = 0;
    for (const facet of FACETS) used += await filterBy(state, base + path, facet, at);
    if (used < 1) fault(base + path, "nothing can be filtered");
  }
}

// A State whose page has two lists that can be filtered: its own records, and those that mention it.
function stateWithMentions() {
  const own = (code) => DATA.filter((record) => record.state === code).length;
  const others = (code) => new Set(DATA.filter((record) => record.mentions.includes(code)).map((record) => record.state)).size;
  const code = DATA.map((record) => record.state).find((code) => code && own(code) > 1 && others(code) > 2);
  return `states/${code.toLowerCase()}/index.html`;
}

// While the focus is in a list, `j` and `k` lead through the records that are shown. Elsewhere they do nothing, and they
// are letters where one writes.
async function keys(state, base, path) {
  await open(state, `${base}${path}?kind=activity`);
  const { page } = state;
  const focused = () => page.evaluate(() => document.activeElement.closest("[data-facets]")?.id ?? document.activeElement.id);
  const pressed = async (...keys) => {
    const seen = [];
    for (const key of keys) {
      await page.keyboard.press(key);
      seen.push(await focused());
    }
    return seen;
  };
  const records = (await shown(page)).map((record) => record.id);
  expectSame(state.where, "j and k outside the list", await pressed("j", "k"), ["", ""]);
  await page.locator(".filter .csv").focus();
  const tabs = await pressed("j", "Tab", "Tab");
  if (tabs[0] !== "" || tabs[2] !== records[0]) fault(state.where, `Tab leads from the filter to ${tabs}`);
  const expected = [records[1], records[2], records[1], records[0], records[0]];
  expectSame(state.where, "records that j and k lead to", await pressed("j", "j", "k", "k", "k"), expected);
  const third = page.locator(`[id="${records[2]}"]`);
  // On its edge, where there is no link.
  await third.click({ position: { x: 1, y: (await third.boundingBox()).height - 2 } });
  expectSame(state.where, "keys after a click on a record", [await focused(), ...(await pressed("j", "k", "Control+j"))], [records[2], records[3], records[2], records[2]]);
  await page.locator("#find").focus();
  await page.keyboard.press("j");
  expectSame(state.where, "j in a field", [await focused(), await page.locator("#find").inputValue()], ["find", "j"]);
  const said = await page.locator(".filter .keys").textContent();
  if (!/\bj\b.*\bk\b/u.test(said)) fault(state.where, `says of its keys “${said}”`);
}

// `/` leads to the search until it is turned off, which is remembered; where a browser remembers nothing, it holds for
// the page.
async function searchKey(browser, base, path) {
  for (const isRefused of [false, true]) {
    const state = await watched(browser, base, fault);
    const { page } = state;
    if (isRefused) {
      await page.addInitScript(() => Object.defineProperty(globalThis, "localStorage", { get() { throw new DOMException("", "SecurityError"); } }));
    }
    const leads = async () => {
      await page.keyboard.press("/");
      const does = await page.evaluate(() => document.activeElement.id === "find");
      const says = (await page.locator("#find").getAttribute("aria-keyshortcuts")) === "/";
      await page.evaluate(() => document.activeElement.blur());
      return [does, says];
    };
    await open(state, base + path);
    expectSame(state.where, "the key / at first", await leads(), [true, true]);
    await page.locator("#search-key").uncheck();
    expectSame(state.where, "the key / turned off", await leads(), [false, false]);
    await open(state, `${base}en/${path}`);
    expectSame(state.where, "the key / on the next page", await leads(), [isRefused, isRefused]);
    await page.locator("#search-key").check();
    expectSame(state.where, "the key / turned on", await leads(), [true, true]);
    await page.close();
  }
}

// A word in the first column of a table stands whole, wherever there is room.
async function wordsStandWhole(state, base, language) {
  const [head, stated] = parseCsv(await readFile(join(folder, "data/facts.csv"), "utf8"));
  await open(state, `${base}${language}records/${stated[head.indexOf("record")]}/index.html`);
  const names = state.page.locator("tbody th[scope=row] a");
  if ((await names.count()) === 0) fault(state.where, "no table with names in its first column");
  const cut = await names.evaluateAll((links) => links
    .filter((link) => !/[\s\p{Script=Han}]/u.test(link.textContent) && link.getClientRects().length > 1).map((link) => link.textContent));
  expectSame(state.where, "words that are cut", cut, []);
}

// By date both ways, records without one last; the archive's order comes back.
async function sorts(state, base, path) {
  await open(state, base + path);
  const all = await shown(state.page);
  const dates = (records) => records.map((record) => record.date?.split(",")[0]).filter(Boolean);
  for (const [choice, way] of [["date", 1], ["-date", -1]]) {
    await open(state, `${base}${path}?sort=${choice}`);
    const records = await shown(state.page);
    const sorted = dates(all).sort((left, right) => (left < right ? -way : Number(left > right) * way));
    expectSame(state.where, `order by ${choice}`, dates(records), sorted);
    expectSame(state.where, "records without a date", dates(records).length, records.filter((_, at) => at < sorted.length).filter((record) => record.date).length);
  }
  await open(state, `${base}${path}?sort=-archive`);
  expectSame(state.where, "the archive's order turned", await shown(state.page), all.toReversed?.() ?? [...all].reverse());
  await state.page.locator(".filter select[name=sort]").selectOption("state");
  const names = await state.page.locator(".listing .card:visible .who").allTextContents();
  const language = await state.page.evaluate(() => document.documentElement.lang);
  const isSorted = names.every((name, at) => at === 0 || names[at - 1].localeCompare(name, language, { numeric: true }) <= 0);
  if (!isSorted) fault(state.where, "States are not in order");
  await state.page.locator(".filter .reset").click();
  expectSame(state.where, "the archive's order", await shown(state.page), all);
}

// Rows of a CSV file after RFC 4180.
function parseCsv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  return rows.filter((row) => row.length > 1);
}

async function download(state, base, path, query) {
  await open(state, `${base}${path}?${query}`);
  const records = await shown(state.page);
  const [file] = await Promise.all([state.page.waitForEvent("download"), state.page.locator(".filter .csv").click()]);
  const bytes = await readFile(await file.path());
  if (bytes[0] !== 0xef || bytes[1] !== 0xbb || bytes[2] !== 0xbf) fault(state.where, "the CSV file has no byte order mark");
  const [head, ...rows] = parseCsv(bytes.toString("utf8").slice(1));
  const column = (name) => rows.map((row) => row[head.indexOf(name)]);
  expectSame(state.where, "records in the CSV file", column("id"), records.map((record) => record.id));
  const data = new Map(DATA.map((record) => [record.id, record]));
  for (const name of ["kind", "report", "section", "state"]) {
    expectSame(state.where, `column ${name} beside the data`, column(name), records.map((record) => data.get(record.id)[name] ?? ""));
  }
  const texts = new Map(DATA.map((record) => [record.id, record.text.replace(/\s/g, "")]));
  const guarded = (text) => (/^'*[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text);
  // A list has the first words of a text, and a sign where there are more.
  const others = column("text").filter((text, at) => {
    const [words, whole] = [text.replace(/\s/g, ""), guarded(texts.get(records[at].id))];
    return words.endsWith("…") ? !whole.startsWith(words.slice(0, -1)) || words.length < 20 : words !== whole;
  });
  expectSame(state.where, "other texts in the CSV file", others, []);
}

// A cell that a spreadsheet would run has a quote in front; made on the page, as the archive may have none.
async function guardsFormulas(state, base, path) {
  await open(state, base + path);
  const first = state.page.locator(".listing .card .text").first();
  await first.evaluate((element) => { element.textContent = '=1+1,"x"'; });
  const [file] = await Promise.all([state.page.waitForEvent("download"), state.page.locator(".filter .csv").click()]);
  const text = await readFile(await file.path(), "utf8");
  if (!text.includes(`"'=1+1,""x""`)) fault(state.where, "a formula is not guarded");
}

async function compare(state, base, language, codes) {
  const address = `${base}${language}compare/index.html?states=${codes.join(",")}`;
  await open(state, address);
  const { page } = state;
  await page.waitForSelector("#compared table");
  const heads = await page.locator("#compared thead a").evaluateAll((links) => links.map((link) => link.getAttribute("href").split("/").at(-2)));
  expectSame(state.where, "States side by side", heads, codes);
  const chosen = await page.locator(".chooser select").evaluateAll((selects) => selects.map((select) => select.value).filter(Boolean));
  expectSame(state.where, "States chosen", chosen, codes);
  for (const [at, code] of codes.entries()) await agrees(state, code, at);
  const missing = await page.locator("#compared a").evaluateAll((links) => links.map((link) => link.href).filter((href) => !href.endsWith("/index.html")));
  expectSame(state.where, "links that name no file", missing, []);
}

// What stands in a column are the State's records.
async function agrees(state, code, at) {
  const column = state.page.locator(`#compared tbody td:nth-child(${at + 2})`);
  const records = await column.locator("a[href*='records/']").evaluateAll((links) => links.map((link) => link.href.split("/").at(-2)).sort());
  const own = DATA.filter((record) => record.state?.toLowerCase() === code).map((record) => record.id).sort();
  expectSame(state.where, `records of ${code}`, records, own);
  if (own.length === 0) fault(state.where, `${code} has no records, which proves nothing`);
}

// The resolutions on which States voted otherwise, the newest first.
function votesThatDiffer(codes) {
  const [head, ...rows] = VOTES;
  const [resolution, state, vote] = ["resolution", "state", "vote"].map((name) => head.indexOf(name));
  const cast = new Map();
  rows.filter((row) => codes.includes(row[state])).forEach((row) => cast.set(row[resolution], (cast.get(row[resolution]) ?? []).concat(row[vote])));
  const differing = Array.from(cast).filter(([, votes]) => new Set(votes).size > 1).map(([symbol]) => symbol);
  return differing.sort((left, right) => right.localeCompare(left, "en", { numeric: true }));
}

async function compares(state, base) {
  await compare(state, base, "", ["jpn", "nzl"]);
  await compare(state, base, "en/", ["jpn", "nzl", "mex"]);
  const differing = await state.page.locator("#compared .differs").evaluateAll((rows) => rows.map((row) => row.querySelector("a").textContent));
  expectSame(state.where, "votes that differ", differing, votesThatDiffer(["JPN", "NZL", "MEX"]));
  if (!/Nuclear disarmament/u.test(await state.page.locator("#compared").textContent())) fault(state.where, "resolutions have no titles");
  await open(state, `${base}compare/index.html`);
  await follow(state, ".compare-example a");
  await state.page.waitForSelector("#compared table");
  await open(state, `${base}compare/index.html`);
  const selects = state.page.locator(".chooser select");
  await selects.nth(0).selectOption("jpn");
  await selects.nth(1).selectOption("nzl");
  await state.page.waitForFunction(() => document.querySelectorAll("#compared thead a").length === 2);
  expectSame(state.where, "the address", new URL(state.page.url()).search, "?states=jpn,nzl");
  await open(state, `${base}states/jpn/index.html`);
  await state.page.locator("a[href*='compare/index.html?states=jpn']").first().click();
  await state.page.waitForSelector("#compared table");
}

// Follows the link that `selector` finds and says where it ended.
async function follow(state, selector) {
  const link = state.page.locator(selector).first();
  // In a picture `href` is no string.
  const goal = await link.evaluate((element) => new URL(element.getAttribute("href"), document.baseURI).href);
  await Promise.all([state.page.waitForURL(goal), link.click()]);
  const anchor = decodeURIComponent(new URL(goal).hash.slice(1));
  const isThere = anchor === "" || (await state.page.evaluate((id) => document.getElementById(id) !== null, anchor));
  if (!isThere) fault(state.where, `\`${selector}\` leads to no \`#${anchor}\``);
  return { path: new URL(goal).pathname, anchor };
}

// What readers ask is answered within some clicks.
async function walks(state, base) {
  for (const { question, start, most, clicks, place, says } of WALKS) {
    await open(state, base + start);
    for (const selector of clicks) await follow(state, selector);
    state.where = `${base}${start}: ${question}`;
    const told = (await state.page.locator(place).first().textContent()).replace(/\s+/gu, " ");
    if (!told.includes(says)) fault(state.where, `is told “${told}”`);
    if (clicks.length > most) fault(state.where, `takes ${clicks.length} clicks, not ${most}`);
  }
}

// What is typed leaves the rows that have it, in any language, and groups without one go.
async function narrows(state, base, path, typed, expected) {
  await open(state, base + path);
  const rows = () => state.page.locator(".directory tbody tr:not(.together):visible");
  const all = await rows().count();
  await state.page.locator(".narrow input").fill(typed);
  const shown = await rows().locator("th a").evaluateAll((links) => links.map((link) => link.href.split("/").at(-2)));
  expectSame(state.where, `rows for “${typed}”`, shown, expected);
  expectSame(state.where, "headings of these", await state.page.locator(".directory .together:visible").count(), 1);
  const said = await state.page.locator(".narrow [role=status]").textContent();
  if (!said.includes(String(all)) || !said.includes(String(expected.length))) fault(state.where, `says “${said}”`);
  await state.page.locator(".narrow input").fill("");
  expectSame(state.where, "rows when nothing is typed", await rows().count(), all);
}

// From a record in the edition to its page, to its source, and back into the edition.
async function jumps(state, base, path) {
  await open(state, base + path);
  const entry = state.page.locator("article.entry").nth(3);
  const id = await entry.getAttribute("id");
  const own = `article.entry[id='${id}']`;
  await follow(state, `${own} a.to-source`);
  await follow(state, `a.jump[href$='#${id}']`);
  await follow(state, `${own} a.permalink`);
  const back = await follow(state, ".jumps a");
  expectSame(state.where, "the way from a record back into its edition", back.anchor, id);
  const headings = new Set(await state.page.locator(".edition .heading").allTextContents());
  // Contents of one line would only repeat the title.
  expectSame(state.where, "lists of contents", await state.page.locator(".contents").count(), headings.size > 1 ? 1 : 0);
  if (headings.size > 1) {
    const content = await follow(state, ".contents a");
    if (content.anchor === "") fault(state.where, "the contents lead nowhere");
  }
}

// A footnote stands right with its record; its mark leads to it and it leads back.
async function footnotes(state, base, reports) {
  let notes = 0;
  for (const path of reports) {
    await open(state, base + path);
    const wrong = await state.page.evaluate(() => Array.from(document.querySelectorAll(".note-beside")).filter((note) => {
      const record = note.closest("article");
      const mark = record.querySelector(`a.mark[href='#${CSS.escape(note.id)}'], a.mark[href='#${note.id}']`);
      const back = note.querySelector(".back a")?.getAttribute("href").slice(1);
      return mark === null || !record.contains(document.getElementById(back));
    }).map((note) => note.id));
    expectSame(state.where, "footnotes without their marks", wrong, []);
    notes += await state.page.locator(".note-beside").count();
  }
  if (notes === 0) fault(base, "no footnote stands with its record");
}

// The other styles of a record and its entries for reference managers come when they are asked for, and the style that
// was copied last stands first from then on.
async function cites(state, base, path) {
  const { page } = state;
  await open(state, base + path);
  expectSame(state.where, "styles before they are asked for", await page.locator(".cite [data-style]").count(), 1);
  await page.locator(".cite-more summary").click();
  await page.locator(".cite-more a[download]").first().waitFor();
  const styles = await page.locator(".cite [data-style]").evaluateAll((rows) => rows.map((row) => [row.dataset.style, row.querySelector(".citation").textContent]));
  expectSame(state.where, "styles", new Set(styles.map(([style]) => style)).size, 7);
  const id = path.split("/").at(-2);
  const { citation } = JSON.parse(await readFile(join(folder, "records", id, "record.json"), "utf8"));
  const author = citation.author[0].literal;
  if (!styles.some(([, text]) => text.startsWith(`${author}. ${citation.title.split(/ \[|，|, /)[0]}`))) fault(state.where, `no citation of ${author}`);
  const files = await page.locator(".cite-more a[download]").evaluateAll((links) => links.map((link) => [link.download, decodeURIComponent(link.href.split(",").slice(1).join(","))]));
  expectSame(state.where, "files", files.map(([name]) => name), ["bib", "ris", "json"].map((ending) => `${id}.${ending}`));
  if (!files[1][1].startsWith(`TY  - RPRT\r\nID  - ${id}\r\n`)) fault(state.where, `no RIS: ${files[1][1]}`);
  expectSame(state.where, "the item", JSON.parse(files[2][1])[0].id, id);
  await page.evaluate(() => localStorage.setItem("depositary-citation-style", "mla"));
  await open(state, base + path);
  await page.locator("[data-chosen-style] [data-style='mla']").waitFor();
  expectSame(state.where, "the remembered style", await page.locator("[data-chosen-style] [data-style]").count(), 1);
  await page.evaluate(() => localStorage.clear());
}

async function switchesLanguage(state, base, path) {
  await open(state, `${base}${path}?sort=date#main`);
  await state.page.locator(".languages a").first().click();
  await state.page.waitForURL(`**/en/${path}?sort=date#main`);
  expectSame(state.where, "the other language", await state.page.evaluate(() => document.documentElement.lang), "en");
}

// Every record, figure and footnote of a page is there without JavaScript, and nothing that would do nothing.
async function isWhole(state, address) {
  await open(state, address);
  const { page } = state;
  const absent = (selector) => page.locator(selector).evaluateAll((elements) => elements
    .filter((element) => element.getClientRects().length === 0 && !element.closest("details:not([open])")).length);
  expectSame(state.where, "what is not seen", await absent("main h1, main .lead, main [data-facets], main .text, main .footnote, main .parts > svg"), 0);
  if (await page.locator(".filter:visible, .narrow:visible, .copy:visible, .roll-order:visible, #search-key:visible").count()) fault(state.where, "shows what needs JavaScript");
}

// Without JavaScript a list is whole and no control is shown.
async function withoutScript(browser, base, path, pages) {
  const state = await watched(browser, base, fault, { javaScriptEnabled: false });
  await open(state, base + path);
  if (await state.page.locator(".filter").first().isVisible()) fault(state.where, "a filter that does nothing is shown");
  if (await state.page.locator(".listing [data-facets]").first().isHidden()) fault(state.where, "the list is not shown");
  await open(state, `${base}compare/index.html?states=jpn,nzl`);
  if (!(await state.page.locator(".without-script a").first().isVisible())) fault(state.where, "no way on without JavaScript");
  if (await state.page.locator(".chooser").isVisible()) fault(state.where, "a chooser that does nothing is shown");
  for (const path of pages) await isWhole(state, base + path);
  await state.page.close();
}

// On paper a page has its address and edition, and nothing that only a screen can use.
async function prints(state, base, path) {
  await open(state, base + path);
  await state.page.emulateMedia({ media: "print" });
  for (const selector of [".on-paper", ".foot .hash"]) {
    if (!(await state.page.locator(selector).first().isVisible())) fault(state.where, `print lacks \`${selector}\``);
  }
  for (const selector of ["nav.sections", "nav.languages", ".trail", ".order", ".filter", "button"]) {
    if (await state.page.locator(selector).first().isVisible()) fault(state.where, `print shows \`${selector}\``);
  }
  const address = await state.page.locator(".on-paper code").textContent();
  if (!(base + path).endsWith(address.replace(/\/$/, "/index.html"))) fault(state.where, `print gives the address ${address}`);
  await state.page.emulateMedia({ media: null });
}

// On paper the letters of a picture, 12 px on a screen, are 11.4 px (8.5 points) or more, and no part of it is larger than a
// page. Sizes are those of A4 and Letter within their margins.
async function printsPictures(state, base, path) {
  await open(state, base + path);
  await state.page.emulateMedia({ media: "print" });
  for (const [width, height] of [[718, 1047], [740, 980]]) {
    await state.page.setViewportSize({ width, height: 900 });
    const sizes = await parts(state.page);
    if (sizes.length === 0) fault(state.where, "has no picture");
    const fits = sizes.every((size) => size.scale >= 0.95 && size.height <= height - HEADING);
    if (!fits) fault(state.where, `pictures on paper of ${width} by ${height} px: ${JSON.stringify(sizes)}`);
    if (await state.page.locator(".key").first().isHidden()) fault(state.where, "keys of pictures are not printed");
  }
  await state.page.emulateMedia({ media: null });
  await state.page.setViewportSize({ width: 1280, height: 720 });
}

// How tall the parts of pictures are, how far they reach, and how much smaller they are than drawn.
function parts(page) {
  return page.locator(".parts > svg").evaluateAll((pictures) => pictures.map((picture) => {
    const { width, height, right } = picture.getBoundingClientRect();
    const scale = Math.min(width / picture.getAttribute("width"), height / picture.getAttribute("height"));
    return { scale, height, right };
  }));
}

// Every part of a picture is seen whole on a telephone, nearly as large as drawn.
async function fitsTelephone(state, base, path) {
  await open(state, base + path);
  await state.page.setViewportSize({ width: 360, height: 780 });
  const wrong = (await parts(state.page)).filter((part) => part.right > 360 || part.scale < 0.88);
  if (wrong.length > 0) fault(state.where, `pictures on a telephone: ${JSON.stringify(wrong)}`);
  await state.page.setViewportSize({ width: 1280, height: 720 });
}

// The roll call in each order has every State once, with its vote where that is not the heading.
async function callsTheRoll(state, base, path) {
  await open(state, base + path);
  const { page } = state;
  const voters = () => page.locator(".roll .votes:visible").evaluateAll((groups) => groups.flatMap((group) => Array.from(
    group.querySelectorAll("li"),
    (item) => `${item.querySelector("a").textContent} ${group.dataset.vote ?? item.querySelector("small").textContent.trim()}`,
  )));
  const byVote = await voters();
  const count = await page.locator(".roll .votes").count();
  if (byVote.length < 100 || count < 3) fault(state.where, `has ${byVote.length} votes in ${count} groups`);
  for (const [key, least] of [["region", 5], ["name", 1], ["vote", count]]) {
    await page.locator(`[data-by=${key}]`).click();
    expectSame(state.where, `votes by ${key}`, (await voters()).sort(), [...byVote].sort());
    if (await page.locator(".roll .votes:visible").count() < least) fault(state.where, `is not grouped by ${key}`);
    expectSame(state.where, "the order shown", await page.locator(".roll [aria-pressed=true]").getAttribute("data-by"), key);
  }
}

// Nothing jumps while a page is made up: cumulative layout shift, as browsers report it, of at most `most`.
async function staysPut(state, most) {
  const shift = await state.page.evaluate(() => new Promise((found) => {
    let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
      sum += entry.value;
    })).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => found(sum), 100);
  }));
  if (shift > most) fault(state.where, `jumps: ${shift}`);
}

// What is shown of a page that comes slowly stays where it is when the rest arrives. How much is shown first does not
// depend on the machine here, so that less is allowed.
async function comesSlowly(browser, base, pages) {
  const view = { viewport: { width: 1280, height: 900 }, bypassCSP: true };
  await sideBySide(pages, () => watched(browser, base, fault, view), async (state, path) => {
    await open(state, `${base}${path}?slowly`);
    await staysPut(state, 0.02);
  });
}

// An identifier that was given up keeps its page, which leads to what stands in its place.
async function leadsOn(state, base, id) {
  await open(state, `${base}records/${id}/index.html`);
  expectSame(state.where, "the heading", await state.page.locator("h1").textContent(), id);
  const led = await state.page.locator("main .plain:not(.history .plain) a").evaluateAll((links) => links.map((link) => link.href.split("/").at(-2)));
  const strange = led.filter((goal) => !DATA.some((record) => record.id === goal));
  expectSame(state.where, "links that lead to no record", strange, []);
  return led.length;
}

async function givenUp(state, base, ids) {
  const numbers = [];
  for (const id of ids) numbers.push(await leadsOn(state, base, id));
  expectSame(state.where, "pages in place of identifiers moved, split, withdrawn and merged", numbers, [1, 2, 0, 1]);
}

// The pages before and after lead back to each other.
async function neighbours(state, base, pages) {
  for (const path of pages) {
    await open(state, base + path);
    const links = await state.page.locator("nav.order a").evaluateAll((links) => links.map((link) => link.href));
    if (links.length === 0) fault(state.where, "nothing before or after");
    for (const link of links) {
      await open(state, link);
      const back = await state.page.locator("nav.order a").evaluateAll((links) => links.map((link) => link.href));
      if (!back.includes(base + path)) fault(link, `does not lead back to ${path}`);
    }
  }
}

// Every rule of axe-core that holds unless it is asked for, or the `rules` of that name.
async function axe(state, rules) {
  const found = await state.page.evaluate(async (rules) => {
    const runOnly = rules && { type: "rule", values: rules };
    const { violations } = await window.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
    // A source stands as it is, whatever its letters lead to: so do targets in a line of text in criterion 2.5.8.
    const isMeant = (rule, node) => rule.id !== "target-size" || !document.querySelector(node.target[0]).closest(".source");
    return violations.flatMap((rule) => {
      const nodes = rule.nodes.filter((node) => isMeant(rule, node));
      return nodes.slice(0, 1).map((node) => `${rule.id} (${nodes.length}): ${node.html.slice(0, 160)} ${node.failureSummary}`);
    });
  }, rules);
  found.forEach((violation) => fault(state.where, `axe: ${violation}`));
}

// Pages: no violation, light and dark, and no sideways scroll on a phone.
async function looks(browser, base, pages) {
  const state = await watched(browser, base, fault, { bypassCSP: true });
  const { page } = state;
  await page.addInitScript(AXE);
  for (const path of pages) {
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1280, height: 900 });
    await open(state, base + path);
    if (path.startsWith("compare/")) await page.waitForSelector("#compared table");
    await staysPut(state, 0.05);
    await axe(state);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 780 });
    const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
    if (width > 360) fault(state.where, `is ${width} px wide in a window of 360`);
    // Nothing but colours depends on the scheme, which two rules look at; the last is for what a finger hits, which
    // axe-core does not look at unless it is asked to.
    await axe(state, ["color-contrast", "link-in-text-block", "target-size"]);
  }
  await page.close();
}

const kinds = ["states", "years", "periods", "sections", "resolutions", "meetings", "documents"];
const lists = await Promise.all(kinds.map(fullest));
const reports = (await names("reports")).map((name) => `reports/${name}/index.html`);
const source = reports[0].replace("index.html", "source/index.html");
const [records, lost] = [[], []];
for (const id of await names("records")) (DATA.some((record) => record.id === id) ? records : lost).push(id);
const [edition] = await names("editions");
const reworded = "records/a-63-ctbt-1a-fra-1";
const folders = new Set((await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name));
const single = ["annex-2", "about", "method", "data", "corrections", "pictures", "search"].filter((name) => folders.has(name));
const everyKind = [
  "index.html", "404.html", "compare/index.html?states=jpn,nzl,mex", ...lists, ...single.map((name) => `${name}/index.html`),
  ...[...kinds, "reports"].map((kind) => `${kind}/index.html`), ...reports.filter((_, at) => at % 2 === 0),
  source, `records/${records[Math.floor(records.length / 2)]}/index.html`, `records/${lost[1]}/index.html`,
  `${reworded}/index.html`, `${reworded}/v1/index.html`, `en/${reworded}/v2/index.html`,
  "editions/index.html", `en/editions/${edition}/index.html`,
  "en/index.html", `en/${lists[0]}`, `en/${reports[0]}`,
];

const slowPages = [
  ...lists, "annex-2/index.html", "data/index.html", ...kinds.map((kind) => `${kind}/index.html`), reports[0], source,
  `records/${records[7]}/index.html`,
];

// What comes out the same wherever a page comes from: each is done at one of the two addresses.
const anywhere = [
  (state, base) => filters(state, base, [lists[0], lists[2], lists[4], "annex-2/index.html"]),
  (state, base) => filters(state, base, [lists[1], lists[3], lists[5], reports[0]]),
  (state, base) => filters(state, base, [stateWithMentions()], { list: 1, prefix: "mentioned-" }),
  (state, base) => neighbours(state, base, [lists[0], lists[1], lists[2], lists[3], lists[5], reports[0], source]),
  (state, base) => walks(state, base),
  (state, base) => footnotes(state, base, reports),
  (state, base) => sorts(state, base, lists[1]),
  (state, base) => keys(state, base, lists[1]),
  (state, base) => wordsStandWhole(state, base, ""),
  (state, base) => wordsStandWhole(state, base, "en/"),
  (state, base) => narrows(state, base, "en/states/index.html", "cote", ["civ"]),
  (state, base) => narrows(state, base, "states/index.html", "Japan", ["jpn"]),
  (state, base) => narrows(state, base, "en/resolutions/index.html", "62/59", ["a-res-62-59"]),
  (state, base) => printsPictures(state, base, "pictures/index.html"),
  (state, base) => fitsTelephone(state, base, "pictures/index.html"),
  (state, base) => fitsTelephone(state, base, "en/index.html"),
  (state, base) => callsTheRoll(state, base, "en/resolutions/a-res-62-59/index.html"),
  (state, base) => givenUp(state, base, lost),
];

async function reads(browser, base, half) {
  const state = await watched(browser, base, fault);
  const isOfHalf = (_, at) => at % 2 === half;
  for (const task of anywhere.filter(isOfHalf)) await task(state, base);
  await searchKey(browser, base, lists[1]);
  await download(state, base, lists[3], "sort=-date&basis=corrected");
  await download(state, base, lists[1], "kind=activity");
  await guardsFormulas(state, base, lists[1]);
  await compares(state, base);
  for (const path of reports) await jumps(state, base, path);
  await switchesLanguage(state, base, lists[1]);
  for (const prefix of ["", "en/"]) await cites(state, base, `${prefix}records/${records[7]}/index.html`);
  for (const path of [lists[1], reports[0]]) await prints(state, base, path);
  await state.page.close();
  await withoutScript(browser, base, lists[1], everyKind.filter(isOfHalf));
  await looks(browser, base, everyKind.filter(isOfHalf));
}

await Promise.all([`${pathToFileURL(resolve(folder))}/`, served].map(async (base, half) => {
  // A browser has one clipboard for all its pages.
  const browser = await launch(browserPath);
  const tasks = [reads(browser, base, half)];
  // Most of the time of a page that comes slowly is waiting.
  if (base === served) tasks.push(comesSlowly(browser, base, slowPages));
  await Promise.all(tasks).catch((error) => fault(`${base} ended early`, error.stack));
  await browser.close();
}));
faults.forEach((line) => console.error(line));
console.log(`${everyKind.length} pages looked at, ${lists.length} lists filtered, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
