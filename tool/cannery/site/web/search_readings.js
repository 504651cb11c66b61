// What is typed as it sounds, in hiragana or in Latin letters: the twin of search/readings.py, with
// the words that the pages have, of readings.tsv.
"use strict";

const kbSearchReadings = (() => {
  const SPELT = /[ぁ-ゖ]{2,64}[a-z]{0,2}(?![a-z])/g;
  const LATIN = /^[a-z]{4,64}$/;
  const LIFTED_WEIGHT = 1;
  const LONGER_WEIGHT = 0.4; // of a word that begins so
  const LEAST = 4; // letters of a reading in Latin ones
  const MOST_SAME = 4; // words
  const MOST_LONGER = 6;
  const LONGEST_SUFFIX = 8; // letters
  const PARTICLES = "kara made yori no wo ga ni ha de to mo he ya".split(" ");
  /** @typedef {Awaited<ReturnType<typeof kbIndex.open>>} Index */
  /** @typedef {{ word: string, isWhole: boolean }} Read */
  /** @param {string} text @returns {[string, string][]} */
  const pairsIn = (text) =>
    text.split(", ").map((pair) => /** @type {[string, string]} */ (pair.split(" ")));
  const KANA = new Map(pairsIn(kbSearchWords.romaji));
  const TYPED = pairsIn(kbSearchWords.typedRomaji);

  /** The runs of a folded query that may be words as they sound, in Latin letters. @param {string} query */
  const speltIn = (query) => (query.match(SPELT) ?? []).map(romaji);
  /** Whether a word may be Japanese in Latin letters. @param {string} word */
  const isRomaji = (word) => LATIN.test(word);
  /** Kana and Latin letters in the one way of writing that words are looked up by. @param {string} text */
  function romaji(text) {
    let out = "";
    for (let at = 0; at < text.length; ) {
      const size = KANA.has(text.slice(at, at + 2)) ? 2 : 1;
      out += KANA.get(text.slice(at, at + size)) ?? text[at];
      at += size;
    }
    out = out.replace(/っ(.)/g, "$1$1").replaceAll("っ", "");
    for (const [one, other] of TYPED) out = out.replaceAll(one, other);
    return out.replace(/nn(?![aeiouy])/g, "n");
  }

  /** The words of the pages by their readings. */
  class Readings {
    /** @type {Map<string, string[]>} */
    words = new Map();
    /** @type {Map<string, string[]>} */
    suffixes = new Map();
    /** @type {Set<string>} pairs of letters */
    #pairs = new Set();
    /** @param {string} file */
    constructor(file) {
      for (const line of file.split("\n").filter(Boolean)) {
        const [key, text] = line.split("\t");
        const words = text.split(" ");
        if (key.startsWith("-")) this.suffixes.set(key.slice(1), words);
        else if (key !== "=") this.words.set(key, words);
        for (const pair of words.flatMap(lettersOf)) this.#pairs.add(pair);
      }
    }
    /** Whether the pages have all pairs of letters of a word. @param {string} word */
    has(word) {
      return lettersOf(word).every((pair) => this.#pairs.has(pair));
    }
    /** Those of some words that are there, each once. @param {string[]} words @param {number} most */
    there(words, most) {
      return [...new Set(words)].filter((word) => this.has(word)).slice(0, most);
    }
    /** The words whose reading begins so, the shortest first. @param {string} run */
    longer(run) {
      if (run.length < LEAST) return [];
      const keys = [...this.words.keys()].filter((key) => key !== run && key.startsWith(run));
      keys.sort((a, b) => a.length - b.length || kbText.compare(a, b));
      return this.there(
        keys.flatMap((key) => this.words.get(key) ?? []),
        MOST_LONGER,
      );
    }
    /** The end of the longest reading of words that are there, and those. @param {string} run @param {number} at */
    first(run, at) {
      for (let end = run.length; end >= at + LEAST; end -= 1) {
        const words = this.there(this.words.get(run.slice(at, end)) ?? [], MOST_SAME);
        if (words.length) return { end, words };
      }
      return { end: at, words: [] };
    }
    /**
     * The end of what ends the words, and the longer words; both as they are if nothing does.
     * @param {string} run
     * @param {{ end: number, words: string[] }} known
     */
    withSuffix(run, { end: at, words }) {
      for (let end = Math.min(run.length, at + LONGEST_SUFFIX); end > at; end -= 1) {
        const endings = this.suffixes.get(run.slice(at, end)) ?? [];
        const all = words.flatMap((one) => endings.map((two) => one + two));
        const longer = this.there(all, MOST_SAME);
        if (longer.length) return { end, words: longer };
      }
      return { end: at, words };
    }
  }
  /** @param {string} word */
  const lettersOf = (word) =>
    Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));

  /**
   * The words that a run in Latin letters may be: all of it is a word, or the beginning of one; else
   * it is words one after another, with endings and particles.
   * @param {string} run
   * @param {Readings} table
   * @returns {Read[]}
   */
  function readAs(run, table) {
    const same = table.there(table.words.get(run) ?? [], MOST_SAME);
    const longer = table.longer(run).filter((word) => !same.includes(word));
    const found = [
      ...same.map((word) => ({ word, isWhole: true })),
      ...longer.map((word) => ({ word, isWhole: false })),
    ];
    return found.length ? found : inARow(run, table).map((word) => ({ word, isWhole: true }));
  }
  /** @param {string} run @param {Readings} table */
  function inARow(run, table) {
    const found = [];
    for (let at = 0; at < run.length; ) {
      const first = table.first(run, at);
      if (!first.words.length) break;
      const { end, words } = table.withSuffix(run, first);
      found.push(...words);
      at = end + (PARTICLES.find((one) => run.startsWith(one, end))?.length ?? 0);
    }
    return found;
  }

  /** @type {WeakMap<Index, Promise<Readings>>} */
  const opened = new WeakMap();
  /**
   * The words that a run may be, as far as the pages have them, whatever language they are in.
   * @param {Index} index
   * @param {string} run
   */
  async function wordsOf(index, run) {
    if (!index.meta.readings) return []; // no page has a word of the table: one file less
    const readings =
      opened.get(index) ?? index.text("readings.tsv").then((file) => new Readings(file));
    readings.catch(() => opened.delete(index)); // asked for again with the next query
    opened.set(index, readings);
    return readAs(run, await readings);
  }

  /**
   * Terms for the pages with a word in kanji that was typed as it sounds.
   * @param {Index} index
   * @param {string} run
   */
  async function termsOf(index, run) {
    const words = await wordsOf(index, run);
    const all = await Promise.all(words.map((read) => weighed(index, read)));
    /** @type {Map<string, number>} */
    const weights = new Map();
    for (const [term, weight] of all.flat()) weights.set(term, weights.get(term) ?? weight);
    return [...weights];
  }
  /**
   * The terms of a word, and one more for where it stands as it is.
   * @param {Index} index
   * @param {Read} read
   * @returns {Promise<[string, number][]>}
   */
  async function weighed(index, { word, isWhole }) {
    const having = await kbSearchPhrases.having(index, word);
    if (!having.length) return [];
    const weight = isWhole ? 1 : LONGER_WEIGHT;
    return [
      ...[...kbQueryTerms.queryTerms(word)].map(([term, own]) => pairOf(term, own * weight)),
      pairOf(index.termFor(word, having), LIFTED_WEIGHT * weight),
    ];
  }
  /** @param {string} term @param {number} weight @returns {[string, number]} */
  const pairOf = (term, weight) => [term, weight];

  return { Readings, isRomaji, readAs, romaji, speltIn, termsOf };
})();
