// The lists of where terms stand, as search/browser_index.py packs them.
"use strict";

const kbPostings = (() => {
  /** Reads numbers of seven bits a byte, the lowest first. */
  class Bytes {
    at = 0;
    /** @param {Uint8Array} data */
    constructor(data) {
      this.data = data;
    }
    number() {
      let value = 0;
      let factor = 1;
      while (true) {
        const byte = this.data[this.at];
        this.at += 1;
        value += (byte & 127) * factor;
        if (byte < 128) return value;
        factor *= 128;
      }
    }
    byte() {
      this.at += 1;
      return this.data[this.at - 1];
    }
    /** @param {number} size */
    take(size) {
      this.at += size;
      return this.data.subarray(this.at - size, this.at);
    }
    isAtEnd() {
      return this.at >= this.data.length;
    }
  }

  /** @type {KbPostings} */
  const NO_POSTINGS = { frequency: 0, list: [], title: 0, heading: 0 };
  const ONCE = { text: 1, title: 0, heading: 0, followers: [], places: [] };

  /**
   * @param {KbIndexTerm} term
   * @param {boolean} isPlaced whether the places in the text were written down
   */
  function unpacked({ raw, frequency }, isPlaced) {
    const bytes = new Bytes(raw);
    /** @type {KbPosting[]} */
    const list = [];
    let number = -1;
    while (!bytes.isAtEnd()) {
      number += bytes.number() + 1;
      list.push(postingOf(bytes, number, isPlaced));
    }
    const title = list.filter((item) => item.title > 0).length;
    const heading = list.filter((item) => item.heading > 0).length;
    return { frequency, list, title, heading };
  }
  /**
   * @param {Bytes} bytes
   * @param {number} number
   * @param {boolean} isPlaced
   * @returns {KbPosting}
   */
  function postingOf(bytes, number, isPlaced) {
    const packed = bytes.number();
    const title = packed & 2 ? bytes.number() : 0;
    const heading = packed & 1 ? bytes.number() : 0;
    const followers = packed & 4 ? followersOf(bytes) : [];
    const places = isPlaced ? placesOf(bytes) : [];
    return { number, text: Math.floor(packed / 8), title, heading, followers, places };
  }
  /** @param {Bytes} bytes */
  const followersOf = (bytes) =>
    Array.from({ length: bytes.number() }, () => bytes.byte() + 256 * bytes.byte());
  /** @param {Bytes} bytes */
  function placesOf(bytes) {
    const places = [];
    let place = 0;
    for (let count = bytes.number(); count > 0; count -= 1) {
      place += bytes.number();
      places.push(place);
    }
    return places;
  }
  /**
   * The postings of several terms as those of one, but for some pages.
   * @param {KbPostings[]} lists
   * @param {Set<number>} without
   * @returns {KbPostings}
   */
  function mergedPostings(lists, without) {
    /** @type {Map<number, KbPosting>} */
    const rows = new Map();
    for (const row of lists.flatMap(({ list }) => list)) {
      if (without.has(row.number)) continue;
      const { text, title, heading } = rows.get(row.number) ?? { ...ONCE, text: 0 };
      rows.set(row.number, {
        ...ONCE,
        number: row.number,
        text: text + row.text,
        title: title + row.title,
        heading: heading + row.heading,
      });
    }
    const all = [...rows.values()].sort((a, b) => a.number - b.number);
    const count = (/** @type {KbIndexField} */ field) => all.filter((row) => row[field]).length;
    return {
      list: all,
      frequency: count("text"),
      title: count("title"),
      heading: count("heading"),
    };
  }

  return { Bytes, NO_POSTINGS, ONCE, mergedPostings, unpacked };
})();
