// The pages of an index: their numbers are there from the start, what is shown of them and their
// texts are fetched for the pages that are found.
"use strict";

const kbSearchPages = (() => {
  const { fetchJson, lastBefore, once, pageAt } = kbSearchFiles;
  const LEAD = 160; // characters of a page that has no summary

  /** @param {string} text */
  const beginning = (text) =>
    kbText
      .words(text.slice(0, 2 * LEAD))
      .join(" ")
      .slice(0, LEAD);

  class Pages {
    /** @type {Map<number, Promise<KbStoredRow[]>>} */
    #rows = new Map();
    /** @type {Map<number, Promise<[summary: string, text: string][]>>} */
    #texts = new Map();
    /**
     * @param {URL} base
     * @param {KbIndexMeta} meta
     */
    constructor(base, meta) {
      this.base = base;
      this.meta = meta;
      const { text, title, heading } = meta.pages;
      this.lengths = { text, title, heading };
      const average = (/** @type {number[]} */ sizes) =>
        sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, meta.count) || 1;
      this.average = { text: average(text), title: average(title), heading: average(heading) };
      if (meta.rows) this.#rows.set(0, Promise.resolve(meta.rows));
    }
    /** The language of a page. @param {number} number */
    language(number) {
      return this.meta.languages[this.meta.pages.language[number]];
    }
    /** How many terms a query for its title has. @param {number} number */
    called(number) {
      return this.meta.pages.called[number];
    }
    /** The folder of its entry, such as `articles/net`. @param {number} number */
    folder(number) {
      return this.meta.folders[this.meta.pages.folder[number]][0];
    }
    /** `article` or `macro`. @param {number} number */
    kind(number) {
      return this.folder(number).split("/")[0] === "macros" ? "macro" : "article";
    }
    /** The first of the pages of the same entry. @param {number} number @returns {number} */
    entry(number) {
      const before = this.meta.pages.variant[number];
      return before ? this.entry(number - before) : number;
    }
    /**
     * The titles of the sections that a folder is in, from the outermost on.
     * @param {string} folder
     * @param {string} language
     */
    sections(folder, language) {
      const parts = folder.split("/");
      const paths = parts.slice(1).map((_, at) => parts.slice(0, at + 2).join("/"));
      const titles = new Map(this.meta.folders);
      return paths.map(
        (path, at) =>
          titles.get(path)?.[language] ?? Object.values(titles.get(path) ?? {})[0] ?? parts[at + 1],
      );
    }
    /** What is shown of some pages. @param {number[]} numbers @returns {Promise<KbIndexRow[]>} */
    rows(numbers) {
      return Promise.all(numbers.map((number) => this.#row(number)));
    }
    /** @param {number} number @returns {Promise<KbIndexRow>} */
    async #row(number) {
      const { roots, pages, shown } = this.meta;
      const file = Math.floor(number / shown);
      const rows = await once(this.#rows, file, () => fetchJson(this.base, `r${file}.json`));
      const [name, title, more = {}] = rows[number % shown];
      const folder = this.folder(number);
      const language = this.language(number);
      const entry = folder ? `${folder}/${name}` : name;
      return {
        number,
        entry,
        title,
        language,
        address: pageAt(more.address ?? `${roots[pages.language[number]]}${entry}/`),
        kind: more.kind ?? this.kind(number),
        sections: this.sections(folder, language),
        tags: more.tags ?? [],
        shortcut: more.shortcut ?? "",
      };
    }
    /**
     * The texts of some pages, without markup, and what is shown of each where no passage is.
     * @param {number[]} numbers
     * @returns {Promise<KbIndexText[]>}
     */
    texts(numbers) {
      return Promise.all(numbers.map((number) => this.#text(number)));
    }
    /** @param {number} number */
    async #text(number) {
      const { texts } = this.meta;
      const first = texts[lastBefore(texts, (start) => start > number)];
      const all = await once(this.#texts, first, () => fetchJson(this.base, `p${first}.json`));
      const [summary, text] = all[number - first];
      return { number, lead: summary || beginning(text), text };
    }
  }

  return { Pages };
})();
