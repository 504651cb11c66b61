// The index that search/browser_index.py makes, read file by file as a query wants them.
"use strict";

const kbIndex = (() => {
  const { compare } = kbText;
  const { fetchBytes, fetchJson, fetchText, lastBefore, once } = kbSearchFiles;
  const { MARK, asKatakana } = kbTokens;
  const { Bytes, NO_POSTINGS, ONCE, mergedPostings, unpacked } = kbPostings;
  const RARITY = 1.1; // the power of a term's inverse document frequency
  const MAX_EXPANSION = 30;
  const MAX_FILES = 4; // of terms that begin alike: a search must not fetch the whole index

  /** An open index. Each file of it is fetched once, when a query wants it. */
  class Index {
    /** @type {Map<number, Promise<Map<string, KbIndexTerm>>>} */
    #shards = new Map();
    /** @type {Map<string, KbPostings>} */
    #postings = new Map();
    /**
     * @param {URL} base
     * @param {KbIndexMeta} meta
     */
    constructor(base, meta) {
      this.base = base;
      this.meta = meta;
      this.pages = new kbSearchPages.Pages(base, meta);
    }
    /** The file that a term would be in. @param {string} term */
    #shardOf(term) {
      const key = keyOf(term);
      return lastBefore(this.meta.shards, (first) => compare(first, key) > 0);
    }
    /** @param {number} number */
    #shard(number) {
      const name = `t-${hexOf(this.meta.shards[number])}.bin`;
      return once(this.#shards, number, async () =>
        termsOf(new Bytes(await fetchBytes(this.base, name))),
      );
    }
    /** @param {string} term */
    async entry(term) {
      if (!(term && this.meta.shards.length)) return;
      return (await this.#shard(this.#shardOf(term))).get(term);
    }
    /** How many pages have a term in their text. @param {string} term */
    async frequency(term) {
      return (await this.entry(term))?.frequency ?? 0;
    }
    /**
     * The terms that begin so, and are longer, with how many pages have each.
     * @param {string} prefix
     */
    async beginning(prefix) {
      return (await this.#shardsOf(prefix))
        .flatMap((terms) => [...terms])
        .filter(([term, { frequency }]) => frequency && term !== prefix && term.startsWith(prefix))
        .map(([term, { frequency }]) => ({ term, frequency }));
    }
    /** The files with terms that begin so. @param {string} prefix */
    #shardsOf(prefix) {
      const { shards } = this.meta;
      const start = this.#shardOf(prefix);
      const key = keyOf(prefix);
      const numbers = [...shards.keys()].slice(start, start + MAX_FILES);
      const last = numbers.findIndex(
        (number) => compare(shards[number], key) > 0 && !shards[number].startsWith(key),
      );
      const wanted = last < 0 ? numbers : numbers.slice(0, last);
      return Promise.all(wanted.map((number) => this.#shard(number)));
    }
    /** The most frequent of those. @param {string} prefix */
    async likely(prefix) {
      const terms = await this.beginning(prefix);
      terms.sort((a, b) => b.frequency - a.frequency || compare(a.term, b.term));
      return terms.slice(0, MAX_EXPANSION).map(({ term }) => term);
    }
    /** @param {string} term @returns {Promise<KbPostings>} */
    async postings(term) {
      const known = this.#postings.get(term);
      if (known) return known;
      const entry = await this.entry(term);
      const postings = entry ? unpacked(entry, kbTokens.isPlaced(term)) : NO_POSTINGS;
      this.#postings.set(term, postings);
      return postings;
    }
    /**
     * Make a term that stands once in each of the pages, as long as the index is open.
     * @param {string} words
     * @param {number[]} numbers
     */
    termFor(words, numbers) {
      const term = ` ${words}`; // no term of a text has a blank
      const list = numbers.map((number) => ({ ...ONCE, number }));
      this.#postings.set(term, { list, frequency: list.length, title: 0, heading: 0 });
      return term;
    }
    /**
     * How much a match tells of what stands in so many pages.
     * @param {number} frequency
     */
    rarity(frequency) {
      if (!frequency) return 0;
      return Math.log(1 + (this.meta.count - frequency + 0.5) / (frequency + 0.5));
    }
    /**
     * Make a term that stands wherever one of several does, but for pages that have it in another
     * way; `share`: how much it would tell if it stood there too, as a share of what it tells.
     * @param {string} name
     * @param {KbPostings[]} lists
     * @param {Set<number>} without
     */
    termForAny(name, lists, without) {
      const term = MARK + name.replace(MARK, "");
      const postings = mergedPostings(lists, without);
      this.#postings.set(term, postings);
      const own = this.rarity(postings.frequency);
      const all = this.rarity(postings.frequency + without.size);
      return { term, share: own ? (all / own) ** RARITY : 0 };
    }
    /**
     * The stems of the English words of katakana that begin so, by katakana.
     * @param {string} prefix
     * @returns {Promise<Map<string, string[]>>}
     */
    async loanWords(prefix) {
      const found = new Map();
      for (const terms of await this.#shardsOf(prefix)) {
        for (const [term, { raw }] of terms) {
          if (!(term.startsWith(prefix) && term.endsWith(MARK))) continue;
          found.set(term.slice(0, -1), new TextDecoder().decode(raw).split(" "));
        }
      }
      return found;
    }
    /** A file of JSON beside the index. @param {string} name */
    file(name) {
      return fetchJson(this.base, name);
    }
    /** A file of text beside the index. @param {string} name */
    text(name) {
      return fetchText(this.base, name);
    }
    /** The numbers of the pages with a shortcut, in whatever letters. @param {string} shortcut */
    async withShortcut(shortcut) {
      const entry = await this.entry(`!${kbText.foldName(shortcut)}`);
      return new Set(entry ? numbersOf(new Bytes(entry.raw)) : []);
    }
  }

  /** What a term is sorted by. @param {string} term */
  const keyOf = (term) => asKatakana(term.endsWith(MARK) ? term.slice(0, -1) : term);
  /** @param {string} text */
  const hexOf = (text) =>
    [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  /** @param {InstanceType<typeof Bytes>} bytes */
  function numbersOf(bytes) {
    const numbers = [];
    let number = -1;
    while (!bytes.isAtEnd()) {
      number += bytes.number() + 1;
      numbers.push(number);
    }
    return numbers;
  }

  /** @param {InstanceType<typeof Bytes>} bytes */
  function termsOf(bytes) {
    /** @type {Map<string, KbIndexTerm>} */
    const terms = new Map();
    const decoder = new TextDecoder();
    while (!bytes.isAtEnd()) {
      const term = decoder.decode(bytes.take(bytes.number()));
      const frequency = bytes.number();
      terms.set(term, { frequency, raw: bytes.take(bytes.number()) });
    }
    return terms;
  }
  /** @type {Map<string, Promise<Index>>} */
  const opened = new Map();
  /** The index below an address. Rejects if it does not answer. @param {URL} base */
  const open = (base) =>
    once(opened, String(base), async () => new Index(base, await fetchJson(base, "root.json")));

  return { open };
})();
