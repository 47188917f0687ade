// Reads the tags and context objects of the built pages with Zotero's own code.
//
//   node zotero.mjs SERVED_FOLDER [--record TRANSLATION_SERVER]
//
// SERVED_FOLDER is a site built for http://127.0.0.1:8765/archive/. The code is that of the npm package `zotero-translation-client`, which
// brings Zotero's utilities: `cleanAuthor` parts names, `parseContextObject` reads COinS. Zotero's translator for tags
// is in no package; what it does with those that this site has is in `fromTags`, and calls `cleanAuthor` as it does.
// Every fault is printed; the exit status is 1 if there is one.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import vm from "node:vm";

const [folder, , recorder] = process.argv.slice(2);
const RECORDED = new URL("zotero-items.json", import.meta.url);
// The commits of the recording, and a page of each kind and a list of each format.
const TRANSLATORS = "translation-server d88a8d5384 and translators of 2814370161";
const SAMPLED_PAGES = [
  "records/a-63-ctbt-1b-fra-2/index.html",
  "en/records/a-63-ctbt-1b-fra-2/index.html",
  "en/records/a-65-137-jpn-1/index.html",
  "reports/a-65-137/index.html",
  "en/reports/a-63-ctbt/index.html",
  "en/resolutions/a-res-62-59/index.html",
  "en/states/jpn/index.html",
  "en/index.html",
];
const SAMPLED_LISTS = ["data/cite/reports/a-65-137", "data/cite/en/reports/a-63-ctbt"];
const faults = [];
const require = createRequire(import.meta.url);
const utilities = join(packageFolder("zotero-translation-client"), "modules/zotero-utilities");

function packageFolder(name) {
  const entry = require.resolve(name);
  return entry.slice(0, entry.indexOf(name) + name.length);
}

// The files are classic scripts that put what they have into `Zotero`.
async function zotero() {
  const context = vm.createContext({ Zotero: { debug() {}, isFx: false }, setTimeout, clearTimeout });
  for (const name of ["xregexp-all.js", "xregexp-unicode-zotero.js", "utilities.js", "openurl.js"]) {
    vm.runInContext(await readFile(join(utilities, name), "utf8"), context, name);
  }
  return context.Zotero;
}

async function pages(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".html"));
  return files.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const text = (markup) => markup.replace(/&(\w+|#39);/g, (whole, name) => ENTITIES[name] ?? whole);

// The attributes of every start tag of a name.
function tags(html, name) {
  return [...html.matchAll(new RegExp(`<${name}\\s([^>]*)>`, "g"))].map(([, inside]) => {
    const pairs = inside.matchAll(/([\w:-]+)=(?:"([^"]*)"|([^\s"]+))/g);
    return Object.fromEntries([...pairs].map(([, key, quoted, plain]) => [key, text(quoted ?? plain)]));
  });
}

// The item that Zotero's translator `Embedded Metadata` makes of Highwire tags: a title is needed, the institution of a
// technical report makes a report, `z:itemType` goes before that, and a name with a comma goes to `cleanAuthor` as
// `last, first`.
function fromTags(Zotero, html) {
  const all = tags(html, "meta").filter((tag) => tag.name !== undefined);
  const values = (name) => all.filter((tag) => tag.name === name).map((tag) => tag.content);
  if (values("citation_title").length === 0) return null;
  const [institution] = values("citation_technical_report_institution");
  const [ownType] = values("z:itemType");
  return {
    itemType: ownType ?? (institution === undefined ? "journalArticle" : "report"),
    title: values("citation_title")[0],
    creators: values("citation_author").map((name) => Zotero.Utilities.cleanAuthor(name, "author", name.includes(","))),
    printed: values("citation_author")[0]?.replace(/,$/, ""),
  };
}

// Of a list, its second entry: the first is the report itself.
const ENTRIES = {
  ris: (list) => `${list.split("ER  - ")[1].trim()}\nER  - \n`,
  bib: (list) => list.split("\n\n")[1],
};

// What Zotero is given, by name: the tags of a page's head, or an entry of a list.
async function sampled() {
  const inputs = {};
  for (const page of SAMPLED_PAGES) {
    const html = await readFile(join(folder, page), "utf8");
    const read = tags(html, "meta").filter((tag) => tag.name?.startsWith("citation_") || tag.name?.startsWith("z:"));
    inputs[page] = read.map((tag) => `${tag.name}: ${tag.content}`).join("\n");
  }
  for (const list of SAMPLED_LISTS) {
    for (const [format, entry] of Object.entries(ENTRIES)) {
      inputs[`${list}.${format}`] = entry(await readFile(join(folder, `${list}.${format}`), "utf8"));
    }
  }
  return inputs;
}

