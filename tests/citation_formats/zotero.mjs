// Reads the tags and context objects of the built pages with Zotero's own code.
//
//   node zotero.mjs SERVED_FOLDER
//
// SERVED_FOLDER is a site built for an address. The code is that of the npm package `zotero-translation-client`, which
// brings Zotero's utilities: `cleanAuthor` parts names, `parseContextObject` reads COinS. Zotero's translator for tags
// is in no package; what it does with those that this site has is in `fromTags`, and calls `cleanAuthor` as it does.
// Every fault is printed; the exit status is 1 if there is one.

import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import vm from "node:vm";

const [folder] = process.argv.slice(2);
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
if (nTagged === 0 || nListed === 0) faults.push("no tags or no context objects");
faults.slice(0, 20).forEach((line) => console.error(line));
console.log(`${nTagged} pages and ${nListed} entries of lists read by Zotero's code, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
