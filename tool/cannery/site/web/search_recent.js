// What a reader searched for before, in this browser alone.
"use strict";

const kbSearchRecent = (() => {
  const { browser } = kbStore;
  const NAME = "searches";
  const MOST = 5;
  const LONGEST = 80; // characters: more is pasted text, which may have names in it

  /** The last one first. */
  const all = () => browser.list(NAME).slice(0, MOST);
  /** @param {string} typed */
  function add(typed) {
    const query = typed.trim();
    if (query && query.length <= LONGEST) browser.add(NAME, query, MOST);
  }
  const clear = () => browser.set(NAME, null);

  return { add, all, clear };
})();
