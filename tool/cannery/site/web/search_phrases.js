// What stands side by side in the pages of an index: the phrases of a query. The twin of parts of
// search/rank.py.
"use strict";

const kbSearchPhrases = (() => {
  const { counts, isLone, isPlaced, pairsOf } = kbTokens;
  /** @typedef {Awaited<ReturnType<typeof kbIndex.open>>} Index */

  /**
   * Whether two terms stand side by side, by the number of a page that has both.
   * @param {Index} index
   * @param {KbTermPair} pair
   * @returns {Promise<(number: number) => boolean>}
   */
  async function sideBySide(index, { one, two, code }) {
    const rows = (/** @type {KbPostings} */ { list }) =>
      new Map(list.map((row) => [row.number, row]));
    const first = rows(await index.postings(one));
    if (code >= 0) return (number) => Boolean(first.get(number)?.followers.includes(code));
    if (!(isPlaced(one) && isPlaced(two))) return () => true; // letters of kana have no places
    const second = rows(await index.postings(two));
    return (number) => {
      const places = new Set(second.get(number)?.places);
      return Boolean(first.get(number)?.places.some((place) => places.has(place + 1)));
    };
  }
  /**
   * The numbers of the pages with the words of a phrase side by side.
   * @param {Index} index
   * @param {string} phrase
   */
  async function having(index, phrase) {
    const numbers = await havingAll(index, phrase);
    if (!numbers.length) return [];
    const stand = await Promise.all(pairsOf(phrase).map((pair) => sideBySide(index, pair)));
    return numbers.filter((number) => stand.every((has) => has(number)));
  }
  /**
   * The numbers of the pages with all of some words, wherever each stands.
   * @param {Index} index
   * @param {string} words
   */
  async function havingAll(index, words) {
    const all = [...counts(words).keys()];
    const exact = all.filter((term) => !isLone(term));
    const lists = await Promise.all(
      (exact.length ? exact : all).map((term) => pagesWith(index, term)),
    );
    const [first, ...others] = lists;
    return first ? [...first].filter((number) => others.every((pages) => pages.has(number))) : [];
  }
  /**
   * The numbers of the pages with a term; with a lone letter, wherever it stands.
   * @param {Index} index
   * @param {string} term
   */
  async function pagesWith(index, term) {
    const terms = isLone(term) ? [term, ...(await index.likely(term))] : [term];
    const all = await Promise.all(terms.map((name) => index.postings(name)));
    const rows = all.flatMap(({ list }) => list.filter(({ text }) => text));
    return new Set(rows.map(({ number }) => number));
  }

  return { having, havingAll, sideBySide };
})();
