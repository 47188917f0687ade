// Folding and tokens: what makes a text and a query comparable; and numbers in words. Nothing here touches the page.
//
// `src/render/search/fold.rs` and `gram.rs`, and `src/render/numbers.rs`, do the same when the site is built; `tests/search/tokens.json` holds both
// to it.
(function () {
  "use strict";

  const depositary = (globalThis.depositary = globalThis.depositary || {});
  const search = (depositary.search = depositary.search || {});

  // Most characters of a gram.
  const GRAM = 3;
  const HAN = /^[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]$/u;
  const PLAIN_HAN = /^[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff]$/u;
  const LATIN = /^[a-z\u00df-\u00f6\u00f8-\u02af\u1e00-\u1eff]$/u;
  const MARK = /^[\u0300-\u036f]$/u;
  // Vowel signs and hamza above or below, small alef.
  const ARABIC_MARK = /^[\u064b-\u065f\u0670]$/u;
  const ARABIC_FIGURE = /^[\u0660-\u0669\u06f0-\u06f9]$/u;
  // Soft hyphens, joiners, marks of direction and of byte order, tatweel: what is pasted without being seen, or says nothing.
  const INVISIBLE = /^[\u00ad\u0640\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]$/u;
  const WHITE = /^[\t-\r \u0085\u1680\u2028\u2029]$/u;
  // A character with the marks on it.
  const CLUSTER = /[^]\p{M}*/gu;

  // Simplified characters by traditional ones.
  const simplified = new Map();

  /** Takes in the pairs of traditional and simplified characters that the archive needs, one after another. */
  function simplify(pairs) {
    const characters = Array.from(pairs);
    for (let at = 0; at + 1 < characters.length; at += 2) simplified.set(characters[at], characters[at + 1]);
  }

  /** Whether a mark on a letter goes: й is another letter than и, but ё is often written е. */
  function goesWith(base, mark) {
    return (MARK.test(mark) && LATIN.test(base)) || (base === "е" && mark === "\u0308") || ARABIC_MARK.test(mark);
  }

  /** The characters of one cluster without compatibility forms, case and the marks that go with their letters. */
  function foldCluster(cluster) {
    const kept = [];
    for (const decomposed of cluster.normalize("NFKD")) {
      for (const character of decomposed.toLowerCase()) {
        const isFirst = kept.length === 0;
        if (isFirst || !goesWith(kept[kept.length - 1], character)) kept.push(character);
      }
    }
    return kept.join("").normalize("NFC");
  }

  /** An Arabic figure as the Latin one of its value. */
  function latinFigure(character) {
    return ARABIC_FIGURE.test(character) ? String(character.codePointAt(0) & 15) : character;
  }

  /**
   * A text as it is compared, and the way back: `starts[i]` and `ends[i]` are where the part of the text begins and
   * ends that the folded text's unit `i` comes from.
   */
  function foldWithMap(text) {
    const starts = [];
    const ends = [];
    let folded = "";
    let before = "";
    let blankAt = -1;
    const push = (character, start, end) => {
      for (let unit = 0; unit < character.length; unit += 1) {
        starts.push(start);
        ends.push(end);
      }
      folded += character;
    };
    for (const match of text.matchAll(CLUSTER)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const characters = PLAIN_HAN.test(match[0]) ? match[0] : foldCluster(match[0]);
      for (const seen of characters) {
        if (INVISIBLE.test(seen)) continue;
        const character = latinFigure(simplified.get(seen) ?? seen);
        if (WHITE.test(character)) {
          if (blankAt < 0) blankAt = start;
          continue;
        }
        if (blankAt >= 0 && before !== "" && !(HAN.test(before) && HAN.test(character))) push(" ", blankAt, start);
        blankAt = -1;
        push(character, start, end);
        before = character;
      }
    }
    return { folded, starts, ends };
  }

  /** A text as it is compared. */
  function fold(text) {
    return foldWithMap(text).folded;
  }

  /** Every gram of a folded text, each once, in order. */
  function grams(folded) {
    const characters = Array.from(folded);
    const found = new Set();
    for (let at = 0; at < characters.length; at += 1) {
      for (let length = 1; length <= GRAM && at + length <= characters.length; length += 1) {
        found.add(characters.slice(at, at + length).join(""));
      }
    }
    return [...found].sort(compare);
  }

  /**
   * Few grams that cover a folded term: itself, if it is no longer than a gram. In Latin letters each shares a letter with
   * the next, as nearly every text has three such letters somewhere, and texts cost more to look into than grams.
   */
  function cover(folded) {
    const characters = Array.from(folded);
    if (characters.length <= GRAM) return [folded];
    const step = /\p{Script=Latin}/u.test(folded) ? GRAM - 1 : GRAM;
    const found = new Set();
    for (let at = 0; at < characters.length; at += step) {
      const start = Math.min(at, characters.length - GRAM);
      found.add(characters.slice(start, start + GRAM).join(""));
    }
    return [...found];
  }

  /** The order of the dictionaries: by code points. */
  function compare(one, other) {
    const [left, right] = [Array.from(one), Array.from(other)];
    for (let at = 0; at < left.length && at < right.length; at += 1) {
      const difference = left[at].codePointAt(0) - right[at].codePointAt(0);
      if (difference !== 0) return difference;
    }
    return left.length - right.length;
  }

  /** A number with its digits in groups, as `src/render/numbers.rs` writes it: in Latin figures. */
  function grouped(number, language) {
    return number.toLocaleString(`${language}-u-nu-latn`);
  }

  /** The message for a number, of its forms by the categories of numbers that the language has. */
  function counted(forms, number, language) {
    return forms[new Intl.PluralRules(language).select(number)].replace("{n}", grouped(number, language));
  }

  Object.assign(search, { grouped, counted, simplify, fold, foldWithMap, grams, cover, compare });
})();
