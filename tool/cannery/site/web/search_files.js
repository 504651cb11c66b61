// The files of the search's index: each is fetched once, when a query wants it.
"use strict";

const kbSearchFiles = (() => {
  const IS_DISK = location.protocol === "file:";
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
   * The bytes of a file that is a script, since a browser fetches nothing from a disk: see
   * site/offline.py.
   * @param {URL} base
   * @param {string} name
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  const fromDisk = (base, name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`${name}.js`, base).href;
      script.addEventListener("error", () => reject(new Error(`${name}: not there`)));
      script.addEventListener("load", () => {
        const text = globalThis.kbFiles?.[name] ?? "";
        resolve(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
      });
      document.head.append(script);
    });
  /**
   * @param {URL} base
   * @param {string} name
   */
  async function fetched(base, name) {
    if (IS_DISK) return new Response(await fromDisk(base, name));
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
   * @param {URL} base
   * @param {string} name
   */
  const fetchText = async (base, name) => (await fetched(base, name)).text();
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

  /** The address of a page: from a disk, that of its file. @param {string} address */
  const pageAt = (address) => (IS_DISK ? address.replace(/\/?$/, "/index.html") : address);

  return { fetchBytes, fetchJson, fetchText, lastBefore, once, pageAt };
})();
