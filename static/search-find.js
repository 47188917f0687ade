// From a query to documents: what its terms may mean, what has all of it, and, where nothing has, what comes nearest.
// Nothing here touches the page.
//
// ARCHITECTURE.md tells how.
(function () {
  "use strict";

  const search = globalThis.depositary.search;

  const LEVELS = 8;
  // Most words of a name.
  const NAME_WORDS = 8;
  // Fewest letters of a word that may be the beginning of a name.
  const PREFIX_LETTERS = 3;
  // What a document gets for being named by the whole query; greater than any score of words.
  const NAMED = 1000;
  // What it is worth to keep a symbol, and a name, when something is left out.
  const KEEP_SYMBOL = 100;
  const KEEP_NAME = 20;
  // Fewest characters of a word that is mended, and of one that may have two faults.
  const MENDED = 4;
  const MENDED_TWICE = 8;
  // Most ways to leave something out that are offered.
  const OFFERS = 4;
  // Most resolutions that are looked at for an answer, and most that are shown.
  const VOTES_READ = 24;
  const VOTES_SHOWN = 8;

  const isFree = (term) => term !== undefined && !term.isPhrase;
  const isHan = (text) => /^[\p{Script=Han}〇]+$/u.test(text);

  /** What a text is a name of, in any of the ways in which something can be named. */
  async function byName(text) {
    return search.joined(await Promise.all(search.keysOf(text).map(search.named)));
  }

  /** Terms and what they name; `texts` say the same, each with where it stands, `dates` are other ways to write a date. */
  function group(terms, name) {
    const isSymbol = name.keys.some((key) => key.startsWith("#"));
    const dated = terms.every(isFree) ? search.dateOf(terms.map((term) => term.text).join(" ")) : null;
    return { terms, names: name.documents, texts: name.texts, keys: name.keys, dates: dated?.texts ?? [], isSymbol };
  }

  /** Groups of terms: neighbours that are a name together, and single terms. The longest name counts. */
  async function grouped(terms) {
    const groups = [];
    for (let at = 0; at < terms.length; ) {
      const found = await longestName(terms, at);
      groups.push(found);
      at += found.terms.length;
    }
    return groups;
  }

  async function longestName(terms, at) {
    let most = 1;
    while (most < NAME_WORDS && isFree(terms[at]) && isFree(terms[at + most])) most += 1;
    for (let length = most; length > 1; length -= 1) {
      const words = terms.slice(at, at + length);
      const name = await byName(words.map((term) => term.text).join(" "));
      const found = group(words, name);
      if (name.documents.size > 0 || name.texts.size > 0 || found.dates.length > 0) return found;
    }
    const name = await byName(terms[at].text);
    return group([terms[at]], terms[at].isPhrase ? { ...name, texts: new Map() } : name);
  }

  /** Adds the page that all that must be found begins to name, and what the last word begins to name, as one types. */
  async function withBeginnings(groups, terms) {
    if (terms.some((term) => term.isPhrase)) return;
    const [only, ...others] = required(groups);
    const whole = only.terms.map((term) => term.text).join(" ");
    if (others.length === 0 && Array.from(whole).length > 1) {
      // A page may be called what the glossary knows as well: what that means is not typed yet.
      const pages = await search.namedFrom(search.nameKey(whole), ">@");
      groups[groups.indexOf(only)] = add(only, { ...pages, texts: new Map() });
    }
    const last = groups[groups.length - 1];
    const word = last.terms[last.terms.length - 1];
    const isBegun = last.names.size === 0 && last.texts.size === 0 && last.terms.length === 1;
    if (!isBegun || word.folded.length < PREFIX_LETTERS || !/^\p{L}+$/u.test(word.folded) || isHan(word.folded)) return;
    groups[groups.length - 1] = add(last, await search.namedFrom(search.nameKey(word.text), ""));
  }

  function add(one, name) {
    return group(one.terms, search.joined([{ documents: one.names, texts: one.texts, keys: one.keys }, name]));
  }

  /** Terms of letters beside digits in their parts, where each part is a name: `日本2009年`. */
  async function parted(terms) {
    const found = await Promise.all(terms.map(async (term) => {
      const parts = term.isPhrase ? [] : search.mixedParts(term.text);
      if (parts.length < 2 || (await byName(term.text)).keys.length > 0) return [term];
      const names = await Promise.all(parts.map(byName));
      return names.every((name) => name.documents.size > 0) ? search.terms(parts.join(" ")) : [term];
    }));
    return found.flat();
  }

  /**
   * The documents that a group may match: those that it names, and those in whose text one of its wordings may stand.
   * `doubtful` are those of which only the text can tell.
   */
  async function candidates(one) {
    const wordings = [one.terms.map((term) => term.folded), ...[...one.texts.keys(), ...one.dates].map((text) => [text])];
    const standing = (text) => one.texts.get(text) ?? search.inTexts(text);
    const isSure = (texts) => texts.every((text) => one.texts.has(text) || search.cover(text)[0] === text);
    const found = await Promise.all(wordings.map(async (texts) => search.common(await Promise.all(texts.map(standing)))));
    const sure = search.united([one.names, ...found.filter((_, at) => isSure(wordings[at]))]);
    const all = search.united([one.names, ...found]);
    const doubtful = new Set([...all.keys()].filter((document) => !sure.has(document)));
    return { group: one, all, doubtful, wordings };
  }

  /** The rarity of BM25, for `n_found` of `n_all` documents. */
  function rarity(nFound, nAll) {
    return Math.log(1 + (nAll - nFound + 0.5) / (nFound + 0.5));
  }

  /** What has all of the lists, best first, with the checks that are left. */
  function combined(lists, nAll) {
    const scores = new Map();
    for (const document of lists.length === 0 ? [] : search.common(lists.map((list) => list.all)).keys()) {
      const parts = lists.map((list) => rarity(list.all.size, nAll) * ((list.all.get(document) + 1) / LEVELS));
      const isNamed = lists.length === 1 && lists[0].group.names.get(document) === LEVELS - 1;
      scores.set(document, parts.reduce((sum, part) => sum + part, isNamed ? NAMED : 0));
    }
    const order = [...scores.keys()].sort((one, other) => scores.get(other) - scores.get(one) || one - other);
    const checks = new Map();
    for (const document of order) {
      const open = lists.filter((list) => list.doubtful.has(document)).map((list) => list.wordings);
      if (open.length > 0) checks.set(document, open);
    }
    return { lists, order, checks };
  }

  async function isAny({ order, checks }) {
    for (const document of order) if (await search.isFound(document, checks)) return true;
    return false;
  }

  /** The groups that must be found: all but noise and, beside a symbol, the words around it; all, if none is left. */
  function required(groups) {
    const hasSymbol = groups.some((one) => one.isSymbol);
    const aside = (term) => search.isAroundSymbol(term) || search.voteOf(term) !== undefined;
    const isIdle = (term) => search.isNoise(term) || (hasSymbol && aside(term));
    const kept = groups.filter((one) => one.isSymbol || !one.terms.every(isIdle));
    return kept.length === 0 ? groups : kept;
  }

  /** What has all terms. */
  async function attempt(terms, nAll) {
    const groups = await grouped(terms);
    await withBeginnings(groups, terms);
    const lists = await Promise.all(required(groups).map(candidates));
    return { terms, groups, ...combined(lists, nAll) };
  }

  // Where nothing has all of it

  /** Whether two words differ by at most `most` letters left out, added, changed or swapped with the next. */
  function isNear(one, other, most) {
    const [left, right] = [Array.from(one), Array.from(other)];
    if (Math.abs(left.length - right.length) > most) return false;
    let [before, row] = [[], Array.from({ length: right.length + 1 }, (_, at) => at)];
    for (let at = 1; at <= left.length; at += 1) {
      const next = [at];
      for (let to = 1; to <= right.length; to += 1) {
        const isSame = left[at - 1] === right[to - 1];
        next[to] = Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + (isSame ? 0 : 1));
        const isSwapped = at > 1 && to > 1 && left[at - 1] === right[to - 2] && left[at - 2] === right[to - 1];
        if (isSwapped) next[to] = Math.min(next[to], before[to - 2] + 1);
      }
      [before, row] = [row, next];
    }
    return row[right.length] <= most;
  }

  /** The word of the lexicon that was probably meant. */
  function nearest(word, lexicon) {
    const length = Array.from(word).length;
    if (length < MENDED) return undefined;
    const words = isHan(word) ? lexicon.han.split(" ") : lexicon.latin.split(" ");
    const near = (most) => words.find((known) => isNear(word, known, most));
    return near(1) ?? (length >= MENDED_TWICE && !isHan(word) ? near(2) : undefined);
  }

  /** A run of Han characters in the names and terms that it is made of, the longest first, and what lies between. */
  function segmented(text, lexicon) {
    if (!isHan(text)) return [text];
    const known = [...search.hanNoise, ...lexicon.han.split(" ")];
    const found = [];
    let rest = "";
    for (let at = 0; at < text.length; ) {
      const word = known.find((one) => text.startsWith(one, at));
      if (word === undefined) {
        rest += text[at];
        at += 1;
        continue;
      }
      found.push(rest, word);
      rest = "";
      at += word.length;
    }
    return [...found, rest].filter((part) => part !== "");
  }

  /** Terms in place of those that nothing has: the word that was meant, or the parts that are known. */
  async function mended({ terms, lists }, nAll) {
    const lexicon = await search.load("lexicon");
    const meant = [];
    const unknown = new Set();
    for (const list of lists) {
      const [term] = list.group.terms;
      if (list.group.terms.length === 1 && !term.isPhrase && !(await isAny(combined([list], nAll)))) unknown.add(term);
    }
    const found = terms.flatMap((term) => {
      if (!unknown.has(term)) return [term];
      const word = nearest(term.folded, lexicon);
      // A word of the glossary that no page has is known, and not misspelt.
      if (word !== undefined && word !== term.folded) {
        meant.push({ typed: term.text, meant: word });
        return search.terms(word);
      }
      const parts = search.mixedParts(term.folded).flatMap((part) => segmented(part, lexicon));
      if (parts.length > 1) meant.push({ typed: term.text, meant: parts.join(" ") });
      return parts.length > 1 ? search.terms(parts.join(" ")) : [term];
    });
    return { terms: found, meant };
  }

  const wordsOf = (lists) => lists.flatMap((list) => list.group.terms);
  const typed = (terms) => terms.map((term) => (term.isPhrase ? `"${term.text}"` : term.text)).join(" ");

  /** Every way to leave out `count` of the lists, the one that keeps most first. */
  function leavings(lists, count, nAll) {
    const worth = ({ group: one, all }) => rarity(all.size, nAll) + (one.isSymbol ? KEEP_SYMBOL : one.names.size > 0 ? KEEP_NAME : 0);
    const ways = choose(lists.length, lists.length - count).map((kept) => kept.map((at) => lists[at]));
    const total = (kept) => kept.reduce((sum, list) => sum + (list.all.size > 0 ? worth(list) : 0), 0);
    return ways.sort((one, other) => total(other) - total(one));
  }

  function choose(from, count) {
    if (count === 0) return [[]];
    if (from < count) return [];
    return [...choose(from - 1, count), ...choose(from - 1, count - 1).map((some) => [...some, from - 1])];
  }

  /** What has most of it, with what was left out, and the other ways to leave as much out. */
  async function nearly(whole, nAll) {
    for (let count = 1; count < whole.lists.length; count += 1) {
      const found = [];
      for (const kept of leavings(whole.lists, count, nAll)) {
        const some = combined(kept, nAll);
        if (found.length < OFFERS && (await isAny(some))) found.push({ ...some, left: whole.lists.filter((list) => !kept.includes(list)) });
      }
      if (found.length === 0) continue;
      const [best, ...others] = found;
      const offer = ({ left, lists }) => ({ left: typed(wordsOf(left)), query: typed(wordsOf(lists)) });
      return { ...whole, ...best, left: best.left.map((list) => typed(list.group.terms)), offers: others.map(offer) };
    }
    return whole;
  }

  // Answers

  /** The votes that a query asks for: of the resolutions that it names, or of the latest; of its States, or of all. */
  async function votesAsked(groups) {
    const terms = groups.flatMap((one) => one.terms);
    const asked = terms.map(search.voteOf).filter((vote) => vote !== undefined);
    if (asked.length === 0) return [];
    const kinds = asked.filter((vote) => vote !== "");
    const keys = groups.flatMap((one) => one.keys);
    const states = keys.filter((key) => key.startsWith("=")).map((key) => key.slice(1));
    const symbols = keys.filter((key) => key.startsWith("#")).map((key) => key.slice(1));
    const chosen = symbols.length > 0 ? symbols : (await search.load("votes")).slice(0, VOTES_READ);
    const read = (await Promise.all(chosen.map(search.votesOn))).filter((votes) => votes !== null);
    const isAsked = (votes) => {
      const voters = kinds.flatMap((kind) => votes.states[kind]);
      return kinds.length === 0 || (states.length === 0 ? voters.length > 0 : states.some((state) => voters.includes(state)));
    };
    const answers = symbols.length > 0 ? read : read.filter(isAsked);
    return answers.slice(0, VOTES_SHOWN).map((votes) => ({ ...votes, asked: states }));
  }

  /** The texts that are marked in what is found. */
  function marksOf(groups) {
    const noted = groups.filter((one) => !one.terms.every(search.isNoise));
    return [...new Set(noted.flatMap((one) => [...one.terms.map((term) => term.folded), ...one.texts.keys(), ...one.dates]))];
  }

  /**
   * The documents of a query, best first, with the checks that are left: `checks` has for a document the groups of
   * wordings of which it must still be seen to have one each. Without a term, all documents.
   *
   * `meant` are words that were mended, `left` those that were left out as nothing has them all, `offers` other ways to
   * leave something out, `votes` the answer to a question after votes.
   */
  async function find(query) {
    const { documents: nAll, han } = await search.load("index");
    search.simplify(han);
    const typedTerms = search.terms(query);
    const none = { meant: [], left: [], offers: [], votes: [], marks: [] };
    if (typedTerms.length === 0) return { ...none, order: Array.from({ length: nAll }, (_, at) => at), checks: new Map() };
    let found = await attempt(await parted(typedTerms), nAll);
    let meant = [];
    if (!(await isAny(found))) {
      const better = await mended(found, nAll);
      if (better.meant.length > 0) found = await attempt(better.terms, nAll);
      meant = better.meant;
      if (!(await isAny(found))) found = await nearly(found, nAll);
    }
    const { order, checks, left = [], offers = [], groups } = found;
    return { ...none, order, checks, meant, left, offers, votes: await votesAsked(groups), marks: marksOf(groups) };
  }

  Object.assign(search, { find });
})();
