// The files of the search's index: each is fetched once, when a query wants it.
"use strict";

const kbSearchFiles = (() => {
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
  /**
   * Where in a sorted list an item would be the last that is not behind it; 0 where all are behind.
   * @template Item
   * @param {Item[]} sorted
   * @param {(item: Item) => boolean} isBehind
   */
  function lastBefore(sorted, isBehind) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (isBehind(sorted[middle])) high = middle;
      else low = middle + 1;
    }
    return Math.max(0, low - 1);
  }

  return { fetchBytes, fetchJson, lastBefore, once };
})();
