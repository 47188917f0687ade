// Holds the browser's side of the search to the golden file that `src/render/search/tests.rs` reads as well.
//
//   node tests/search/tokens.mjs

import { deepEqual } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { runInThisContext } from "node:vm";

const read = (path) => readFile(new URL(path, import.meta.url), "utf8");

for (const name of ["search-text.js", "search-query.js"]) {
  runInThisContext(await read(`../../static/${name}`), { filename: name });
}
const search = globalThis.depositary.search;
const table = await read("../../src/render/search/traditional.txt");
search.simplify(table.split("\n").filter((line) => !line.startsWith("#")).join(""));
// Months as the pages of four languages call them.
search.nameMonths(["janvier", "février", "mars", "avril", "mai", "juin"]);
search.nameMonths(["enero", "febrero", "marzo", "abril", "mayo", "junio"]);
search.nameMonths(["января", "февраля", "марта", "апреля", "мая", "июня"]);
search.nameMonths(["كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيه"]);
const golden = JSON.parse(await read("tokens.json"));

const CHECKS = {
  fold: (one) => [search.fold(one.text), one.folded],
  grams: (one) => [search.grams(one.folded), one.grams],
  names: (one) => [search.nameKey(one.name), one.key],
  covers: (one) => [search.cover(one.folded), one.grams],
  symbols: (one) => [search.symbolKeys(one.text), one.keys],
  years: (one) => [search.yearKeys(one.text), one.keys],
  dates: (one) => [search.dateOf(one.text)?.key ?? null, one.key],
  paragraphs: (one) => [search.paragraphKey(one.text), one.key],
  mixed: (one) => [search.mixedParts(one.text), one.parts],
  terms: (one) => [search.terms(one.query).map((term) => term.folded), one.folded],
  numbers: ({ language, number, grouped, form }) => {
    const forms = Object.fromEntries(["zero", "one", "two", "few", "many", "other"].map((name) => [name, `${name}: {n}`]));
    return [search.counted(forms, number, language), `${form}: ${grouped}`];
  },
};

deepEqual(Object.keys(golden), Object.keys(CHECKS));
for (const [kind, cases] of Object.entries(golden)) {
  for (const one of cases) deepEqual(...CHECKS[kind](one), `${kind}: ${JSON.stringify(one)}`);
}

/** Every part of a text that folding moves must lead back to where it stood. */
function mapsBack(text) {
  const { folded, starts, ends } = search.foldWithMap(text);
  deepEqual([starts.length, ends.length], [folded.length, folded.length]);
  for (let at = 0; at < folded.length; at += 1) {
    const original = search.fold(text.slice(starts[at], ends[at]));
    if (original !== "") deepEqual(original.includes(folded[at]), true, `${text}: ${folded[at]} from ${original}`);
  }
}

for (const { text } of golden.fold) mapsBack(text);
console.log(`${Object.values(golden).flat().length} cases hold`);
