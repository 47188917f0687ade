// From a query to documents: loads the shards that the query needs and combines them. Nothing here touches the page but
// the scripts that it appends.
//
// The files are written by `src/render/search/`; ARCHITECTURE.md tells their form.
(function () {
  "use strict";

  const search = globalThis.depositary.search;

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Map(Array.from(DIGITS, (digit, value) => [digit.charCodeAt(0), value]));
  const MORE = 32;
  const LEVELS = 8;
  // Most words of a name.
  const NAME_WORDS = 8;
  // What a document gets for being named by the whole query; greater than any score of words.
  const NAMED = 1000;

  const folder = typeof document === "undefined" ? "" : new URL("search/", document.currentScript.src).href;
  const shards = new Map();
  const waiting = new Map();

  /** Called by every script of the folder with its name and its JSON. */
  function shard(name, json) {
    shards.set(name, JSON.parse(json));
  }

  /** The content of a shard, loaded when it is first asked for. */
  function load(name) {
    if (shards.has(name)) return Promise.resolve(shards.get(name));
    if (!waiting.has(name)) waiting.set(name, append(name));
    return waiting.get(name);
  }

  function append(name) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = `${folder}${name}.js`;
      script.addEventListener("load", () => done(shards.get(name)));
      script.addEventListener("error", () => {
        waiting.delete(name);
        failed(new Error(name));
      });
      document.head.append(script);
    });
  }

  /** The numbers that a text of digits holds. */
  function numbers(text) {
    const found = [];
    let [number, factor] = [0, 1];
    for (let at = 0; at < text.length; at += 1) {
      const digit = VALUES.get(text.charCodeAt(at));
      number += (digit % MORE) * factor;
      factor *= MORE;
      if (digit < MORE) {
        found.push(number);
        [number, factor] = [0, 1];
      }
    }
    return found;
  }

  /** Documents with their levels. */
  function postings(text) {
    const found = new Map();
    let next = 0;
    for (const number of numbers(text)) {
      const document = next + Math.floor(number / LEVELS);
      found.set(document, number % LEVELS);
      next = document + 1;
    }
    return found;
  }

  /** The documents of a list of runs. */
  function runs(text) {
    const found = [];
    const pairs = numbers(text);
    let end = 0;
    for (let at = 0; at < pairs.length; at += 2) {
      const start = end + pairs[at];
      end = start + pairs[at + 1] + 1;
      for (let document = start; document < end; document += 1) found.push(document);
    }
    return found;
  }

  /** The last position whose value is not greater than `wanted` by `order`, or -1. */
  function lastAtMost(list, wanted, order) {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(list[middle], wanted) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The value of a key in the dictionary whose shards are called `prefix` and a number; none if it is not there. */
  async function lookUp(prefix, directory, key) {
    let last = lastAtMost(directory.first, key, search.compare);
    if (last < 0) return null;
    let first = last;
    while (directory.more.includes(first)) first -= 1;
    const loads = [];
    for (let number = first; number <= last; number += 1) loads.push(load(`${prefix}${number}`));
    const pieces = (await Promise.all(loads)).filter((found) => Object.hasOwn(found, key)).map((found) => found[key]);
    return pieces.length === 0 ? null : pieces.join("");
  }

  /** The documents that a key of a name, symbol or year leads to. */
  async function named(key) {
    const { names } = await load("index");
    const value = await lookUp("n", names, key);
    if (value === null) return new Map();
    if (!value.startsWith(">")) return postings(value);
    const targets = value.slice(1).split(">").map(named);
    return united(await Promise.all(targets));
  }

  /** What stands in any of the lists, at its highest level. */
  function united(lists) {
    const all = new Map();
    for (const list of lists) {
      for (const [document, level] of list) all.set(document, Math.max(level, all.get(document) ?? 0));
    }
    return all;
  }

  /** What stands in all of the lists, at its lowest level. */
  function common(lists) {
    const [first, ...others] = [...lists].sort((one, other) => one.size - other.size);
    const all = new Map();
    for (const [document, level] of first) {
      const levels = others.map((list) => list.get(document));
      if (levels.every((found) => found !== undefined)) all.set(document, Math.min(level, ...levels));
    }
    return all;
  }

  /** The documents in which a folded text may stand: surely, if it is no longer than a gram. */
  async function inTexts(folded) {
    const { grams } = await load("index");
    const values = await Promise.all(search.cover(folded).map((gram) => lookUp("g", grams, gram)));
    if (values.some((value) => value === null)) return new Map();
    return common(values.map(postings));
  }

  /** The documents that a term is a name of. */
  async function byName(text) {
    const keys = [search.nameKey(text), search.symbolKey(text), ...search.yearKeys(text)];
    return united(await Promise.all(keys.filter((key) => key !== null).map(named)));
  }

  /**
   * Parts a list of terms into groups: neighbouring terms that are a name together, and single terms.
   * The longest name counts.
   */
  async function grouped(terms) {
    const groups = [];
    for (let at = 0; at < terms.length; ) {
      const group = await longestName(terms, at);
      groups.push(group);
      at += group.terms.length;
    }
    return groups;
  }

  async function longestName(terms, at) {
    const isFree = (term) => term !== undefined && !term.isPhrase;
    let most = 1;
    while (most < NAME_WORDS && isFree(terms[at]) && isFree(terms[at + most])) most += 1;
    for (let length = most; length > 1; length -= 1) {
      const words = terms.slice(at, at + length);
      const names = await byName(words.map((term) => term.text).join(" "));
      if (names.size > 0) return { terms: words, names };
    }
    return { terms: [terms[at]], names: await byName(terms[at].text) };
  }

  /**
   * The documents that a group may match: those that it names, and those in whose text each of its terms may stand.
   * `doubtful` are those of which only the text can tell.
   */
  async function candidates(group) {
    const texts = group.terms.map((term) => term.folded);
    const inAll = common(await Promise.all(texts.map(inTexts)));
    const isSure = texts.every((text) => search.cover(text)[0] === text);
    const doubtful = new Set([...inAll.keys()].filter((document) => !isSure && !group.names.has(document)));
    return { all: united([inAll, group.names]), doubtful, texts };
  }

  /** The rarity of BM25, for `n_found` of `n_all` documents. */
  function rarity(nFound, nAll) {
    return Math.log(1 + (nAll - nFound + 0.5) / (nFound + 0.5));
  }

  /** The score of every document that is in all candidate lists. */
  function scored(lists, groups, nAll) {
    const scores = new Map();
    for (const document of common(lists.map((list) => list.all)).keys()) {
      const parts = lists.map((list) => rarity(list.all.size, nAll) * ((list.all.get(document) + 1) / LEVELS));
      const isNamed = groups.length === 1 && groups[0].names.get(document) === LEVELS - 1;
      scores.set(document, parts.reduce((sum, part) => sum + part, isNamed ? NAMED : 0));
    }
    return scores;
  }

  /**
   * The documents of a query, best first, with the checks that are left: `checks` has for a document the groups of
   * texts that must still be seen in it. Without a term, all documents.
   */
  async function find(query) {
    const { documents: nAll } = await load("index");
    const terms = search.terms(query);
    if (terms.length === 0) return { terms, order: Array.from({ length: nAll }, (_, at) => at), checks: new Map() };
    const groups = await grouped(terms);
    const lists = await Promise.all(groups.map(candidates));
    const scores = scored(lists, groups, nAll);
    const order = [...scores.keys()].sort((one, other) => scores.get(other) - scores.get(one) || one - other);
    const checks = new Map();
    for (const document of order) {
      const open = lists.filter((list) => list.doubtful.has(document)).map((list) => list.texts);
      if (open.length > 0) checks.set(document, open);
    }
    return { terms, order, checks };
  }

  /** Where each block of texts begins, as the number of its first document. */
  let blockStarts = null;

  async function blockOf(document) {
    if (blockStarts === null) {
      const { blocks } = await load("index");
      let next = 0;
      blockStarts = numbers(blocks).map((size) => (next += size) - size);
    }
    return lastAtMost(blockStarts, document, (start, wanted) => start - wanted);
  }

  /** The texts of a document, each with its language. */
  async function texts(number) {
    const block = await blockOf(number);
    return (await load(`t${block}`))[number - blockStarts[block]];
  }

  /** A document as it is shown. */
  async function read(number) {
    const block = await blockOf(number);
    const [loaded, fields] = await Promise.all([load(`d${block}`), texts(number)]);
    const [kind, path, titles, contexts, values] = loaded[number - blockStarts[block]];
    return { kind, path, titles, contexts, values, fields };
  }

  /** Whether the text of a document has everything that is still to be seen in it. */
  async function isFound(number, checks) {
    const open = checks.get(number);
    if (open === undefined) return true;
    const folded = (await texts(number)).map(([, text]) => search.fold(text));
    return open.every((texts) => texts.every((text) => folded.some((field) => field.includes(text))));
  }

  /** The documents of each value of a facet. */
  async function facet(name) {
    const values = Object.entries(await load(`f-${name}`));
    return new Map(values.map(([value, text]) => [value, new Set(runs(text))]));
  }

  Object.assign(search, { shard, load, find, read, blockOf, isFound, facet, numbers, postings, runs });
})();
