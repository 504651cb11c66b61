// What lifts pages among those that were found: words side by side, and a title that is what was
// asked for. The twin of parts of search/rank.py.
"use strict";

const kbSearchTitles = (() => {
  const { pairsOf } = kbTokens;
  const { queryTerms } = kbQueryTerms;
  const { sideBySide } = kbSearchPhrases;
  /** @typedef {Awaited<ReturnType<typeof kbIndex.open>>} Index */
  const RARITY = 1.1;
  const PAIR_WEIGHT = 0.2;
  const MAX_PAIRS = 64;
  const CALLED = 1; // of the score comes on top where the title is what is asked for
  const LONGEST_TITLE = 40; // terms
  const NAMED = 2; // of the best score comes on top where a shortcut is what is asked for
  const LONGEST_SHORTCUT = 40;

  /**
   * What words add to a page's score where they stand there side by side, as they were typed.
   * @param {Index} index
   * @param {string} words
   * @returns {Promise<(number: number) => number>}
   */
  async function nearness(index, words) {
    const isAscii = (/** @type {string} */ term) => /^[\x00-\x7f]*$/.test(term);
    const pairs = pairsOf(words).slice(0, MAX_PAIRS);
    const worths = await Promise.all(
      pairs
        .filter(({ one, two }) => isAscii(one) && isAscii(two))
        .map(async (pair) => {
          const has = await sideBySide(index, pair);
          const both = [await index.postings(pair.one), await index.postings(pair.two)];
          const [one, two] = both.map(({ frequency }) => index.rarity(frequency) ** RARITY);
          return (/** @type {number} */ number) =>
            has(number) ? (PAIR_WEIGHT * (one + two)) / 2 : 0;
        }),
    );
    return (number) => worths.reduce((sum, worth) => sum + worth(number), 0);
  }

  /**
   * Twice the score for a title that has the words that are asked for, alone.
   * @param {Index} index
   * @param {string} words
   * @param {{ number: number, score: number }[]} best
   */
  async function called(index, words, best) {
    const name = nameOf(words);
    if (!name.length || name.length > LONGEST_TITLE) return best;
    const postings = await Promise.all(name.map((term) => index.postings(term)));
    const titles = postings.map(
      ({ list }) => new Set(list.filter(({ title }) => title).map(({ number }) => number)),
    );
    return await Promise.all(
      best.map(async ({ number, score }) => {
        if (!titles.every((pages) => pages.has(number))) return { number, score };
        if (index.pages.called(number) !== name.length) return { number, score };
        const [{ title }] = await index.pages.rows([number]);
        const isCalled = nameOf(title).join(" ") === name.join(" ");
        return { number, score: isCalled ? score * (1 + CALLED) : score };
      }),
    );
  }
  /** @param {string} words */
  const nameOf = (words) => [...queryTerms(words).keys()].sort();
  /**
   * More than any other has for the macro whose shortcut is what was typed.
   * @param {Index} index
   * @param {string} words
   * @param {{ number: number, score: number }[]} best
   */
  async function named(index, words, best) {
    const shortcut = words.trim();
    const hasMacros = index.meta.folders.some(([folder]) => folder.split("/")[0] === "macros");
    if (!(best.length && hasMacros) || shortcut.length > LONGEST_SHORTCUT) return best;
    if (/\s/.test(shortcut)) return best;
    const pages = await index.withShortcut(shortcut);
    if (!pages.size) return best;
    const more = NAMED * best[0].score;
    const lifted = best.map(({ number, score }) => ({
      number,
      score: pages.has(number) ? score + more : score,
    }));
    return lifted.sort((a, b) => b.score - a.score || a.number - b.number);
  }

  return { called, named, nearness };
})();
