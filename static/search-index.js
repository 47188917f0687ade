// The files of the search: loads the shards that are asked for, and reads names, postings, texts and facets from them.
// Nothing here touches the page but the scripts that it appends.
//
// The files are written by `src/render/search/`; ARCHITECTURE.md tells their form.
(function () {
  "use strict";

  const search = globalThis.depositary.search;

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Map(Array.from(DIGITS, (digit, value) => [digit.charCodeAt(0), value]));
  const MORE = 32;
  const LEVELS = 8;
  // Most shards of names that are read for what only begins as typed.
  const PREFIX_SHARDS = 2;

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
    const last = lastAtMost(directory.first, key, search.compare);
    if (last < 0) return null;
    let first = last;
    while (directory.more.includes(first)) first -= 1;
    const loads = [];
    for (let number = first; number <= last; number += 1) loads.push(load(`${prefix}${number}`));
    const pieces = (await Promise.all(loads)).filter((found) => Object.hasOwn(found, key)).map((found) => found[key]);
    return pieces.length === 0 ? null : pieces.join("");
  }

  /** What a key of a name, symbol or date leads to: documents, texts that say the same with where they stand, keys. */
  async function named(key) {
    const { names } = await load("index");
    return resolved(key, await lookUp("n", names, key));
  }

  async function resolved(key, value) {
    if (value === null) return { documents: new Map(), texts: new Map(), keys: [] };
    if (!/^[>|]/u.test(value)) return { documents: postings(value), texts: new Map(), keys: [key] };
    const links = value.match(/[>|][^>|]*/gu);
    const of = (sign) => links.filter((link) => link.startsWith(sign)).map((link) => link.slice(1));
    const { names } = await load("index");
    const standing = async (text) => [text, postings((await lookUp("n", names, `"${text}`)) ?? "")];
    const [targets, texts] = await Promise.all([Promise.all(of(">").map(named)), Promise.all(of("|").map(standing))]);
    return joined([...targets, { documents: new Map(), texts: new Map(texts), keys: [] }]);
  }

  /** What several keys lead to together. */
  function joined(several) {
    return {
      documents: united(several.map((one) => one.documents)),
      texts: new Map(several.flatMap((one) => [...one.texts])),
      keys: several.flatMap((one) => one.keys),
    };
  }

  /** What the names lead to that begin as `key` does; only those whose value begins as `wanted` does. */
  async function namedFrom(key, wanted) {
    const { names } = await load("index");
    const first = Math.max(0, lastAtMost(names.first, key, search.compare));
    const found = [];
    for (let number = first; number < Math.min(names.first.length, first + PREFIX_SHARDS); number += 1) {
      const entries = Object.entries(await load(`n${number}`));
      found.push(...entries.filter(([name, value]) => name.startsWith(key) && value.startsWith(wanted)));
      const next = names.first[number + 1];
      if (next === undefined || !next.startsWith(key)) break;
    }
    return joined(await Promise.all(found.map(([name, value]) => resolved(name, value))));
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

  /** The votes on a resolution by the last part of its address; none if they are not recorded. */
  async function votesOn(key) {
    const { votes } = await load("index");
    const value = await lookUp("v", votes, key);
    if (value === null) return null;
    const [symbol, path, date, ...states] = value.split("|");
    const [no, abstain, yes, notRecorded] = states.map((codes) => codes.split(" ").filter((code) => code !== ""));
    return { symbol, path, date, states: { no, abstain, yes, "not-recorded": notRecorded } };
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

  /** Whether the text of a document has everything that is still to be seen in it: of each group one of its wordings. */
  async function isFound(number, checks) {
    const open = checks.get(number);
    if (open === undefined) return true;
    const folded = (await texts(number)).map(([, text]) => search.fold(text));
    const stands = (text) => folded.some((field) => field.includes(text));
    return open.every((wordings) => wordings.some((texts) => texts.every(stands)));
  }

  /** The documents of each value of a facet. */
  async function facet(name) {
    const values = Object.entries(await load(`f-${name}`));
    return new Map(values.map(([value, text]) => [value, new Set(runs(text))]));
  }

  Object.assign(search, {
    shard, load, read, blockOf, isFound, facet, numbers, postings, runs, named, namedFrom, joined, united, common, inTexts,
    votesOn,
  });
})();
