// Words that are the same, whatever they are spelt like: the twin of search/equivalents.py and
// search/loan_words.py.
"use strict";

const kbEquivalents = (() => {
  const {
    MARK,
    counts,
    isLone,
    inUsualLetters,
    isStopWord,
    runsOf,
    stemmed,
    withoutV,
    asKatakana,
  } = kbTokens;
  const { queryTerms } = kbQueryTerms;
  /** @typedef {Awaited<ReturnType<typeof kbIndex.open>>} Index */
  /** @typedef {{ terms: string[], stems: string[] }} Spelt a word's terms, and what it stands for */
  const EQUIVALENT_WEIGHT = 0.5; // of a word that a page has in another spelling alone
  const MAX_WORDS = 64;
  const KATAKANA = /[ァ-ヺ][ァ-ヺー]+/g;
  const LONGEST_WORD = 16; // letters
  const LONGEST_RUN = 64;
  const TELLING = 4; // letters of a word that is known by itself, where what is around it is not
  const WITHOUT_LONG_VOWEL = 3; // letters of a word behind which a ー may be missing
  const THOUSANDS = /(?<![\p{Nd},.])[0-9]{1,3}(?:,[0-9]{3})+(?![\p{Nd},])/gu;
  const UMLAUT = /[äöü]/;
  const SPELT_OUT = /[ァ-ヺ][ァ-ヺー]{2,63}/g;
  const HIRAGANA = /[ぁ-ゖ][ぁ-ゖー]{3,63}/g; // fewer letters are grammar
  // By their words, which may have endings: of `logging in` and `time zones`, too.
  const APART = new Map(
    kbSearchWords.apart.split(", ").flatMap((pair) => {
      const [one, two] = pair.split(" ");
      const double = one + one.at(-1);
      const stem = one.replace(/e$/, "");
      const ends = [
        one,
        `${one}s`,
        `${one}d`,
        `${one}ed`,
        `${stem}ing`,
        `${double}ed`,
        `${double}ing`,
      ];
      return ends.flatMap((form) =>
        [two, `${two}s`].map((second) => [`${form} ${second}`, one + two]),
      );
    }),
  );

  /** One spelling of a word: サーバー is サーバ, and キー stays. @param {string} katakana */
  function plain(katakana) {
    const word = inUsualLetters(withoutV(katakana));
    const bare = word.replace(/ー$/, "");
    return bare.length >= WITHOUT_LONG_VOWEL ? bare : word;
  }
  /**
   * The English words of each piece of a run that the index has any of.
   * @param {Index} index
   * @param {string} run
   */
  async function knownIn(index, run) {
    const starts = [...run].slice(0, -1).map((_, at) => plain(run.slice(at, at + 3)).slice(0, 2));
    const words = await Promise.all([...new Set(starts)].map((two) => index.loanWords(two)));
    const all = new Map(words.flatMap((some) => [...some]));
    return (/** @type {number} */ start, /** @type {number} */ end) =>
      all.get(plain(run.slice(start, end)));
  }
  /**
   * The words that a run of katakana is made of: all of it, or what tells by itself.
   * @param {Index} index
   * @param {string} whole
   */
  async function spansIn(index, whole) {
    const run = whole.slice(0, LONGEST_RUN);
    const known = await knownIn(index, run);
    const spans = covering(run, known);
    return (spans.length ? spans : telling(run, known)).map(([start, end]) => ({
      start,
      end,
      stems: known(start, end) ?? [],
    }));
  }
  /** @param {Index} index @param {string} run @returns {Promise<Spelt[]>} */
  const loansIn = async (index, run) =>
    (await spansIn(index, run)).map((span) => speltIn(run, span));
  /**
   * What an input method has before it makes katakana of it.
   * @param {Index} index
   * @param {string} run
   * @returns {Promise<Spelt[]>}
   */
  async function typedIn(index, run) {
    const spans = await spansIn(index, asKatakana(run));
    const size = spans.reduce((sum, { start, end }) => sum + end - start, 0);
    return size === run.length ? spans.map((span) => speltIn(run, span)) : [];
  }
  /** @param {string} run @param {{ start: number, end: number, stems: string[] }} span */
  const speltIn = (run, { start, end, stems }) => ({
    terms: [...counts(run.slice(start, end)).keys()].filter((term) => !isLone(term)),
    stems,
  });
  /**
   * The fewest known words that a run is made of; nothing where it is made of none.
   * @param {string} run
   * @param {(start: number, end: number) => string[] | undefined} known
   */
  function covering(run, known) {
    /** @type {Map<number, [number, number][]>} */
    const ways = new Map([[0, []]]);
    for (let end = 2; end <= run.length; end += 1) {
      const [best] = [...ways]
        .filter(([start]) => end - start <= LONGEST_WORD && known(start, end))
        .sort(([, one], [, two]) => one.length - two.length);
      if (best) ways.set(end, [...best[1], [best[0], end]]);
    }
    return ways.get(run.length) ?? [];
  }
  /**
   * From the left, the longest known words that are long enough.
   * @param {string} run
   * @param {(start: number, end: number) => string[] | undefined} known
   */
  function telling(run, known) {
    /** @type {[number, number][]} */
    const spans = [];
    let start = 0;
    while (start < run.length) {
      let end = Math.min(start + LONGEST_WORD, run.length);
      while (end - start >= TELLING && !known(start, end)) end -= 1;
      const isKnown = end - start >= TELLING;
      if (isKnown) spans.push([start, end]);
      start = isKnown ? end : start + 1;
    }
    return spans;
  }
  /** Words that are written apart. @param {string} words @returns {Spelt[]} */
  function apartIn(words) {
    const all = runsOf(words.toLowerCase());
    return all.slice(1).flatMap((two, at) => {
      const compound = APART.get(`${all[at]} ${two}`);
      const own = isStopWord(two) ? [all[at]] : [all[at], two];
      return compound ? [{ terms: own.map(stemmed), stems: [stemmed(compound)] }] : [];
    });
  }

  /** Numbers with signs between thousands, and umlauts. @param {string} words @returns {Spelt[]} */
  const signsIn = (words) => [
    ...(words.match(THOUSANDS) ?? []).map((number) => ({
      terms: number.split(","),
      stems: [number.replaceAll(",", "")],
    })),
    ...runsOf(words.toLowerCase())
      .filter((run) => UMLAUT.test(run))
      .map((word) => ({
        terms: [stemmed(word)],
        stems: [stemmed(word.replace(/[äöü]/g, (letter) => kbSearchWords.umlauts[letter]))],
      })),
  ];
  /**
   * Terms for what a page has in hiragana.
   * @param {Index} index
   * @param {string} words in NFKC
   * @returns {Promise<[string, number][]>}
   */
  async function hiraganaTerms(index, words) {
    const runs = (words.match(SPELT_OUT) ?? []).slice(0, MAX_WORDS).map(asHiragana);
    const all = await Promise.all(runs.map((run) => kbSearchPhrases.having(index, run)));
    return runs.flatMap((run, at) =>
      all[at].length ? [[index.termFor(run, all[at]), EQUIVALENT_WEIGHT]] : [],
    );
  }
  /** @param {string} katakana */
  const asHiragana = (katakana) =>
    katakana.replace(/[ァ-ヶ]/g, (letter) =>
      String.fromCodePoint(/** @type {number} */ (letter.codePointAt(0)) - 0x60),
    );

  /**
   * Terms for the pages that have a word in no other spelling than one that was not typed.
   * @param {Index} index
   * @param {string} query
   * @returns {Promise<[string, number][]>}
   */
  async function equivalentTerms(index, query) {
    const words = query.normalize("NFKC");
    const typed = new Map([...queryTerms(words)].slice(0, MAX_WORDS));
    const loans = await Promise.all([
      ...(words.match(KATAKANA) ?? []).map((run) => loansIn(index, run)),
      ...(words.match(HIRAGANA) ?? []).map((run) => typedIn(index, run)),
    ]);
    const asked = [
      ...[...typed.keys()].filter(isAscii).map((term) => ({ terms: [term], stems: [term] })),
      ...[...apartIn(words), ...signsIn(words), ...loans.flat()].slice(0, MAX_WORDS),
    ];
    const found = await Promise.all(asked.map((word) => termFor(index, word)));
    const terms = found.flatMap(({ term, share }, at) => {
      const own = asked[at].terms.map((name) => typed.get(name) ?? 0);
      const weight = own.reduce((sum, one) => sum + one, 0);
      return term ? [pairOf(term, EQUIVALENT_WEIGHT * weight * share)] : [];
    });
    return [...terms, ...(await hiraganaTerms(index, words))];
  }
  /** @param {string} term @param {number} weight @returns {[string, number]} */
  const pairOf = (term, weight) => [term, weight];
  /** @param {string} term */
  const isAscii = (term) => /^[\x00-\x7f]*$/.test(term);
  /**
   * @param {Index} index
   * @param {Spelt} word
   */
  async function termFor(index, { terms, stems }) {
    const others = stems
      .flatMap((stem) => [stem + MARK, stem])
      .filter((term) => !terms.includes(term));
    const lists = await Promise.all(others.map((term) => index.postings(term)));
    const known = lists.filter(({ frequency }) => frequency);
    if (!known.length) return { term: "", share: 0 };
    const own = await Promise.all(terms.map((term) => index.postings(term)));
    return index.termForAny(others[lists.indexOf(known[0])], known, inAll(own));
  }
  /**
   * The numbers of the pages whose text has all of some terms.
   * @param {KbPostings[]} lists
   */
  function inAll(lists) {
    const pages = lists.map(
      ({ list }) => new Set(list.filter(({ text }) => text).map(({ number }) => number)),
    );
    const [first = new Set(), ...others] = pages;
    return new Set([...first].filter((number) => others.every((numbers) => numbers.has(number))));
  }

  return { equivalentTerms };
})();
