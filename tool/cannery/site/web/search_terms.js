// What a query may mean in an index: its terms, and what stands for those that no page has. The
// twin of search/rank.py.
"use strict";

const kbSearchTerms = (() => {
  const { crc32, isLone, unaccented } = kbTokens;
  const { queryTerms } = kbQueryTerms;
  /** @typedef {Awaited<ReturnType<typeof kbIndex.open>>} Index */
  const SYNONYM_WEIGHT = 0.5;
  const PREFIX_WEIGHT = 0.4;
  const TYPO_WEIGHT = 0.6;
  const LONE_WEIGHT = 0.5;
  const TYPO_CUTOFF = 0.75;

  /**
   * How alike two words are, from 0 to 1: twice the letters in common over all letters.
   * @param {string} a
   * @param {string} b
   */
  const likeness = (a, b) => (2 * common(a, b)) / (a.length + b.length);
  /**
   * @param {string} a
   * @param {string} b
   * @returns {number}
   */
  function common(a, b) {
    const { size, from, to } = longestCommon(a, b);
    if (!size) return 0;
    const before = common(a.slice(0, from), b.slice(0, to));
    return size + before + common(a.slice(from + size), b.slice(to + size));
  }
  /**
   * How many letters are the same from these places on.
   * @param {string} a
   * @param {string} b
   * @param {number} from
   * @param {number} to
   */
  function sameFrom(a, b, from, to) {
    let size = 0;
    while (from + size < a.length && a[from + size] === b[to + size]) size += 1;
    return size;
  }
  /**
   * The first of the longest runs that stand in both.
   * @param {string} a
   * @param {string} b
   */
  function longestCommon(a, b) {
    const best = { size: 0, from: 0, to: 0 };
    for (let from = 0; from < a.length; from += 1) {
      for (let to = 0; to < b.length; to += 1) {
        const size = sameFrom(a, b, from, to);
        if (size > best.size) Object.assign(best, { size, from, to });
      }
    }
    return best;
  }

  /** An input method has hiragana before katakana. @param {string} term */
  const asKatakana = (term) =>
    term.replace(/[ぁ-ゖ]/g, (letter) =>
      String.fromCodePoint(/** @type {number} */ (letter.codePointAt(0)) + 0x60),
    );

  /**
   * What may be meant by a word that no page has: longer words, or else words like it.
   * @param {Index} index
   * @param {string} term
   * @param {number} weight
   * @returns {Promise<[string, number][]>}
   */
  async function instead(index, term, weight) {
    const katakana = asKatakana(term);
    if (katakana !== term) return (await index.entry(katakana)) ? [[katakana, 1]] : [];
    if (term.length < 2 || !/^[\x00-\x7f]*$/.test(term)) return [];
    const longer = await index.likely(term);
    if (longer.length) return longer.map((other) => [other, weight * PREFIX_WEIGHT]);
    if (term.length < 4) return [];
    const alike = (await index.beginning(term.slice(0, 2)))
      .map((item) => item.term)
      .filter((other) => Math.abs(other.length - term.length) <= 1 && /^[a-z0-9]+$/.test(other))
      .map((other) => ({ other, same: likeness(term, other) }))
      .filter(({ same }) => same >= TYPO_CUTOFF)
      .sort((a, b) => b.same - a.same);
    return alike.slice(0, 3).map(({ other }) => [other, weight * TYPO_WEIGHT]);
  }

  /**
   * The terms that the last word may become while it is typed.
   * @param {Index} index
   * @param {string} words
   */
  async function unfinished(index, words) {
    const plain = unaccented(words.normalize("NFKC").toLowerCase());
    const last = /(?<![a-z0-9])[a-z0-9]+$/.exec(plain)?.[0] ?? "";
    const least = Math.max(last.length - 3, 2); // one letter begins too many words to fetch them
    for (let end = last.length; last && end >= least; end -= 1) {
      // biome-ignore lint/performance/noAwaitInLoops: a shorter beginning is fetched only if no page has the longer
      const terms = await beginningSo(index, last.slice(0, end));
      if (terms.length) return terms;
    }
    return [];
  }
  /**
   * @param {Index} index
   * @param {string} prefix
   */
  async function beginningSo(index, prefix) {
    const longer = await index.likely(prefix);
    if (longer.length) return longer;
    return (await index.entry(prefix)) ? [prefix] : [];
  }

  /**
   * The pieces of a list from one place to another, at most so many in a row.
   * @template {string | string[]} Items
   * @param {Items} items
   * @param {number} most
   */
  function* piecesOf(items, most) {
    for (let start = 0; start < items.length; start += 1) {
      for (let end = start + 1; end <= Math.min(items.length, start + most); end += 1) {
        yield items.slice(start, end);
      }
    }
  }
  /**
   * The words of the team's groups that mean the same as something in the query.
   * @param {Index} index
   * @param {string} words
   */
  function synonymsOf(index, words) {
    const text = words.normalize("NFKC").toLowerCase();
    const plain = text.split(/[^\p{L}\p{N}_.@/+-]+/u).filter(Boolean);
    const phrases = [...piecesOf(plain, 4)].map((piece) => [...piece].join(" "));
    const runs = text.match(/[^\x00-\x7f]+/g) ?? [];
    const pieces = runs.flatMap((run) => [...piecesOf(run, 12)].map(String));
    return new Set(
      [...phrases, ...pieces].flatMap((piece) => index.meta.synonyms[crc32(piece)] ?? []),
    );
  }

  /**
   * The terms of a query, and of what may be meant by it, with their weights.
   * @param {Index} index
   * @param {string} words
   */
  async function weightsOf(index, words) {
    const weights = queryTerms(words);
    const all = [...weights];
    const entries = await Promise.all(all.map(([term]) => index.entry(term)));
    const unknown = new Set(all.filter((_, at) => !entries[at]).map(([term]) => term));
    const isUnknown = 2 * unknown.size >= all.length;
    const meant = await Promise.all(
      all.map(async ([term, weight]) => {
        if (isLone(term)) return withWeight(await index.likely(term), weight * LONE_WEIGHT);
        return isUnknown && unknown.has(term) ? instead(index, term, weight) : [];
      }),
    );
    for (const [other, weight] of meant.flat()) weights.set(other, weight);
    const typed = withWeight(await unfinished(index, words), PREFIX_WEIGHT);
    for (const [term, weight] of [...typed, ...synonymTerms(index, words)]) {
      if (!weights.has(term)) weights.set(term, weight);
    }
    return weights;
  }
  /**
   * @param {Index} index
   * @param {string} words
   * @returns {[string, number][]}
   */
  const synonymTerms = (index, words) =>
    [...synonymsOf(index, words)]
      .flatMap((word) => [...queryTerms(word)])
      .map(([term, weight]) => [term, weight * SYNONYM_WEIGHT]);
  /**
   * @param {string[]} terms
   * @param {number} weight
   * @returns {[string, number][]}
   */
  const withWeight = (terms, weight) => terms.map((term) => [term, weight]);

  return { likeness, weightsOf };
})();
