// Every query of `answers.tsv` has its answer among the first results, and loads little.
//
//   node tests/search/answers.mjs BROWSER FOLDER SERVED_FOLDER PORT ANSWERS
//
// Only FOLDER and ANSWERS are used: nothing here needs a browser, so that it is fast.

import { readFile } from "node:fs/promises";
import { answer, openSearch } from "./site.mjs";

const [, folder, , , path] = process.argv.slice(2);
// What the search may load for one query, in bytes of scripts, without the words of a language.
const MAX_BYTES = 300_000;

const lines = (await readFile(path, "utf8")).trimEnd().split("\n").filter((line) => !line.startsWith("#"));
const cases = lines.slice(1).map((line) => line.split("\t"));
const site = openSearch(folder);
const faults = [];
let most = 0;
for (const [query, address, among, says] of cases) {
  site.reset();
  const { addresses, said } = await answer(site.search(), query, Number(among));
  if (!addresses.includes(address)) faults.push(`${query}: not ${address} but ${addresses.slice(0, 4).join(" ")} (${addresses.length})`);
  if (says && !said.includes(says.slice(1))) faults.push(`${query}: does not say ${says}, but ${said.join(" · ")}`);
  if (site.bytes() > MAX_BYTES) faults.push(`${query}: loads ${site.bytes()} bytes`);
  most = Math.max(most, site.bytes());
}
for (const fault of faults) console.error(fault);
console.log(`${cases.length} queries, at most ${most} bytes each, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
