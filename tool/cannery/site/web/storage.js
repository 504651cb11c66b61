// What a browser keeps for a page, where it keeps anything: for good, or as long as a tab is open.
"use strict";

const kbStorage = (() => {
  /**
   * @param {() => Storage} storage asked each time: a browser that keeps nothing throws
   */
  const over = (storage) => ({
    /** The text under a name; empty if there is none. @param {string} name */
    get(name) {
      try {
        return storage().getItem(`kb:${name}`) ?? "";
      } catch {
        return ""; // a browser that keeps nothing
      }
    },
    /**
     * An empty text is kept as none.
     * @param {string} name
     * @param {string} text
     */
    set(name, text) {
      try {
        if (text) storage().setItem(`kb:${name}`, text);
        else storage().removeItem(`kb:${name}`);
      } catch {
        // likewise, or it is full: the page works without
      }
    },
    /**
     * Those of the texts that there are.
     * @param {string} group
     * @param {string[]} names
     */
    all(group, names) {
      const pairs = names.map((name) => [name, this.get(`${group}.${name}`)]);
      return Object.fromEntries(pairs.filter(([, text]) => text));
    },
    /** The value under a name; null for what is none. @param {string} name */
    json(name) {
      try {
        return JSON.parse(this.get(name) || "null");
      } catch {
        return null; // not written by us
      }
    },
  });

  return { browser: over(() => localStorage), tab: over(() => sessionStorage) };
})();
