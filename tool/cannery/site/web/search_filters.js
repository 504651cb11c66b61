// What a search filters by: the file filters.json that search/browser_filters.py makes, fetched when
// a query has a filter, or may have one.
"use strict";

const kbSearchFilters = (() => {
  const { fold } = kbSearchQuery;
  /** @typedef {Awaited<ReturnType<typeof kbIndex.open>>} Index */
  /** @typedef {Record<string, Record<string, number[]>>} Fields gaps between numbers of pages */

  /** The values that pages have, and the pages that have each. */
  class Filters {
    /** @type {Set<string>} */
    #dashed;
    /** @type {Fields} */
    #fields;
    /** @param {{ fields: Fields, dashed: string[], titles: string[] }} file */
    constructor({ fields, dashed, titles }) {
      /** The words of titles, sorted. */
      this.titles = titles;
      this.#fields = fields;
      this.#dashed = new Set(dashed);
    }
    /** @param {string} field @param {string} value */
    #gaps(field, value) {
      const values = Object.hasOwn(this.#fields, field) ? this.#fields[field] : {};
      return Object.hasOwn(values, value) ? values[value] : [];
    }
    /** Whether any page has a value. @param {string} field @param {string} value */
    has(field, value) {
      return this.#gaps(field, value).length > 0;
    }
    /** The numbers of the pages with a value. @param {string} field @param {string} value */
    pages(field, value) {
      let number = 0;
      return new Set(
        this.#gaps(field, value).map((gap) => {
          number += gap;
          return number;
        }),
      );
    }
    /**
     * Whether pages have an exclusion with its dash, as `tar -xzf`; all have a stop word.
     * @param {string} piece
     */
    isText(piece) {
      const [, word = ""] = /^-([\p{L}\p{N}_]+)/u.exec(fold(piece)) ?? [];
      return kbTokens.isStopWord(piece.replace(/^-+/, "").toLowerCase()) || this.#dashed.has(word);
    }
  }

  /** @type {WeakMap<Index, Promise<Filters>>} */
  const opened = new WeakMap();
  /** @param {Index} index @returns {Promise<Filters>} */
  function open(index) {
    const known = opened.get(index);
    if (known) return known;
    const filters = index.file("filters.json").then((file) => new Filters(file));
    filters.catch(() => opened.delete(index)); // asked for again with the next query
    opened.set(index, filters);
    return filters;
  }

  /**
   * What a query may mean: as it was typed, then without its phrases, then without its filters.
   * @param {Index} index
   * @param {string} text
   * @param {Record<string, string[]>} own filters that were chosen beside it
   * @returns {Promise<KbQuery[]>}
   */
  async function readings(index, text, own) {
    if (!kbSearchQuery.hasSyntax(text))
      return withoutPhrases(kbSearchQuery.parse(text, own, no, no));
    const filters = await open(index);
    const has = (/** @type {string} */ field, /** @type {string} */ value) =>
      isNamed(index, field, value) || filters.has(field, value);
    const named = (/** @type {string} */ field, /** @type {string} */ value) =>
      isNamed(index, field, value);
    const isText = (/** @type {string} */ piece) => filters.isText(piece);
    const typed = kbSearchQuery.parse(text, own, has, isText);
    const words = kbSearchQuery.parse(text, own, named, isText);
    const hasOthers = JSON.stringify(words.filters) !== JSON.stringify(typed.filters);
    return [...withoutPhrases(typed), ...(hasOthers ? [{ ...words, phrases: [] }] : [])];
  }
  const no = () => false;
  /** @param {KbQuery} typed */
  const withoutPhrases = (typed) =>
    typed.phrases.length ? [typed, { ...typed, phrases: [], lifted: typed.phrases }] : [typed];

  const KINDS = ["article", "macro", "part"];
  const STATES = ["draft", "published", "retired"];
  /**
   * What is a filter, found or not.
   * @param {Index} index
   * @param {string} field
   * @param {string} value
   */
  function isNamed(index, field, value) {
    if (field === "kind") return KINDS.includes(value);
    if (field === "status") return STATES.includes(value);
    return field === "language" && index.meta.languages.includes(value);
  }

  /**
   * The pages that a query's filters and phrases let through; none where it has neither.
   * @param {Index} index
   * @param {KbQuery} asked
   */
  async function allowed(index, { filters, phrases }) {
    const fields = Object.entries(filters);
    const known = fields.length ? await open(index) : undefined;
    const passing = fields.map(
      ([field, values]) =>
        new Set(values.flatMap((value) => [...(known?.pages(field, fold(value)) ?? [])])),
    );
    const having = await Promise.all(
      phrases.map((phrase) => kbSearchPhrases.having(index, phrase)),
    );
    const [first, ...others] = [...passing, ...having.map((numbers) => new Set(numbers))];
    if (!first) return;
    return new Set([...first].filter((number) => others.every((pages) => pages.has(number))));
  }
  /**
   * The pages with a word that was excluded.
   * @param {Index} index
   * @param {KbQuery} asked
   */
  async function refused(index, { without }) {
    const all = await Promise.all(without.map((words) => kbSearchPhrases.havingAll(index, words)));
    return new Set(all.flat());
  }

  return { allowed, open, readings, refused };
})();
