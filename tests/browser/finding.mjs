// What a reader types gets its answer in a browser: in every language, from the folder and from a server.
//
//   node finding.mjs BROWSER FOLDER SERVED_FOLDER ADDRESS ANSWERS
//
// FOLDER and SERVED_FOLDER are sites as for search.mjs; ANSWERS is tests/search/answers.tsv.

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { firstSearchBytes, launch, sideBySide, watched as watch } from "./browsing.mjs";

const [browserPath, folder, servedFolder, served, answersPath] = process.argv.slice(2);
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

async function visit(state, address) {
  state.where = address;
  await state.page.goto(address);
}

async function open(state, address) {
  await visit(state, address);
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
  // What was left out is offered, and leads to results.
  await ask(state.page, "Portugal Tuvalu");
  const offers = state.page.locator("#search-answer a");
  const before = await state.page.locator("#search-status").textContent();
  expect(state.where, (await offers.count()) > 0, "offers no other way to ask");
  if ((await offers.count()) > 0) {
    await offers.first().click();
    await state.page.waitForFunction(isSettled);
    const found = Number(/\d+/u.exec(await state.page.locator("#search-status").textContent())?.[0]);
    expect(state.where, found > 0, `the offer beside “${before}” finds nothing`);
  }
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
  // The browser tells of no load of a page that it kept.
  await page.evaluate(() => { setTimeout(() => history.forward()); });
  await page.waitForFunction(() => location.pathname.includes("/records/"));
  await page.evaluate(() => { setTimeout(() => history.back()); });
  await page.waitForFunction(() => location.pathname.includes("/search/") && document.getElementById("search-status"));
  await page.waitForFunction(isSettled);
  await page.locator(".search-facet input").first().check();
  await page.waitForFunction(() => location.search.includes("&"));
  await page.goBack();
  await page.waitForFunction(() => !location.search.includes("&"));
  expect(state.where, (await page.locator(".search-facet input:checked").count()) === 0, "a filter stays when one goes back");
  await page.close();
}

