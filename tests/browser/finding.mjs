// What a reader types gets its answer in a browser: in every language, from the folder and from a server.
//
//   node finding.mjs BROWSER FOLDER SERVED_FOLDER PORT ANSWERS
//
// FOLDER and SERVED_FOLDER are sites as for search.mjs; ANSWERS is tests/search/answers.tsv.

import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, serve, watched as watch } from "./browsing.mjs";

const [browserPath, folder, servedFolder, port, answersPath] = process.argv.slice(2);
const PREFIXES = ["", "en/"];
// What the first search may load, in bytes of scripts, and how far its results may move what is seen.
const MAX_FIRST_BYTES = 300_000;
const MAX_SHIFT = 0.02;
// Longer than the pause after which what is typed is a step of the history.
const PAUSE = 1_200;

const faults = [];
const expect = (where, isSo, what) => isSo || faults.push(`${where}: ${what}`);
const watched = (browser, base, options = {}) => watch(browser, base, (where, what) => expect(where, false, what), options);
const isSettled = () => !/…$|^$/u.test(document.getElementById("search-status").textContent);

async function open(state, address) {
  state.where = address;
  await state.page.goto(address);
  await state.page.waitForFunction(isSettled);
}

async function ask(page, query) {
  await page.evaluate((text) => {
    document.getElementById("find").value = text;
    document.getElementById("search").requestSubmit();
  }, query);
  await page.waitForFunction(isSettled);
}

// The first `most` results, as addresses below the root of the language.
async function results(page, root, most) {
  const links = await page.evaluate(async (wanted) => {
    const [list, more] = [document.getElementById("search-results"), document.getElementById("search-more")];
    while (list.children.length < wanted && !more.hidden) {
      const before = list.children.length;
      more.click();
      while (list.children.length === before && !more.hidden) await new Promise((done) => setTimeout(done, 2));
    }
    return [...list.querySelectorAll("a")].slice(0, wanted).map((link) => link.href);
  }, most);
  return links.map((link) => link.slice(root.length).replace("/index.html", ""));
}

async function everyQuestionIsAnswered(browser, base, cases) {
  for (const prefix of PREFIXES) {
    const state = await watched(browser, base);
    await open(state, `${base}${prefix}search/index.html`);
    for (const [query, address, among, says] of cases) {
      state.where = `${base}${prefix} ${query}`;
      await ask(state.page, query);
      const found = await results(state.page, `${base}${prefix}`, Number(among));
      expect(state.where, found.includes(address), `not ${address} but ${found.slice(0, 3).join(" ")}`);
      const said = await state.page.locator("#search-answer").textContent();
      expect(state.where, !says || said.includes(says.slice(1)), `says ${said}`);
    }
    await state.page.close();
  }
}

// Nothing that is found nowhere ends the way: the lists are offered, or what comes nearest.
async function noQuestionEndsAtNothing(browser, base) {
  const state = await watched(browser, base);
  await open(state, `${base}en/search/index.html?q=zzzzzz`);
  expect(state.where, (await state.page.locator("#search-ways a:visible").count()) >= 5, "offers no list");
  await ask(state.page, "Japan zzzzzz");
  const said = await state.page.locator("#search-answer").textContent();
  expect(state.where, said.includes("zzzzzz"), `does not say what was left out: ${said}`);
  expect(state.where, await state.page.locator("#search-ways").isHidden(), "offers lists beside results");
  await state.page.close();
}

