// The words of a query -> the terms to look for, by how much each tells: the twin of
// search/query_terms.py.
"use strict";

const kbQueryTerms = (() => {
  const { counts, folded, isCjk, isStopWord, joined, runsOf, stemmed } = kbTokens;
  const HIRAGANA = /[ぁ-ゟ]/;
  const ALL_HIRAGANA = /^[ぁ-ゟー]+$/;
  const IS_COMPOUND = /^[A-Za-z0-9]+(?:[_.\-/:@+]+[A-Za-z0-9]+)+$/;
  const HIRAGANA_WEIGHT = 0.3;
  const MIXED_WEIGHT = 0.5;
  const COMPOUND_WEIGHT = 0.1;
  const JOINED_WEIGHT = 0.2;
  const TALK_WEIGHT = 0.5;
  const LEAST_WITH_TALK = 3;
  // A long word of katakana or of Hangul has many pairs of letters, and is one word all the same.
  const SPELT = /[ァ-ヺー]{3,}|[\uac00-\ud7a3]{3,}/g;
  const SPELT_POWER = -0.3;
  const PARTICLE_WEIGHT = 0.5; // of the last pair of a Korean word: a particle ends it
  const TALK = new Set(kbSearchWords.talk.split(" ").map(stemmed));

  /** @param {string} words */
  function queryCounts(words) {
    const found = counts(words);
    for (const run of runsOf(words.normalize("NFKC"))) {
      if ([...run].length < 2 || !isCjk(run)) continue;
      const last = [...folded(run)].at(-1);
      found.set(last, (found.get(last) ?? 0) - 1);
    }
    return [...found].filter(([, count]) => count > 0);
  }
  /** @param {string} term */
  function weight(term) {
    if (HIRAGANA.test(term)) return ALL_HIRAGANA.test(term) ? HIRAGANA_WEIGHT : MIXED_WEIGHT;
    return IS_COMPOUND.test(term) ? COMPOUND_WEIGHT : 1;
  }
  /** How much a pair of letters counts of the words that are spelt by sound. @param {string} plain */
  function sharesOf(plain) {
    /** @type {Map<string, number>} */
    const shares = new Map();
    for (const [word] of folded(plain).matchAll(SPELT)) {
      for (let at = 0; at < word.length - 1; at += 1) {
        const pair = word.slice(at, at + 2);
        const ends = at === word.length - 2 && pair > "\uabff";
        const share = (word.length - 1) ** SPELT_POWER * (ends ? PARTICLE_WEIGHT : 1);
        shares.set(pair, Math.max(share, shares.get(pair) ?? 0));
      }
    }
    return shares;
  }
  /** The terms to look for, by their weight. Stop words only where there is nothing else. @param {string} words */
  function queryTerms(words) {
    const all = queryCounts(words);
    const telling = all.filter(([term]) => !isStopWord(term));
    if (!telling.length) return new Map(all.map(([term]) => [term, 1]));
    const plain = words.normalize("NFKC");
    const [whole, shares] = [joined(plain), sharesOf(plain)];
    const hasTalk = telling.length >= LEAST_WITH_TALK;
    const weightOf = (/** @type {string} */ term, /** @type {number} */ count) => {
      if (hasTalk && TALK.has(term)) return TALK_WEIGHT;
      const isJoined = whole.filter((other) => other === term).length === count;
      return isJoined ? JOINED_WEIGHT : weight(term);
    };
    return new Map(
      telling.map(([term, count]) => {
        const share = shares.get(term) ?? 1;
        return [term, weightOf(term, count) * share * Math.sqrt(count)];
      }),
    );
  }

  return { queryTerms };
})();
