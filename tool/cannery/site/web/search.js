// The site's search: what a query means in an index, ranked as `kb find` ranks.
"use strict";

const kbSearch = (() => {
  const { crc32, isLone, pairsAsTheyStand, queryTerms } = kbTokens;
  /** @typedef {Awaited<ReturnType<typeof kbIndex.open>>} Index */
  const COVERAGE = 0.3;
  const RARITY = 1.1;
  /** @type {["title" | "heading", number][]} */
  const MORE = [
    ["title", 0.5],
    ["heading", 0.2],
  ];
  const SYNONYM_WEIGHT = 0.5;
  const PREFIX_WEIGHT = 0.4;
  const TYPO_WEIGHT = 0.6;
  const LONE_WEIGHT = 0.5;
  const TYPO_CUTOFF = 0.75;
  const OWN_LANGUAGE = 1.5; // of a page in the reader's language
  const MAX_TERMS = 64;
  const MAX_CHARS = 500;

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
   * The first of the longest runs that stand in both.
   * @param {string} a
   * @param {string} b
   */
  function longestCommon(a, b) {
    const best = { size: 0, from: 0, to: 0 };
    for (let from = 0; from < a.length; from += 1) {
      for (let to = 0; to < b.length; to += 1) {
        let size = 0;
        while (from + size < a.length && a[from + size] === b[to + size]) size += 1;
        if (size > best.size) Object.assign(best, { size, from, to });
      }
    }
    return best;
  }

  /**
   * What may be meant by a word that no page has: longer words, or else words like it.
   * @param {Index} index
   * @param {string} term
   * @param {number} weight
   * @returns {Promise<[string, number][]>}
   */
  async function instead(index, term, weight) {
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
   * Adds the terms that the last word may become while it is typed.
   * @param {Index} index
   * @param {string} words
   * @param {Map<string, number>} weights
   */
  async function addUnfinished(index, words, weights) {
    const last = /(?<![a-z0-9])[a-z0-9]+$/.exec(words.normalize("NFKC").toLowerCase())?.[0];
    if (!last) return;
    const least = Math.max(last.length - 3, 2); // one letter begins too many words to fetch them
    for (let end = last.length; end >= least; end -= 1) {
      const prefix = last.slice(0, end);
      // biome-ignore lint/performance/noAwaitInLoops: a shorter beginning is fetched only if no page has the longer
      const longer = await index.likely(prefix);
      if (!(longer.length || (await index.entry(prefix)))) continue;
      for (const term of longer.length ? longer : [prefix]) {
        if (!weights.has(term)) weights.set(term, PREFIX_WEIGHT);
      }
      return;
    }
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
    await addUnfinished(index, words, weights);
    for (const word of synonymsOf(index, words)) {
      for (const [term, weight] of queryTerms(word)) {
        if (!weights.has(term)) weights.set(term, weight * SYNONYM_WEIGHT);
      }
    }
    return weights;
  }
  /**
   * @param {string[]} terms
   * @param {number} weight
   * @returns {[string, number][]}
   */
  const withWeight = (terms, weight) => terms.map((term) => [term, weight]);

  /**
   * BM25's k1 and b: a long query is a pasted text, whose words are counted more evenly.
   * @param {number} terms
   */
  function shape(terms) {
    const share = Math.min(Math.max((terms - 4) / 16, 0), 1);
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
        return { weight, postings, value: weight * idf(index, postings.frequency) ** RARITY };
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
   * Scores by page number.
   * @param {Index} index
   * @param {Map<string, number>} weights
   */
  async function scored(index, weights) {
    const telling = await tellingTerms(index, weights);
    const shaped = shape(telling.length);
    const rest = COVERAGE / (telling.reduce((sum, term) => sum + term.value, 0) || 1);
    /** @type {Map<number, { sum: number, met: number }>} */
    const scores = new Map();
    for (const { postings, value, weight } of telling) {
      for (const row of postings.list) {
        const score = scores.get(row.number) ?? { sum: 0, met: 1 - COVERAGE };
        score.sum += (value * row.text) / (row.text + norm(index, "text", row.number, shaped));
        score.met += rest * value;
        for (const [field, share] of MORE) {
          if (!row[field]) continue;
          const own = idf(index, postings[field]) * weight * share;
          score.sum +=
            (own * row[field]) / (row[field] + norm(index, field, row.number, FIELD_SHAPE));
        }
        scores.set(row.number, score);
      }
    }
    return new Map([...scores].map(([number, { sum, met }]) => [number, sum * met]));
  }

  /**
   * The pages where a Japanese word stands as it is: its pairs of letters, side by side.
   * @param {Index} index
   * @param {string[]} pairs
   */
  async function standing(index, pairs) {
    const lists = await Promise.all(pairs.map((pair) => index.postings(pair)));
    const starts = lists.map(
      ({ list }, at) =>
        new Map(list.map((row) => [row.number, new Set(row.places.map((place) => place - at))])),
    );
    const [first, ...others] = starts;
    const numbers = [...first].filter(([number, places]) =>
      [...places].some((place) => others.every((other) => other.get(number)?.has(place))),
    );
    return new Set(numbers.map(([number]) => number));
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
    const scores = await scored(index, await weightsOf(index, words));
    const pairs = pairsAsTheyStand(words);
    const there = pairs.length ? await standing(index, pairs) : new Set();
    if (!there.size) return { index, scores };
    return { index, scores: new Map([...scores].filter(([number]) => there.has(number))) };
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
