// The index that search/browser_index.py makes, read file by file as a query wants them.
"use strict";

const kbIndex = (() => {
  const { compare } = kbText;
  const { Bytes, NO_POSTINGS, ONCE, mergedPostings, unpacked } = kbPostings;
  const RARITY = 1.1; // the power of a term's inverse document frequency
  const MAX_EXPANSION = 30;
  const MAX_FILES = 4; // of terms that begin alike: a search must not fetch the whole index

  /** The pages of an index: how long each is, and in which language. */
  class Pages {
    /** @type {number[]} */
    languages = [];
    /** @type {Record<KbIndexField, number[]>} */
    lengths = { text: [], title: [], heading: [] };
    /**
     * @param {KbIndexMeta} meta
     * @param {InstanceType<typeof Bytes>} bytes
     */
    constructor(meta, bytes) {
      for (let number = 0; number < meta.count; number += 1) {
        this.languages.push(bytes.byte());
        this.lengths.text.push(bytes.number());
        this.lengths.title.push(bytes.number());
        this.lengths.heading.push(bytes.number());
      }
      const average = (/** @type {number[]} */ sizes) =>
        sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, meta.count) || 1;
      const { text, title, heading } = this.lengths;
      this.average = { text: average(text), title: average(title), heading: average(heading) };
    }
  }

  /** An open index. Each file of it is fetched once, when a query wants it. */
  class Index {
    /** @type {Map<number, Promise<Map<string, KbIndexTerm>>>} */
    #shards = new Map();
    /** @type {Map<string, KbPostings>} */
    #postings = new Map();
    /** @type {Map<number, Promise<KbIndexRow[]>>} */
    #rows = new Map();
    /**
     * @param {URL} base
     * @param {KbIndexMeta} meta
     * @param {Pages} pages
     */
    constructor(base, meta, pages) {
      this.base = base;
      this.meta = meta;
      this.pages = pages;
    }
    /**
     * The language of a page.
     * @param {number} number
     */
    language(number) {
      return this.meta.languages[this.pages.languages[number]];
    }
    /** The file that a term would be in. @param {string} term */
    #shardOf(term) {
      let [low, high] = [0, this.meta.shards.length];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (compare(this.meta.shards[middle], term) <= 0) low = middle + 1;
        else high = middle;
      }
      return Math.max(0, low - 1);
    }
    /** @param {number} number */
    #shard(number) {
      return once(this.#shards, number, async () =>
        termsOf(new Bytes(await fetchBytes(this.base, `t${number}.bin`))),
      );
    }
    /** @param {string} term */
    async entry(term) {
      if (!this.meta.shards.length) return;
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
      const numbers = [...shards.keys()].slice(start, start + MAX_FILES);
      const last = numbers.findIndex(
        (number) => compare(shards[number], prefix) > 0 && !shards[number].startsWith(prefix),
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
      const term = kbTokens.MARK + name.replace(kbTokens.MARK, "");
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
          if (!(term.startsWith(prefix) && term.endsWith(kbTokens.MARK))) continue;
          found.set(term.slice(0, -1), new TextDecoder().decode(raw).split(" "));
        }
      }
      return found;
    }
    /** A file of JSON beside the index. @param {string} name */
    file(name) {
      return fetchJson(this.base, name);
    }
    /** What is shown of a page. @param {number} number */
    async row(number) {
      const { shown } = this.meta;
      const file = Math.floor(number / shown);
      const rows = await once(this.#rows, file, () => fetchJson(this.base, `d${file}.json`));
      return rows[number % shown];
    }
  }

  /**
   * The value that was asked for before, or a new one; one that fails is asked for again.
   * @template Key, Value
   * @param {Map<Key, Promise<Value>>} known
   * @param {Key} key
   * @param {() => Promise<Value>} load
   */
  function once(known, key, load) {
    const value =
      known.get(key) ??
      load().catch((error) => {
        known.delete(key);
        throw error;
      });
    known.set(key, value);
    return value;
  }
  /**
   * @param {URL} base
   * @param {string} name
   */
  async function fetched(base, name) {
    const answer = await fetch(new URL(name, base));
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer;
  }
  /**
   * @param {URL} base
   * @param {string} name
   */
  const fetchBytes = async (base, name) =>
    new Uint8Array(await (await fetched(base, name)).arrayBuffer());
  /**
   * @param {URL} base
   * @param {string} name
   */
  const fetchJson = async (base, name) => (await fetched(base, name)).json();

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
    once(opened, String(base), async () => {
      /** @type {[KbIndexMeta, Uint8Array]} */
      const [meta, pages] = await Promise.all([
        fetchJson(base, "meta.json"),
        fetchBytes(base, "docs.bin"),
      ]);
      return new Index(base, meta, new Pages(meta, new Bytes(pages)));
    });

  return { open };
})();
