// The words of a query -> the terms to look for, by how much each tells: the twin of
// search/query_terms.py.
"use strict";

const kbQueryTerms = (() => {
  const { counts, folded, isCjk, isStopWord, joined, runsOf, stemmed } = kbTokens;
  const HIRAGANA = /[ぁ-ゟー]/;
  const ALL_HIRAGANA = /^[ぁ-ゟー]+$/;
  const IS_COMPOUND = /^[A-Za-z0-9]+(?:[_.\-/:@+]+[A-Za-z0-9]+)+$/;
  const HIRAGANA_WEIGHT = 0.3;
  const MIXED_WEIGHT = 0.5;
  const COMPOUND_WEIGHT = 0.1;
  const JOINED_WEIGHT = 0.2;
  const TALK_WEIGHT = 0.5;
  const LEAST_WITH_TALK = 3;
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
    if (ALL_HIRAGANA.test(term)) return HIRAGANA_WEIGHT;
    if (HIRAGANA.test(term)) return MIXED_WEIGHT;
    return IS_COMPOUND.test(term) ? COMPOUND_WEIGHT : 1;
  }
  /** The terms to look for, by their weight. Stop words only where there is nothing else. @param {string} words */
  function queryTerms(words) {
    const all = queryCounts(words);
    const telling = all.filter(([term]) => !isStopWord(term));
    if (!telling.length) return new Map(all.map(([term]) => [term, 1]));
    const whole = joined(words.normalize("NFKC"));
    const hasTalk = telling.length >= LEAST_WITH_TALK;
    const weightOf = (/** @type {string} */ term, /** @type {number} */ count) => {
      if (hasTalk && TALK.has(term)) return TALK_WEIGHT;
      const isJoined = whole.filter((other) => other === term).length === count;
      return isJoined ? JOINED_WEIGHT : weight(term);
    };
    return new Map(
      telling.map(([term, count]) => [term, weightOf(term, count) * Math.sqrt(count)]),
    );
  }

  return { queryTerms };
})();
