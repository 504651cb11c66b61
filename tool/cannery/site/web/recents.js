// The macros that were used last in this browser, by their ids.
"use strict";

const kbRecents = (() => {
  const { browser } = kbStorage;
  const NAME = "recent";
  const MOST = 6;

  /** @returns {string[]} the last one first */
  function list() {
    const held = browser.json(NAME);
    return Array.isArray(held) ? held.filter((id) => typeof id === "string").slice(0, MOST) : [];
  }
  /** @param {string} id */
  const add = (id) =>
    browser.set(
      NAME,
      JSON.stringify([id, ...list().filter((other) => other !== id)].slice(0, MOST)),
    );

  return { add, list };
})();