async function backLeadsBack(browser, base) {
  const state = await watched(browser, base);
  const { page } = state;
  await open(state, `${base}en/search/index.html`);
  await ask(page, "Japan");
  await page.waitForTimeout(PAUSE);
  await page.locator("#find").fill("");
  await page.locator("#find").pressSequentially("China 2009");
  await page.waitForFunction(() => location.search === "?q=China+2009");
  await page.waitForFunction(isSettled);
  await page.goBack();
  await page.waitForFunction(() => document.getElementById("find").value === "Japan");
  await page.waitForFunction(isSettled);
  await results(page, base, 30);
  await page.evaluate(() => scrollTo(0, 1500));
  await page.waitForTimeout(400);
  const link = page.locator(".search-link").nth(25);
  await Promise.all([page.waitForURL(/\/records\//u), link.click()]);
  await page.goBack();
  await page.waitForFunction(() => document.getElementById("search-results")?.children.length > 0);
  const [shown, top, query] = await page.evaluate(() => [
    document.getElementById("search-results").children.length, scrollY, document.getElementById("find").value,
  ]);
  expect(state.where, shown === 30, `after going back ${shown} results are shown, not 30`);
  expect(state.where, top > 1000, `after going back the page stands at ${top}`);
  expect(state.where, query === "Japan", `after going back the query is ${query}`);
  await page.goForward();
  await page.goBack();
  await page.waitForFunction(isSettled);
  await page.locator(".search-facet input").first().check();
  await page.waitForFunction(() => location.search.includes("&"));
  await page.goBack();
  await page.waitForFunction(() => !location.search.includes("&"));
  expect(state.where, (await page.locator(".search-facet input:checked").count()) === 0, "a filter stays when one goes back");
  await page.close();
}

async function resultsMoveNothing(browser, base) {
  for (const width of [1440, 360]) {
    const state = await watched(browser, base, { viewport: { width, height: 900 } });
    await state.page.addInitScript(() => {
      globalThis.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    for (const query of ["Japan 2009", "who voted against 62/59", "minsterial meeting"]) {
      await open(state, `${base}en/search/index.html?${new URLSearchParams({ q: query })}`);
      await state.page.waitForTimeout(300);
      const shift = await state.page.evaluate(() => globalThis.shift);
      expect(`${state.where} ${width}`, shift <= MAX_SHIFT, `what is seen moves by ${shift}`);
    }
    await state.page.close();
  }
}

// Every script of the page until the results and facets stand, by the size of its file.
async function firstSearchesLoadLittle(browser, base, root, cases) {
  let most = 0;
  for (const [query] of cases.filter((_, at) => at % 4 === 0)) {
    const state = await watched(browser, base);
    await open(state, `${base}en/search/index.html?${new URLSearchParams({ q: query })}`);
    await state.page.waitForFunction(() => document.querySelector(".search-facet") !== null || document.getElementById("search-panes").hidden);
    const scripts = await state.page.evaluate(() => [...document.scripts].map((script) => script.src).filter((source) => source !== ""));
    const sizes = await Promise.all(scripts.map(async (source) => (await stat(join(root, source.slice(base.length)))).size));
    const n_bytes = sizes.reduce((sum, size) => sum + size, 0);
    most = Math.max(most, n_bytes);
    expect(state.where, n_bytes < MAX_FIRST_BYTES, `loads ${n_bytes} bytes of scripts`);
    await state.page.close();
  }
  return most;
}

// The filter of a State's page and the search count the same records.
async function filtersAndSearchAgree(browser, base) {
  const state = await watched(browser, base);
  const { page } = state;
  const search = await watched(browser, base);
  for (const code of ["jpn", "fra"]) {
    await page.goto(`${base}en/states/${code}/index.html`);
    const form = page.locator(".filter[data-prefix='']");
    for (const facet of ["year", "section", "resolution"]) {
      const values = await form.locator(`select[name=${facet}] option`).evaluateAll((options) => options.map((option) => option.value));
      for (const value of values) {
        await form.locator(`select[name=${facet}]`).evaluate((select, chosen) => {
          select.value = chosen;
          select.dispatchEvent(new Event("change"));
        }, value);
        const shown = Number(/\d+/u.exec(await form.locator(".shown").textContent())?.[0]);
        const slug = value.toLowerCase().replace(/[^a-z0-9]+/gu, "-");
        const choice = { state: code, kind: "record", ...(value === "" ? {} : { [facet]: slug }) };
        await open(search, `${base}en/search/index.html?${new URLSearchParams(choice)}`);
        const counted = Number(/\d+/u.exec(await search.page.locator("#search-status").textContent())?.[0]);
        expect(`${code} ${facet} ${value}`, shown === counted, `the filter shows ${shown}, the search ${counted}`);
      }
      await form.locator(`select[name=${facet}]`).evaluate((select) => {
        select.value = "";
        select.dispatchEvent(new Event("change"));
      });
    }
  }
  await page.close();
  await search.page.close();
}

const lines = (await readFile(answersPath, "utf8")).trimEnd().split("\n").filter((line) => !line.startsWith("#"));
const cases = lines.slice(1).map((line) => line.split("\t"));
const server = await serve(resolve(servedFolder), port);
const browser = await launch(browserPath);
let most = 0;
for (const [base, root] of [[`${pathToFileURL(resolve(folder)).href}/`, folder], [`http://127.0.0.1:${port}/archive/`, servedFolder]]) {
  await everyQuestionIsAnswered(browser, base, cases);
  await noQuestionEndsAtNothing(browser, base);
  await backLeadsBack(browser, base);
  await resultsMoveNothing(browser, base);
  await filtersAndSearchAgree(browser, base);
  most = Math.max(most, await firstSearchesLoadLittle(browser, base, root, cases));
}
await browser.close();
server.close();
for (const fault of faults) console.error(fault);
console.log(`${cases.length} queries, four ways each; the first search loads ${most} bytes at most; ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
