// The site's search: the pages that a query finds, ranked as `kb find` ranks: the twin of
// search/rank.py.
"use strict";

const kbSearch = (() => {
  const { hasCjk, pairsAsTheyStand } = kbTokens;
  /** @typedef {Awaited<ReturnType<typeof kbIndex.open>>} Index */
  const COVERAGE = 0.3;
  const RARITY = 1.1;
  const TITLE = 0.5;
  const JAPANESE_TITLE = 0.8;
  const HEADING = 0.2;
  const LETTERS_A_WORD = 2;
  const LIFTED_WEIGHT = 1;
  const OWN_LANGUAGE = 1.5; // of a page in the reader's language
  const MAX_TERMS = 64;
  const MAX_CHARS = 500;

  /**
   * BM25's k1 and b: a long query is a pasted text, whose words are counted more evenly.
   * @param {number} words
   */
  function shape(words) {
    const share = Math.min(Math.max((words - 4) / 16, 0), 1);
    return { k1: 1.5 + 0.7 * share, b: 0.25 + 0.65 * share };
  }
  const FIELD_SHAPE = { k1: 1.2, b: 0.75 };

  /**
   * The terms that tell most, with the pages that have them.
   * @param {Index} index
   * @param {Map<string, number>} weights
   */
  async function tellingTerms(index, weights) {
    const terms = await Promise.all(
      [...weights].map(async ([term, weight]) => {
        const postings = await index.postings(term);
        return { term, weight, postings, value: weight * idf(index, postings.frequency) ** RARITY };
      }),
    );
    return terms
      .filter((term) => term.value > 0)
      .sort((a, b) => b.value - a.value)
      .slice(0, MAX_TERMS);
  }
  /**
   * @param {Index} index
   * @param {number} frequency
   */
  const idf = (index, frequency) =>
    frequency ? Math.log(1 + (index.meta.count - frequency + 0.5) / (frequency + 0.5)) : 0;
  /**
   * BM25's divisor.
   * @param {Index} index
   * @param {KbIndexField} field
   * @param {number} number of the page
   * @param {{ k1: number, b: number }} shape_
   */
  const norm = ({ pages }, field, number, { k1, b }) =>
    k1 * (1 - b) + (k1 * b * pages.lengths[field][number]) / pages.average[field];

  /**
   * What a term adds where it stands in the title and in headings.
   * @param {Index} index
   * @param {KbPostings} postings
   * @param {KbPosting} row
   * @param {number} weight
   * @param {["title" | "heading", number][]} shares
   */
  function fieldsScore(index, postings, row, weight, shares) {
    const scores = shares
      .filter(([field]) => row[field])
      .map(([field, share]) => {
        const divisor = row[field] + norm(index, field, row.number, FIELD_SHAPE);
        return (idf(index, postings[field]) * weight * share * row[field]) / divisor;
      });
    return scores.reduce((sum, score) => sum + score, 0);
  }
  /**
   * What fits the language of a query: a word of Japanese is pairs of letters.
   * @param {{ term: string }[]} telling
   */
  function weighed(telling) {
    const isJapanese = 2 * telling.filter(({ term }) => hasCjk(term)).length > telling.length;
    /** @type {["title" | "heading", number][]} */
    const shares = [
      ["title", isJapanese ? JAPANESE_TITLE : TITLE],
      ["heading", HEADING],
    ];
    return { shaped: shape(isJapanese ? telling.length / LETTERS_A_WORD : telling.length), shares };
  }
  /**
   * Scores by page number.
   * @param {Index} index
   * @param {Map<string, number>} weights
   * @param {KbPosting[]} lifted the pages where a Japanese word stands as it is
   */
  async function scored(index, weights, lifted) {
    const known = await tellingTerms(index, weights);
    const telling = lifted.length ? [...known, liftedTerm(index, lifted)] : known;
    const { shaped, shares } = weighed(telling);
    const rest = COVERAGE / (telling.reduce((sum, term) => sum + term.value, 0) || 1);
    /** @type {Map<number, { sum: number, met: number }>} */
    const scores = new Map();
    for (const { postings, value, weight } of telling) {
      for (const row of postings.list) {
        const score = scores.get(row.number) ?? { sum: 0, met: 1 - COVERAGE };
        score.sum += (value * row.text) / (row.text + norm(index, "text", row.number, shaped));
        score.met += rest * value;
        score.sum += fieldsScore(index, postings, row, weight, shares);
        scores.set(row.number, score);
      }
    }
    return new Map([...scores].map(([number, { sum, met }]) => [number, sum * met]));
  }

  /**
   * A term of its own for what stands as it is.
   * @param {Index} index
   * @param {KbPosting[]} list
   */
  function liftedTerm(index, list) {
    const postings = { list, frequency: list.length, title: 0, heading: 0 };
    const value = LIFTED_WEIGHT * idf(index, list.length) ** RARITY;
    return { term: "語", postings, value, weight: LIFTED_WEIGHT };
  }

  /**
   * The pages where a Japanese word stands as it is: its pairs of letters, side by side.
   * @param {Index} index
   * @param {string[]} pairs
   * @returns {Promise<KbPosting[]>}
   */
  async function standing(index, pairs) {
    if (!pairs.length) return [];
    const lists = await Promise.all(pairs.map((pair) => index.postings(pair)));
    const starts = lists.map(
      ({ list }, at) =>
        new Map(list.map((row) => [row.number, new Set(row.places.map((place) => place - at))])),
    );
    const [first, ...others] = starts;
    const numbers = [...first].filter(([number, places]) =>
      [...places].some((place) => others.every((other) => other.get(number)?.has(place))),
    );
    return numbers.map(([number]) => ({ number, text: 1, title: 0, heading: 0, places: [] }));
  }

  /**
   * The pages that a query finds, with their scores.
   * @param {URL} base
   * @param {string} query
   */
  async function matched(base, query) {
    const index = await kbIndex.open(base);
    const words = query
      .slice(0, MAX_CHARS)
      .replace(/["“”「」]/g, " ")
      .trim();
    /** @type {Map<number, number>} */
    const none = new Map();
    if (!words) return { index, scores: none };
    const lifted = await standing(index, pairsAsTheyStand(words));
    return {
      index,
      scores: await scored(index, await kbSearchTerms.weightsOf(index, words), lifted),
    };
  }

  /**
   * The best pages, and how many there are. Rejects where the index does not answer.
   * @param {URL} base
   * @param {string} query
   * @param {string} language
   * @param {number} limit
   */
  async function search(base, query, language, limit = 10) {
    const { index, scores } = await matched(base, query);
    const ranked = [...scores].map(([number, score]) => ({
      number,
      score: index.language(number) === language ? score * OWN_LANGUAGE : score,
    }));
    ranked.sort((a, b) => b.score - a.score || a.number - b.number);
    const best = ranked.slice(0, limit * 3);
    const rows = await Promise.all(best.map(({ number }) => index.row(number)));
    const hits = rows.map((row, at) => hitOf(row, best[at].score));
    return { total: ranked.length, hits: oncePerEntry(hits, language).slice(0, limit) };
  }
  /**
   * @param {KbIndexRow} row
   * @param {number} score
   * @returns {KbHit}
   */
  function hitOf([address, entry, title, lead, language, kind], score) {
    return { address, entry, title, lead, language, kind, score };
  }
  /**
   * Each entry once, in the reader's language where that page was found too.
   * @param {KbHit[]} all
   * @param {string} language
   */
  function oncePerEntry(all, language) {
    /** @type {Map<string, KbHit>} */
    const hits = new Map();
    for (const hit of all) {
      const known = hits.get(hit.entry);
      if (known && (known.language === language || hit.language !== language)) continue;
      hits.set(hit.entry, { ...hit, score: Math.max(hit.score, known?.score ?? 0) });
    }
    return [...hits.values()].sort((a, b) => b.score - a.score);
  }

  /**
   * The addresses of all pages that a query finds, in no order.
   * @param {URL} base
   * @param {string} query
   */
  async function standingPages(base, query) {
    const { index, scores } = await matched(base, query);
    const rows = await Promise.all([...scores.keys()].map((number) => index.row(number)));
    return rows.map(([address]) => address);
  }

  return { search, standingPages };
})();
