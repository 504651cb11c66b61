// The macros that were used last in this browser, by their ids.
"use strict";

const kbRecents = (() => {
  const { browser } = kbStore;
  const NAME = "recent";
  const MOST = 6;

  /** The last one first. */
  const list = () => browser.list(NAME).slice(0, MOST);
  /** @param {string} id */
  const add = (id) => browser.add(NAME, id, MOST);

  return { add, list };
})();
