// What may be meant by words that no title has: the twin of search/title_words.py.
"use strict";

const kbSearchMeant = (() => {
  const { fold } = kbSearchQuery;
  const SUGGESTIONS = 3;
  const SLIPS = 50; // words that are looked at for them
  const CUTOFF = 0.6;
  const SURE = 0.75; // where something is found all the same
  /** @typedef {Awaited<ReturnType<typeof kbIndex.open>>} Index */

  /**
   * Of each word that no title has the one that is spelt most like it, if there is one.
   * @param {string[]} words folded
   * @param {string[]} vocabulary
   * @param {number} cutoff
   */
  function slips(words, vocabulary, cutoff) {
    const known = new Set(vocabulary);
    const unknown = words.slice(0, SLIPS).filter((word) => !known.has(word));
    const found = unknown.map((word) => [word, nearest(word, vocabulary, cutoff)]);
    return new Map(found.filter(([, near]) => near).map(([word, near]) => [word, `${near}`]));
  }
  /** @param {string} word @param {string[]} vocabulary @param {number} cutoff */
  function nearest(word, vocabulary, cutoff) {
    const likely = vocabulary.filter((other) => mayBeLike(other, word));
    const [best] = likely
      .map((other) => ({ other, ratio: kbSearchTerms.likeness(other, word) }))
      .filter(({ ratio }) => ratio >= cutoff)
      .sort((a, b) => b.ratio - a.ratio || kbText.compare(b.other, a.other));
    return best?.other;
  }
  /** By the number of letters, which costs less to look at than the letters. @param {string} a @param {string} b */
  const mayBeLike = (a, b) => (2 * Math.min(a.length, b.length)) / (a.length + b.length) >= CUTOFF;
  /** @param {string} text @param {string[]} vocabulary */
  const suggest = (text, vocabulary) =>
    [...new Set(slips(kbText.words(fold(text)), vocabulary, CUTOFF).values())].slice(
      0,
      SUGGESTIONS,
    );

  /**
   * The query with what may be meant by its slips; empty if none is likely. Where something is
   * found, only words that no page has are, nor a longer one.
   * @param {Index} index
   * @param {string} text
   * @param {boolean} isFound
   */
  async function meant(index, text, isFound) {
    const words = kbText.words(fold(text));
    const unsure = isFound ? await kbSearchTerms.unknownIn(index, text) : words.filter(isWord);
    if (!unsure.length) return "";
    const filters = await kbSearchFilters.open(index);
    const found = slips(unsure, filters.titles, isFound ? SURE : CUTOFF);
    return found.size ? words.map((word) => found.get(word) ?? word).join(" ") : "";
  }

  /** @param {string} word */
  const isWord = (word) => /^[\p{L}\p{N}]{3,}$/u.test(word);

  return { meant, suggest };
})();
