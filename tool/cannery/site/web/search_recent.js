// What a reader searched for before, in this browser alone.
"use strict";

const kbSearchRecent = (() => {
  const NAME = "searches";
  const MOST = 5;
  const LONGEST = 80; // characters: more is pasted text, which may have names in it

  /** @returns {string[]} the last one first */
  function all() {
    const kept = kbStore.get(NAME);
    if (!Array.isArray(kept)) return [];
    return kept.filter((query) => typeof query === "string").slice(0, MOST);
  }
  /** @param {string} typed */
  function add(typed) {
    const query = typed.trim();
    if (!query || query.length > LONGEST) return;
    kbStore.set(NAME, [query, ...all().filter((other) => other !== query)].slice(0, MOST));
  }
  const clear = () => kbStore.set(NAME, []);

  return { add, all, clear };
})();
