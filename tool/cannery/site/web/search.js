// The site's search: the pages that a query finds, ranked as `kb find` ranks: the twin of
// search/rank.py.
"use strict";

const kbSearch = (() => {
  const { hasCjk } = kbTokens;
  const { called, named, nearness } = kbSearchTitles;
  const { topicality, usualInTitles } = kbTopicality;
  /** @typedef {Awaited<ReturnType<typeof kbIndex.open>>} Index */
  const COVERAGE = 0.3;
  const RARITY = 1.1;
  const TITLE = 0.5;
  const JAPANESE_TITLE = 0.8;
  const HEADING = 0.2;
  const FEW_TO_MANY = [3, 12]; // terms of a query
  const PAIRS_FEW_TO_MANY = [8, 40]; // the same in pairs of Japanese letters
  const NEAR = 30; // pages that are looked at for words side by side
  const OWN_LANGUAGE = 1.5; // of an entry that is there in the reader's language
  const MAX_TERMS = 64;
  const MAX_CHARS = 500;
  const LONGEST_MEANT = 100; // characters of a query that may have slips: more is pasted text
  // Of 128 right answers among the first ten, one has less of the best score than this.
  const WEAK = 0.25;
  const ALWAYS = 3;

  /**
   * BM25's k1 and b: a long query is a pasted text, whose words are counted more evenly.
   * @param {number} terms
   * @param {number[]} bounds
   */
  function shape(terms, [few, many]) {
    const share = Math.min(Math.max((terms - few) / (many - few), 0), 1);
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
        return {
          term,
          weight,
          postings,
          value: weight * index.rarity(postings.frequency) ** RARITY,
        };
      }),
    );
    return terms
      .filter((term) => term.value > 0)
      .sort((a, b) => b.value - a.value)
      .slice(0, MAX_TERMS)
      .map((term) => ofTopic(index, term));
  }
  /**
   * The term with what its weight is for one that tells a topic.
   * @param {Index} index
   * @param {{ term: string, weight: number, postings: KbPostings, value: number }} telling
   */
  function ofTopic({ pages }, telling) {
    if (telling.term.startsWith(" ")) return telling; // made of a phrase
    const { list, title } = telling.postings;
    const counts = list.map(({ text }) => text).filter((count) => count > 0);
    const factor = topicality(counts, title, usualInTitles(pages.average));
    return { ...telling, weight: telling.weight * factor, value: telling.value * factor };
  }
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
        return (index.rarity(postings[field]) * weight * share * row[field]) / divisor;
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
    return { shaped: shape(telling.length, isJapanese ? PAIRS_FEW_TO_MANY : FEW_TO_MANY), shares };
  }
  /**
   * The pages whose text has a term, with their scores.
   * @param {Index} index
   * @param {Map<string, number>} weights
   */
  async function scored(index, weights) {
    const telling = await tellingTerms(index, weights);
    const { shaped, shares } = weighed(telling);
    const rest = COVERAGE / (telling.reduce((sum, term) => sum + term.value, 0) || 1);
    /** @type {Map<number, { sum: number, met: number, isFound: boolean }>} */
    const scores = new Map();
    for (const { postings, value, weight } of telling) {
      for (const row of postings.list) {
        const score = scores.get(row.number) ?? { sum: 0, met: 1 - COVERAGE, isFound: false };
        if (row.text) {
          score.sum += (value * row.text) / (row.text + norm(index, "text", row.number, shaped));
          score.met += rest * value;
          score.isFound = true;
        }
        score.sum += fieldsScore(index, postings, row, weight, shares);
        scores.set(row.number, score);
      }
    }
    const found = [...scores].filter(([, { isFound }]) => isFound);
    return found.map(([number, { sum, met }]) => ({ number, score: sum * met }));
  }

  /**
   * The pages that a query finds, best first.
   * @param {Index} index
   * @param {KbQuery} asked
   */
  async function ranked(index, asked) {
    const weights = await kbSearchTerms.weightsOf(index, asked);
    const [allowed, refused] = await Promise.all([
      kbSearchFilters.allowed(index, asked),
      kbSearchFilters.refused(index, asked),
    ]);
    const terms = spelt(weights.keys());
    const passes = (/** @type {{ number: number }} */ { number }) =>
      (allowed?.has(number) ?? true) && !refused.has(number);
    if (!weights.size && allowed) {
      const numbers = [...allowed].sort((a, b) => a - b); // filters alone: all that pass
      return { all: numbers.map((number) => ({ number, score: 1 })).filter(passes), terms };
    }
    const best = (await scored(index, weights)).filter(passes).sort(byScore);
    const more = await nearness(index, asked.words);
    const near = best.splice(0, NEAR).map(({ number, score }) => ({
      number,
      score: score + more(number),
    }));
    const all = [...(await called(index, asked.words, near)).sort(byScore), ...best];
    return { all: await named(index, asked.words, all), terms };
  }
  /**
   * The terms as they may stand in a text: of what is made of spellings, each of them.
   * @param {Iterable<string>} terms
   */
  const spelt = (terms) => new Set([...terms].map((term) => term.replace(/^=/, "")));
  /** @param {{ number: number, score: number }} a @param {{ number: number, score: number }} b */
  const byScore = (a, b) => b.score - a.score || a.number - b.number;

  /**
   * What a query finds, as the first of its readings that finds anything.
   * @param {Index} index
   * @param {string} query
   * @param {Record<string, string[]>} own filters that were chosen beside it
   */
  async function answered(index, query, own) {
    const readings = await kbSearchFilters.readings(index, query.slice(0, MAX_CHARS), own);
    for (const [at, asked] of readings.entries()) {
      // biome-ignore lint/performance/noAwaitInLoops: the next reading is for what finds nothing
      const { all, terms } = await ranked(index, asked);
      if (all.length) return { all, terms, asWords: at > 0 || asked.asWords };
    }
    return { all: [], terms: new Set(), asWords: false };
  }
  /** @param {KbSearchOptions} options @returns {Record<string, string[]>} */
  const filtersOf = ({ kind, section }) => ({
    ...(kind ? { kind: [kind] } : {}),
    ...(section ? { section: [section] } : {}),
  });
  /**
   * The best pages, and how many there are. `asWords`: nothing answers what was typed as phrases,
   * exclusions and filters; these answer the words. Rejects where the index does not answer.
   * @param {URL} base
   * @param {string} query
   * @param {KbSearchOptions} options
   * @returns {Promise<KbFound>}
   */
  async function search(base, query, options) {
    const { language, limit = 10 } = options;
    const index = await kbIndex.open(base);
    const { all, asWords, terms } = await answered(index, query, filtersOf(options));
    const best = strong(oncePerEntry(index, all, language));
    const shown = best.slice(0, limit);
    const [rows, meant] = await Promise.all([
      index.pages.rows(shown.map(({ number }) => number)),
      kbSearchMeant.meant(index, query.slice(0, LONGEST_MEANT), shown.length > 0),
    ]);
    const hits = rows.map((row, at) => ({ ...row, score: shown[at].score }));
    return { total: best.length, hits, asWords, terms, meant };
  }
  /**
   * Without what has little of the query beside what has most of it, but for the first few.
   * @param {{ number: number, score: number }[]} best
   */
  const strong = (best) =>
    best.filter(({ score }, at) => at < ALWAYS || score >= WEAK * best[0].score);
  /**
   * Each entry once, in the reader's language where that page was found too, which lifts it.
   * @param {Index} index
   * @param {{ number: number, score: number }[]} all
   * @param {string} language
   */
  function oncePerEntry({ pages }, all, language) {
    /** @type {Map<number, { number: number, score: number }>} */
    const best = new Map();
    const isOwn = (/** @type {number} */ number) => pages.language(number) === language;
    for (const { number, score } of all) {
      const known = best.get(pages.entry(number));
      if (known && (isOwn(known.number) || !isOwn(number))) continue;
      best.set(pages.entry(number), { number, score: known?.score ?? score });
    }
    return [...best.values()]
      .map(({ number, score }) => ({ number, score: isOwn(number) ? score * OWN_LANGUAGE : score }))
      .sort((a, b) => b.score - a.score);
  }
  /**
   * Of each hit the passage that tells most of what was asked for, or what it begins with.
   * @param {URL} base
   * @param {KbHit[]} hits
   * @param {Set<string>} terms
   */
  async function passages(base, hits, terms) {
    const { pages } = await kbIndex.open(base);
    const texts = await pages.texts(hits.map(({ number }) => number));
    return texts.map(({ lead, text }) => {
      const passage = kbSearchPassage.passage(text, terms);
      return passage.spans.length ? passage : kbSearchPassage.passage(lead, terms);
    });
  }

  /**
   * The addresses of all pages that a query finds, best first.
   * @param {URL} base
   * @param {string} query
   */
  async function foundPages(base, query) {
    const index = await kbIndex.open(base);
    const { all } = await answered(index, query, {});
    const rows = await index.pages.rows(all.map(({ number }) => number));
    return rows.map(({ address }) => address);
  }

  /**
   * The sections that pages are in: what a search is narrowed to, and what it is called.
   * @param {URL} base
   * @param {string} language
   */
  async function sections(base, language) {
    const { meta, pages } = await kbIndex.open(base);
    const titles = new Map(
      meta.folders
        .map(([folder]) => folder)
        .filter((folder) => folder.split("/").length === 2)
        .map((folder) => [folder.split("/")[1], pages.sections(folder, language)[0]]),
    );
    const all = [...titles].map(([value, title]) => ({ value: kbSearchQuery.fold(value), title }));
    return all.sort((a, b) => a.title.localeCompare(b.title, language));
  }

  return { foundPages, passages, search, sections };
})();
