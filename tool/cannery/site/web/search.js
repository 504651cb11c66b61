// The site's search: the index that search/browser_index.py makes, ranked as `kb find` ranks.
"use strict";

(() => {
  const { crc32, isLone, isPlaced, pairsAsTheyStand, queryTerms } = cannery.analysis;
  const COVERAGE = 0.3;
  const RARITY = 1.1;
  const MORE = [["title", 0.5], ["heading", 0.2]];
  const SYNONYM_WEIGHT = 0.5;
  const PREFIX_WEIGHT = 0.4;
  const TYPO_WEIGHT = 0.6;
  const LONE_WEIGHT = 0.5;
  const TYPO_CUTOFF = 0.75;
  const OWN_LANGUAGE = 1.5; // of a page in the reader's language
  const MAX_EXPANSION = 30;
  const MAX_TERMS = 64;
  const MAX_FILES = 4; // of terms that begin alike: a search must not fetch the whole index
  const MAX_CHARS = 500;

  const compare = (a, b) => {
    const [one, two] = [[...a], [...b]];
    for (let at = 0; at < Math.min(one.length, two.length); at += 1) {
      if (one[at] !== two[at]) return one[at].codePointAt(0) - two[at].codePointAt(0);
    }
    return one.length - two.length;
  };

  /** Reads numbers of seven bits a byte, the lowest first. */
  class Bytes {
    constructor(data) {
      this.data = data;
      this.at = 0;
    }
    number() {
      let value = 0;
      let factor = 1;
      for (;;) {
        const byte = this.data[this.at];
        this.at += 1;
        value += (byte & 127) * factor;
        if (byte < 128) return value;
        factor *= 128;
      }
    }
    take(size) {
      this.at += size;
      return this.data.subarray(this.at - size, this.at);
    }
  }

  /** An index below an address. Each file of it is fetched once, when a query wants it. */
  class Index {
    constructor(base) {
      this.base = base;
      this.files = new Map();
      this.lists = new Map();
    }
    async load(name) {
      if (!this.files.has(name)) {
        this.files.set(name, fetch(new URL(name, this.base)).then((answer) => {
          if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
          return name.endsWith(".json") ? answer.json() : answer.arrayBuffer().then((data) => new Uint8Array(data));
        }).catch((error) => {
          this.files.delete(name); // the next search asks again
          throw error;
        }));
      }
      return this.files.get(name);
    }
    async open() {
      const [meta, docs] = await Promise.all([this.load("meta.json"), this.load("docs.bin")]);
      if (this.meta) return;
      const bytes = new Bytes(docs);
      this.lengths = { text: [], title: [], heading: [] };
      this.languages = [];
      for (let number = 0; number < meta.count; number += 1) {
        this.languages.push(meta.languages[bytes.data[bytes.at]]);
        bytes.at += 1;
        for (const field of ["text", "title", "heading"]) this.lengths[field].push(bytes.number());
      }
      this.average = Object.fromEntries(Object.entries(this.lengths).map(([field, all]) =>
        [field, all.reduce((sum, size) => sum + size, 0) / Math.max(1, meta.count) || 1]));
      this.meta = meta;
    }
    shardOf(term) {
      let [low, high] = [0, this.meta.shards.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (compare(this.meta.shards[middle], term) <= 0) low = middle + 1;
        else high = middle;
      }
      return Math.max(0, low - 1);
    }
    async shard(number) {
      const key = `t${number}.bin`;
      if (!this.lists.has(key)) {
        const bytes = new Bytes(await this.load(key));
        const found = new Map();
        const decoder = new TextDecoder();
        while (bytes.at < bytes.data.length) {
          const term = decoder.decode(bytes.take(bytes.number()));
          const frequency = bytes.number();
          found.set(term, { frequency, raw: bytes.take(bytes.number()) });
        }
        this.lists.set(key, found);
      }
      return this.lists.get(key);
    }
    async entry(term) {
      return this.meta.shards.length ? (await this.shard(this.shardOf(term))).get(term) : undefined;
    }
    /** The terms that begin so, and are longer, with how many pages have each. */
    async beginning(prefix) {
      const found = [];
      const start = this.shardOf(prefix);
      for (let number = start; number < Math.min(this.meta.shards.length, start + MAX_FILES); number += 1) {
        const first = this.meta.shards[number];
        if (compare(first, prefix) > 0 && !first.startsWith(prefix)) break;
        for (const [term, { frequency }] of await this.shard(number)) {
          if (term !== prefix && term.startsWith(prefix)) found.push([term, frequency]);
        }
      }
      return found;
    }
    async likely(prefix) {
      const found = (await this.beginning(prefix)).sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
      return found.slice(0, MAX_EXPANSION).map(([term]) => term);
    }
    async postings(term) {
      const entry = await this.entry(term);
      if (!entry) return { frequency: 0, list: [], title: 0, heading: 0 };
      if (!entry.list) Object.assign(entry, unpacked(entry, isPlaced(term)));
      return entry;
    }
  }
  function unpacked({ raw, frequency }, placed) {
    const bytes = new Bytes(raw);
    const list = [];
    let [number, title, heading] = [-1, 0, 0];
    for (let at = 0; at < frequency; at += 1) {
      number += bytes.number() + 1;
      const packed = bytes.number();
      const item = { number, text: Math.floor(packed / 4), title: 0, heading: 0, places: [] };
      if (packed & 2) item.title = bytes.number();
      if (packed & 1) item.heading = bytes.number();
      if (placed) {
        let place = 0;
        for (let count = bytes.number(); count > 0; count -= 1) item.places.push((place += bytes.number()));
      }
      title += Number(item.title > 0);
      heading += Number(item.heading > 0);
      list.push(item);
    }
    return { list, title, heading };
  }

  /** How alike two words are, from 0 to 1: twice the letters in common over all letters. */
  function likeness(a, b) {
    return (2 * common(a, b)) / (a.length + b.length);
  }
  function common(a, b) {
    let [size, from, to] = [0, 0, 0];
    for (let i = 0; i < a.length; i += 1) {
      for (let j = 0; j < b.length; j += 1) {
        let k = 0;
        while (i + k < a.length && a[i + k] === b[j + k]) k += 1;
        if (k > size) [size, from, to] = [k, i, j];
      }
    }
    return size ? size + common(a.slice(0, from), b.slice(0, to)) + common(a.slice(from + size), b.slice(to + size)) : 0;
  }

  async function instead(index, term, weight) {
    if (term.length < 2 || !/^[\x00-\x7f]*$/.test(term)) return [];
    const begun = await index.likely(term);
    if (begun.length) return begun.map((other) => [other, weight * PREFIX_WEIGHT]);
    if (term.length < 4) return [];
    const alike = (await index.beginning(term.slice(0, 2)))
      .map(([other]) => other)
      .filter((other) => Math.abs(other.length - term.length) <= 1 && /^[a-z0-9]+$/.test(other))
      .map((other) => [other, likeness(term, other)])
      .filter(([, same]) => same >= TYPO_CUTOFF)
      .sort((a, b) => b[1] - a[1]);
    return alike.slice(0, 3).map(([other]) => [other, weight * TYPO_WEIGHT]);
  }

  /** The weights, and the terms that the last word may become while it is typed. */
  async function unfinished(index, words, weights) {
    const last = /(?<![a-z0-9])[a-z0-9]+$/.exec(words.normalize("NFKC").toLowerCase())?.[0];
    if (!last) return;
    const least = Math.max(last.length - 3, 2); // one letter begins too many words to fetch them
    for (let end = last.length; end >= least; end -= 1) {
      const prefix = last.slice(0, end);
      const begun = await index.likely(prefix);
      if (begun.length) return begun.forEach((term) => weights.has(term) || weights.set(term, PREFIX_WEIGHT));
      if (await index.entry(prefix)) return weights.has(prefix) || weights.set(prefix, PREFIX_WEIGHT);
    }
  }

  /** The words of the team's groups that mean the same as something in the query. */
  function synonymsOf(index, words) {
    const said = words.normalize("NFKC").toLowerCase();
    const found = new Set();
    const known = (text) => (index.meta.synonyms[crc32(text)] ?? []).forEach((word) => found.add(word));
    const plain = said.split(/[^\p{L}\p{N}_.@/+-]+/u).filter(Boolean);
    for (let start = 0; start < plain.length; start += 1) {
      for (let end = start + 1; end <= Math.min(plain.length, start + 4); end += 1) known(plain.slice(start, end).join(" "));
    }
    for (const run of said.match(/[^\x00-\x7f]+/g) ?? []) {
      for (let start = 0; start < run.length; start += 1) {
        for (let end = start + 1; end <= Math.min(run.length, start + 12); end += 1) known(run.slice(start, end));
      }
    }
    return found;
  }

  async function weightsOf(index, words) {
    const weights = queryTerms(words);
    const all = [...weights];
    await Promise.all(all.map(([term]) => index.entry(term))); // their files, side by side
    const unknown = [];
    for (const [term] of all) if (!(await index.entry(term))) unknown.push(term);
    const giveLittle = 2 * unknown.length >= all.length;
    for (const [term, weight] of all) {
      if (isLone(term)) for (const other of await index.likely(term)) weights.set(other, weight * LONE_WEIGHT);
      else if (unknown.includes(term) && giveLittle) {
        for (const [other, less] of await instead(index, term, weight)) weights.set(other, less);
      }
    }
    await unfinished(index, words, weights);
    for (const word of synonymsOf(index, words)) {
      for (const [term, weight] of queryTerms(word)) if (!weights.has(term)) weights.set(term, weight * SYNONYM_WEIGHT);
    }
    return weights;
  }

  function shape(terms) {
    const share = Math.min(Math.max((terms - 4) / 16, 0), 1);
    return [1.5 + 0.7 * share, 0.25 + 0.65 * share];
  }

  /** Scores by page number. */
  async function scored(index, weights) {
    const idf = (frequency) => (frequency ? Math.log(1 + (index.meta.count - frequency + 0.5) / (frequency + 0.5)) : 0);
    const found = await Promise.all([...weights].map(async ([term, weight]) => ({ weight, ...(await index.postings(term)) })));
    const telling = found
      .map((item) => ({ ...item, value: item.weight * idf(item.frequency) ** RARITY }))
      .filter((item) => item.value > 0)
      .sort((a, b) => b.value - a.value)
      .slice(0, MAX_TERMS);
    const [k1, b] = shape(telling.length);
    const rest = COVERAGE / (telling.reduce((sum, item) => sum + item.value, 0) || 1);
    const norm = (field, number, one, two) => one * (1 - two) + (one * two * index.lengths[field][number]) / index.average[field];
    const scores = new Map();
    for (const item of telling) {
      for (const row of item.list) {
        const known = scores.get(row.number) ?? { sum: 0, met: 1 - COVERAGE };
        known.sum += (item.value * row.text) / (row.text + norm("text", row.number, k1, b));
        known.met += rest * item.value;
        for (const [field, weight] of MORE) {
          if (row[field]) known.sum += (idf(item[field]) * item.weight * weight * row[field]) / (row[field] + norm(field, row.number, 1.2, 0.75));
        }
        scores.set(row.number, known);
      }
    }
    return new Map([...scores].map(([number, { sum, met }]) => [number, sum * met]));
  }

  /** The pages where a Japanese word stands as it is: its pairs of letters, side by side. */
  async function standing(index, pairs) {
    let there = null;
    for (const [at, pair] of pairs.entries()) {
      const { list } = await index.postings(pair);
      const now = new Map(list.map((row) => [row.number, new Set(row.places.map((place) => place - at))]));
      if (there) {
        for (const [number, starts] of now) {
          const both = new Set([...starts].filter((start) => there.get(number)?.has(start)));
          if (both.size) now.set(number, both);
          else now.delete(number);
        }
      }
      there = now;
    }
    return there ?? new Map();
  }

  const opened = new Map();
  /**
   * The best pages: address, entry, title, lead, language, kind; and how many there are.
   * Rejects where the index does not answer.
   */
  async function search(base, query, language, limit = 10) {
    const { index, scores } = await matched(base, query);
    const better = ([number, score]) => [number, index.languages[number] === language ? score * OWN_LANGUAGE : score];
    const ranked = [...scores].map(better).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return shown(index, ranked, language, limit);
  }
  /** The pages that a query finds, with their scores. */
  async function matched(base, query) {
    if (!opened.has(String(base))) opened.set(String(base), new Index(base));
    const index = opened.get(String(base));
    await index.open();
    const words = query.slice(0, MAX_CHARS).replace(/["“”「」]/g, " ").trim();
    if (!words) return { index, scores: new Map() };
    const scores = await scored(index, await weightsOf(index, words));
    const pairs = pairsAsTheyStand(words);
    const there = pairs.length ? await standing(index, pairs) : new Map();
    return { index, scores: there.size ? new Map([...scores].filter(([number]) => there.has(number))) : scores };
  }
  /** Each entry once, in the reader's language where that page was found too. */
  async function shown(index, ranked, language, limit) {
    const { shown: size } = index.meta;
    const hits = new Map();
    const wanted = Math.min(ranked.length, limit * 3);
    const best = ranked.slice(0, wanted);
    await Promise.all([...new Set(best.map(([number]) => Math.floor(number / size)))].map((file) => index.load(`d${file}.json`)));
    for (const [number, score] of best) {
      const [address, entry, title, lead, own, kind] = (await index.load(`d${Math.floor(number / size)}.json`))[number % size];
      const known = hits.get(entry);
      if (known && (known.language === language || own !== language)) continue;
      hits.set(entry, { address, entry, title, lead, language: own, kind, score: Math.max(score, known?.score ?? 0) });
    }
    const all = [...hits.values()].sort((a, b) => b.score - a.score);
    return { total: ranked.length, hits: all.slice(0, limit) };
  }

  /** The addresses of all pages that a query finds, in no order. */
  async function standingPages(base, query) {
    const { index, scores } = await matched(base, query);
    const { shown: size } = index.meta;
    const row = async (number) => (await index.load(`d${Math.floor(number / size)}.json`))[number % size];
    return Promise.all([...scores.keys()].map(async (number) => (await row(number))[0]));
  }

  cannery.search = { search, standingPages };
})();