// What the translation server makes of the sample, without what is another at every call.
async function record(server) {
  const site = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).replace("/archive/", "");
    response.setHeader("Content-Type", path.endsWith(".html") ? "text/html; charset=utf-8" : "application/octet-stream");
    readFile(join(folder, path)).then((body) => response.end(body), () => response.writeHead(404).end());
  });
  await new Promise((ready) => site.listen(8765, "127.0.0.1", ready));
  const items = {};
  for (const [name, given] of Object.entries(await sampled())) {
    const isPage = name.endsWith(".html");
    const body = isPage ? `http://127.0.0.1:8765/archive/${name}` : given;
    const headers = { "Content-Type": "text/plain" };
    const answer = await fetch(`${server}/${isPage ? "web" : "import"}`, { method: "POST", headers, body });
    const [{ key, version, accessDate, libraryCatalog, ...item }, ...notes] = await answer.json();
    items[name] = { given, item, notes: notes.map(({ note }) => note) };
  }
  site.close();
  await writeFile(RECORDED, `${JSON.stringify({ made_by: TRANSLATORS, items }, null, 1)}\n`);
}

// The recorded items are those of today's pages, and are what a reader wants to have.
async function judgeRecorded() {
  const { items } = JSON.parse(await readFile(RECORDED, "utf8"));
  const inputs = await sampled();
  for (const [name, given] of Object.entries(inputs)) {
    const recorded = items[name];
    if (recorded?.given !== given) {
      faults.push(`${name}: Zotero read something else when its items were recorded: record them anew`);
      continue;
    }
    const { item } = recorded;
    const [creator, ...others] = item.creators;
    const isArchive = item.itemType === "dataset";
    if (!["report", "webpage", "dataset"].includes(item.itemType)) faults.push(`${name}: a ${item.itemType}`);
    if (!isArchive && (others.length > 0 || !creator?.name)) faults.push(`${name}: ${JSON.stringify(item.creators)}`);
    if (!item.title || !item.url?.startsWith("http://127.0.0.1:8765/archive/")) faults.push(`${name}: no title or address`);
    if (item.itemType === "report" && !item.date) faults.push(`${name}: no date`);
  }
  return Object.keys(inputs).length;
}

function judge(where, item, types) {
  const wrong = (what) => faults.push(`${where}: ${what}: ${JSON.stringify(item)}`);
  if (!types.includes(item.itemType)) wrong("another type");
  if (!item.title) wrong("no title");
  // The archive itself is by nobody whom its settings do not name.
  if (item.itemType === "dataset" && item.creators.length === 0) return undefined;
  if (item.creators.length !== 1) return wrong("not one author");
  const [{ firstName, lastName }] = item.creators;
  if (firstName || !lastName) wrong("a divided author");
  if (item.printed !== undefined && lastName !== item.printed) wrong("another author");
}

if (recorder !== undefined) await record(recorder);
const Zotero = await zotero();
let [nTagged, nListed] = [0, 0];
// That the code at hand does part a name shows that the comma is what keeps it whole.
const parted = Zotero.Utilities.cleanAuthor("United Nations Secretary-General", "author", false);
if (parted.firstName !== "United Nations") faults.push(`a name without a comma is not parted: ${JSON.stringify(parted)}`);
for (const path of await pages(folder)) {
  const where = path.slice(folder.length + 1);
  const html = await readFile(path, "utf8");
  const tagged = fromTags(Zotero, html);
  const isState = /^(en\/)?states\//.test(where);
  if (tagged !== null) {
    nTagged += 1;
    const isArchive = /^(en\/)?(data\/)?index\.html$/.test(where);
    judge(where, tagged, [isArchive ? "dataset" : isState ? "webpage" : "report"]);
  }
  for (const span of tags(html, "span").filter((tag) => tag.class === "Z3988")) {
    nListed += 1;
    judge(where, Zotero.OpenURL.parseContextObject(span.title) || { creators: [] }, ["report"]);
  }
}
const nRecorded = await judgeRecorded();
if (nTagged === 0 || nListed === 0) faults.push("no tags or no context objects");
faults.slice(0, 20).forEach((line) => console.error(line));
console.log(`${nTagged} pages and ${nListed} entries of lists read by Zotero's code, ${nRecorded} by its translators, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
