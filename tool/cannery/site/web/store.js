// What a browser keeps for a site, where it keeps anything: for good, or as long as a tab is open.
"use strict";

const kbStore = (() => {
  const scope = new URL(document.currentScript?.dataset.scope ?? ".", location.href).pathname;

  /**
   * @param {() => Storage} storage asked each time: a browser that keeps nothing throws
   */
  const over = (storage) => ({
    /** The value under a name; null if there is none. @param {string} name */
    get(name) {
      try {
        return JSON.parse(storage().getItem(`${scope}.${name}`) ?? "null");
      } catch {
        return null; // a browser that keeps nothing, or what was not written by us
      }
    },
    /**
     * Nothing is kept of an empty text or null.
     * @param {string} name
     * @param {unknown} value
     */
    set(name, value) {
      try {
        if (value) storage().setItem(`${scope}.${name}`, JSON.stringify(value));
        else storage().removeItem(`${scope}.${name}`);
      } catch {
        // likewise, or it is full: what was chosen holds for this page
      }
    },
    /** The text under a name; empty if there is none. @param {string} name @returns {string} */
    text(name) {
      const kept = this.get(name);
      return typeof kept === "string" ? kept : "";
    },
    /**
     * Those of a group's texts that there are.
     * @param {string} group
     * @param {string[]} names
     * @returns {Record<string, string>}
     */
    texts(group, names) {
      const pairs = names.map((name) => [name, this.text(`${group}.${name}`)]);
      return Object.fromEntries(pairs.filter(([, text]) => text));
    },
    /** The texts that `add` has put under a name, the last one first. @param {string} name @returns {string[]} */
    list(name) {
      const kept = this.get(name);
      return Array.isArray(kept) ? kept.filter((text) => typeof text === "string") : [];
    },
    /**
     * @param {string} name
     * @param {string} text
     * @param {number} most
     */
    add(name, text, most) {
      const others = this.list(name).filter((other) => other !== text);
      this.set(name, [text, ...others].slice(0, most));
    },
  });

  return { browser: over(() => localStorage), tab: over(() => sessionStorage) };
})();
