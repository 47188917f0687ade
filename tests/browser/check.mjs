// Opens pages of the built site in a browser, from the folder and from a server under a sub-path.
//
//   node check.mjs BROWSER FOLDER SERVED_FOLDER ADDRESS
//
// FOLDER is a site built without an address; SERVED_FOLDER one built for ADDRESS, where it is served.
// A page fails by an error on the console, an exception, a request that finds nothing or leaves the site,
// or a click that does not arrive. Every fault is printed; the exit status is 1 if there is one.

import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, watched } from "./browsing.mjs";

const [browserPath, folder, , served] = process.argv.slice(2);
const faults = [];
const fault = (where, what) => faults.push(`${where}: ${what}`);

// One page of each kind that has a folder; the folders are those of src/render/address.rs.
const KINDS = [
  "reports", "records", "states", "years", "periods", "resolutions", "documents", "meetings", "sections", "editions",
];
const SINGLE = ["annex-2", "about", "method", "how-to-cite", "permanence", "data", "pictures", "compare", "search"];

async function samples(root) {
  const pages = ["index.html", ...SINGLE.map((name) => `${name}/index.html`)];
  for (const kind of KINDS) {
    // Records have no list of their own: they are reached through reports, States, years.
    if (kind !== "records") pages.push(`${kind}/index.html`);
    const entries = await readdir(join(root, kind), { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
    // The middle one, as the first and last are often empty or odd.
    pages.push(`${kind}/${names[Math.floor(names.length / 2)]}/index.html`);
  }
  const reports = (await readdir(join(root, "reports"), { withFileTypes: true })).filter((entry) => entry.isDirectory());
  pages.push(...reports.map((report) => `reports/${report.name}/source/index.html`));
  // The record of `reworded.tsv`.
  pages.push("records/a-63-ctbt-1a-fra-1/v1/index.html");
  return [...pages, ...pages.map((page) => `en/${page}`), "404.html"];
}

async function open(state, base, path) {
  state.where = base + path;
  await state.page.goto(base + path);
  const found = await state.page.evaluate(() => ({
    headings: document.querySelectorAll("h1").length,
    language: document.documentElement.lang,
    style: document.styleSheets.length > 0,
  }));
  if (found.headings !== 1) fault(state.where, `${found.headings} headings of level 1`);
  if (found.language === "") fault(state.where, "no language");
  if (!found.style) fault(state.where, "no style sheet");
}

// Clicks the first link that `selector` finds, and looks where that leads.
async function click(state, base, path, selector) {
  await open(state, base, path);
  const link = state.page.locator(selector).first();
  if ((await link.count()) === 0) return fault(state.where, `no link \`${selector}\``);
  const goal = await link.evaluate((element) => element.href);
  await Promise.all([state.page.waitForURL(goal), link.click()]);
  const anchor = decodeURIComponent(new URL(goal).hash.slice(1));
  const isThere = anchor === "" || (await state.page.evaluate((id) => document.getElementById(id) !== null, anchor));
  if (!isThere) fault(state.where, `the click on \`${selector}\` leads to no \`#${anchor}\``);
  if ((await state.page.locator("h1").count()) !== 1) fault(state.where, `the click on \`${selector}\` leads to no page`);
}

async function clicks(state, base, pages) {
  const record = pages.find((page) => /^records\/.+\/index/.test(page));
  const source = pages.find((page) => page.endsWith("/source/index.html"));
  await click(state, base, "index.html", "main a");
  await click(state, base, "index.html", "header nav.sections a");
  await click(state, base, "index.html", "header nav.languages a");
  await click(state, base, record, "main a[href*='/source/']");
  await click(state, base, record, "main a[href*='states/']");
  await click(state, base, source, "main a[href*='records/'], main a[href*='#']");
}

async function visit(browser, base, pages) {
  const state = await watched(browser, base, fault);
  for (const path of pages) await open(state, base, path);
  await clicks(state, base, pages);
  await state.page.close();
}

// Lost addresses with the page that each means: a symbol, another case, another language, an id without its folder.
const MEANT = [
  ["A/RES/62/59", "resolutions/a-res-62-59"], ["a/res/62/59", "resolutions/a-res-62-59"],
  ["S/RES/1540(2004)", "resolutions/s-res-1540-2004"], ["en/A/RES/62/59", "resolutions/a-res-62-59"],
  ["A/65/137", "reports/a-65-137"], ["States/JPN/", "states/jpn"], ["a-64-ctbt-1a-aus-2", "records/a-64-ctbt-1a-aus-2"],
  ["records/A-64-CTBT-1A-AUS-2/", "records/a-64-ctbt-1a-aus-2"], ["2009", "years/2009"],
  ["records/no/such/record", null],
];

// The script of the lost page offers what a lost address means, in every language, and nothing where it means nothing.
async function meant(browser, base) {
  const state = await watched(browser, base, fault);
  for (const [path, goal] of MEANT) {
    state.expected = base + path;
    await open(state, base, path);
    const links = await state.page.$$eval("[data-prefix]:not([hidden]) a", (found) => found.map((link) => link.href));
    const goals = goal === null ? [] : [`${base}${goal}/index.html`, `${base}en/${goal}/index.html`];
    if (!goals.every((address) => links.includes(address)) || (goal === null && links.length > 0)) {
      fault(state.where, `offers ${links.join(" ") || "nothing"}`);
    } else if (goal !== null) {
      await click(state, base, path, "[data-prefix]:not([hidden]) a");
    }
  }
  await state.page.close();
}

// A lost address, deep below the root, must show a page whose style and links still work.
async function lost(browser, base) {
  const state = await watched(browser, base, fault);
  state.expected = `${base}records/no/such/record`;
  await open(state, base, "records/no/such/record");
  await state.page.locator("main a").first().click();
  await state.page.waitForLoadState();
  if (!state.page.url().startsWith(base)) fault(state.where, `leads to ${state.page.url()}`);
  await state.page.close();
}

const pages = await samples(folder);
const browser = await launch(browserPath);
try {
  await Promise.all([
    visit(browser, `${pathToFileURL(resolve(folder))}/`, pages), visit(browser, served, pages),
    lost(browser, served), meant(browser, served),
  ]);
} finally {
  await browser.close();
}
faults.forEach((line) => console.error(line));
console.log(`${pages.length} pages opened from a folder and from a server, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