async function resultsMoveNothing(browser, base, width) {
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

// Every script of the page until the results and facets stand, by the size of its file.
async function firstSearchesLoadLittle(browser, base, root, cases) {
  const state = await watched(browser, base);
  let most = 0;
  for (const [query] of cases) {
    await open(state, `${base}en/search/index.html?${new URLSearchParams({ q: query })}`);
    const n_bytes = await firstSearchBytes(state.page, base, root);
    most = Math.max(most, n_bytes);
    expect(state.where, n_bytes < MAX_FIRST_BYTES, `loads ${n_bytes} bytes of scripts`);
  }
  await state.page.close();
  return most;
}

// Sets choices of a filter, and counts the records that it shows: those with a date, and those that their report's period
// bounds. What it says must be what it shows.
async function filtered(page, choices) {
  const [dated, bounded, said] = await page.evaluate((wanted) => {
    const form = document.querySelector(".filter[data-prefix='']");
    form.querySelector(".reset").click();
    for (const [name, value] of Object.entries(wanted)) {
      const select = form.querySelector(`select[name=${name}]`);
      select.value = value;
      select.dispatchEvent(new Event("change"));
    }
    const shown = [...document.querySelector(".listing").querySelectorAll("[data-facets]:not([hidden])")];
    const bounded = shown.filter((record) => record.classList.contains("bounded"));
    return [shown.length - bounded.length, bounded.length, form.querySelector(".shown").textContent];
  }, choices);
  const numbers = said.match(/\d+/gu).map(Number);
  expect(`${page.url()} ${JSON.stringify(choices)}`, numbers[0] === dated + bounded, `says ${said}, shows ${dated} + ${bounded}`);
  if (bounded > 0) expect(page.url(), numbers[2] === bounded, `says ${said}, ${bounded} have no date`);
  return { dated, bounded, left: numbers[bounded > 0 ? 3 : 2] ?? 0, all: numbers[1] };
}

async function counted(search, base, choice) {
  await open(search, `${base}en/search/index.html?${new URLSearchParams(choice)}`);
  return Number(/\d+/u.exec(await search.page.locator("#search-status").textContent())?.[0]);
}

const optionsOf = (page, facet) => page.locator(`.filter[data-prefix=''] select[name=${facet}] option`)
  .evaluateAll((options) => options.map((option) => option.value).filter((value) => value !== ""));

// The filter of a State's page and the search count the same records, year by year, for stretches of years, sections and
// resolutions; and no record is lost without a word.
async function filtersAndSearchAgree(browser, base, states) {
  await sideBySide(states, () => watched(browser, base), async ({ page }, code) => {
    const search = await watched(browser, base);
    await page.goto(`${base}en/states/${code}/index.html`);
    const years = await optionsOf(page, "from");
    const ranges = years.map((year) => [year, year]).concat([["2008", "2010"]]).filter((ends) => ends.every((end) => years.includes(end)));
    for (const [from, until] of ranges) {
      const shown = await filtered(page, { from, until });
      const year = years.filter((one) => from <= one && one <= until).join(",");
      const found = await counted(search, base, { state: code, kind: "record", year });
      expect(`${code} ${from}–${until}`, shown.dated === found, `the filter shows ${shown.dated}, the search ${found}`);
      // What is typed is looked for in the texts as well.
      const asked = await counted(search, base, { q: from === until ? from : `${from}-${until}`, state: code, kind: "record" });
      expect(`${code} ${from}–${until}`, asked >= found, `typed, it finds ${asked}, not ${found}`);
    }
    const whole = await filtered(page, { from: years[0] });
    expect(code, whole.dated + whole.bounded + whole.left === whole.all, `some are lost: ${JSON.stringify(whole)}`);
    for (const facet of ["section", "resolution"]) {
      for (const value of await optionsOf(page, facet)) {
        const shown = await filtered(page, { [facet]: value });
        const slug = value.toLowerCase().replace(/[^a-z0-9]+/gu, "-").replace(/-$/u, "");
        const found = await counted(search, base, { state: code, kind: "record", [facet]: slug });
        expect(`${code} ${facet} ${value}`, shown.dated === found, `the filter shows ${shown.dated}, the search ${found}`);
      }
    }
    await search.page.close();
  });
}

// A stretch of years is in the address, either end first, and `year=2009` is one.
async function yearsAreLinkedTo(browser, base) {
  const state = await watched(browser, base);
  const { page } = state;
  const shown = async (query) => {
    await visit(state, `${base}en/states/jpn/index.html?${query}`);
    return page.locator(".filter[data-prefix=''] .shown").textContent();
  };
  const range = await shown("from=2008&until=2010");
  expect(state.where, range === await shown("from=2010&until=2008"), "minds which end is named first");
  expect(state.where, await shown("year=2009") === await shown("from=2009&until=2009"), "does not know a single year");
  await page.close();
}

// In every filter States are called what the table calls them, in the page's language and its alphabetical order.
async function statesHaveTheirNames(browser, base, prefix, language) {
  const state = await watched(browser, base);
  await visit(state, `${base}${prefix}states/index.html`);
  const order = new Intl.Collator(language);
  const groups = await state.page.locator("main .directory tbody").evaluateAll((all) => all.map((group) => Array.from(
    group.querySelectorAll("tr:not(.together) a"), (link) => [link.getAttribute("href"), link.textContent],
  )));
  const names = new Map(groups.flat().map(([href, name]) => [/([a-z]{3})\/index\.html$/u.exec(href)[1], name]));
  const isInOrder = (list) => list.every((name, at) => at === 0 || order.compare(list[at - 1], name) <= 0);
  const areInOrder = groups.length === 3 && groups.every((group) => isInOrder(group.map(([, name]) => name)));
  expect(state.where, areInOrder, "is not in alphabetical order");
  for (const address of ["states/jpn", "states/aus", "states/fra", "annex-2", "reports/a-64-ctbt", "years/2009", "resolutions/a-res-62-59"]) {
    await visit(state, `${base}${prefix}${address}/index.html`);
    const options = await state.page.locator(".filter select[name=state] option").evaluateAll((all) => all.map((one) => [one.value, one.text]));
    const wrong = options.filter(([code, name]) => code !== "" && names.get(code.toLowerCase()) !== name);
    expect(state.where, wrong.length === 0, `calls States ${wrong.slice(0, 3)}`);
  }
  const votes = await state.page.locator("main section.votes").evaluateAll((groups) => groups.map((group) => [...group.querySelectorAll("a")].map((link) => link.textContent)));
  expect(state.where, votes.length >= 3 && votes.every(isInOrder), "votes are not in alphabetical order");
  await state.page.close();
}

const lines = (await readFile(answersPath, "utf8")).trimEnd().split("\n").filter((line) => !line.startsWith("#"));
const cases = lines.slice(1).map((line) => line.split("\t"));
const browser = await launch(browserPath);
let most = 0;
// Where scripts come from changes nothing of what they find, so that part of the work is shared between the two.
const half = (rest) => cases.filter((_, at) => at % 2 === rest);
const few = cases.filter((_, at) => at % 4 === 0);
const sites = [
  {
    base: `${pathToFileURL(resolve(folder)).href}/`, root: folder, asked: half(0), states: ["jpn", "kor"], width: 1440,
    prefix: "", language: "zh",
  },
  { base: served, root: servedFolder, asked: half(1), states: ["fra", "nzl"], width: 360, prefix: "en/", language: "en" },
];
await Promise.all(sites.map(async ({ base, root, asked, states, width, prefix, language }) => {
  await everyQuestionIsAnswered(browser, base, asked);
  await noQuestionEndsAtNothing(browser, base);
  await backLeadsBack(browser, base);
  await resultsMoveNothing(browser, base, width);
  await filtersAndSearchAgree(browser, base, states);
  await yearsAreLinkedTo(browser, base);
  await statesHaveTheirNames(browser, base, prefix, language);
  most = Math.max(most, await firstSearchesLoadLittle(browser, base, root, few));
}));
await browser.close();
for (const fault of faults) console.error(fault);
console.log(`${cases.length} queries in two languages; the first search loads ${most} bytes at most; ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
