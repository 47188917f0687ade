// Pages in Arabic in a browser: they run from right to left, nothing reaches beyond them sideways, and their words are found.
//
//   node arabic.mjs BROWSER FOLDER SERVED_FOLDER ADDRESS
//
// FOLDER and SERVED_FOLDER are sites as for search.mjs, made of tests/works/activities with Arabic at the root.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, watched as watch } from "./browsing.mjs";

const [browserPath, folder, , served] = process.argv.slice(2);
const RECORD = "records/a-70-1-1a-aut-1/index.html";
const PAGES = [
  "index.html", RECORD, "reports/a-70-1.ar/index.html", "states/aut/index.html", "years/2014/index.html",
  "resolutions/a-res-69-81/index.html", "search/index.html", "data/index.html",
];
const WIDTHS = [1440, 360];
// Words of the record as it has them, with vowel signs and tatweel, and figures of both kinds.
const QUERIES = ["حلقة دراسية", "حَلْقة دراسيـــة", "النمسا ٢٠١٤", "ماذا فعلت النمسا في عام 2014؟"];

const faults = [];
const expect = (where, isSo, what) => isSo || faults.push(`${where}: ${what}`);
const watched = (browser, base, options) => watch(browser, base, (where, what) => expect(where, false, what), options);

async function pagesRunFromRightToLeft(browser, base) {
  for (const width of WIDTHS) {
    const state = await watched(browser, base, { viewport: { width, height: 900 } });
    for (const path of PAGES) {
      state.where = `${base}${path} at ${width}`;
      await state.page.goto(`${base}${path}`);
      const seen = await state.page.evaluate(() => ({
        direction: getComputedStyle(document.body).direction,
        language: document.documentElement.lang,
        beyond: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        title: document.querySelector("header a").getBoundingClientRect().right,
      }));
      expect(state.where, seen.direction === "rtl" && seen.language === "ar", `is ${seen.language}, ${seen.direction}`);
      expect(state.where, seen.beyond <= 0, `reaches ${seen.beyond} px beyond the window`);
      expect(state.where, seen.title > width / 2, "has its name on the left");
    }
    await state.page.close();
  }
}

async function theTextInArabicComesFirst(browser, base) {
  const state = await watched(browser, base);
  state.where = `${base}${RECORD}`;
  await state.page.goto(state.where);
  const languages = await state.page.locator("main p[lang]").evaluateAll((texts) => texts.map((text) => text.lang));
  expect(state.where, languages[0] === "ar", `has its text in ${languages.join(", ")}`);
  expect(state.where, ["en", "fr", "ru", "zh-Hans"].every((one) => languages.includes(one)), `lacks one of ${languages}`);
  await state.page.close();
}

async function itsWordsAreFound(browser, base) {
  const state = await watched(browser, base);
  for (const query of QUERIES) {
    state.where = `${base}search/index.html?q=${encodeURIComponent(query)}`;
    await state.page.goto(state.where);
    await state.page.waitForFunction(() => !/…$|^$/u.test(document.getElementById("search-status").textContent));
    const found = await state.page.locator("#search-results a").evaluateAll((links) => links.map((link) => link.href));
    expect(state.where, found.some((link) => link.endsWith(RECORD)), `finds ${found.slice(0, 3).join(" ")}`);
  }
  await state.page.close();
}

const browser = await launch(browserPath);
for (const base of [`${pathToFileURL(resolve(folder)).href}/`, served]) {
  await pagesRunFromRightToLeft(browser, base);
  await theTextInArabicComesFirst(browser, base);
  await itsWordsAreFound(browser, base);
}
await browser.close();
console.log(faults.join("\n"));
process.exit(faults.length > 0 ? 1 : 0);
