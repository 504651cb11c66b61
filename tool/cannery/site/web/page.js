// What every script of a page needs of it: its words, its address, and what a browser remembers.
"use strict";

const kbPage = (() => {
  /**
   * The JSON that a page holds in an element of its own.
   * @param {string} id
   */
  const embedded = (id) => JSON.parse(one(document, `script#${id}`).textContent ?? "null");
  /**
   * @template {Element} [Kind=HTMLElement]
   * @param {ParentNode} parent
   * @param {string} selector of what the page always has
   * @returns {Kind}
   */
  function one(parent, selector) {
    /** @type {Kind | null} */
    const node = parent.querySelector(selector);
    if (!node) throw new Error(`the page lacks ${selector}`);
    return node;
  }
  /** @type {{ base: string, feedback: string, lang: string, texts: KbTexts }} */
  const { base, feedback, lang, texts } = embedded("kb-page");
  const root = new URL(base.replace(/\/?$/, "/"), location.href);

  /**
   * Lets the arrow keys choose in a list of results, while the caret stays in the box.
   * @param {HTMLElement} box
   * @param {HTMLElement} list
   * @param {string} prefix of the rows' ids
   * @returns {(index: number) => number} chooses a row, or the nearest there is; -1 if there is none
   */
  const chooser = (box, list, prefix) => (index) => {
    const rows = [...list.children];
    const at = rows.length ? Math.max(0, Math.min(index, rows.length - 1)) : -1;
    for (const [number, row] of rows.entries()) {
      row.setAttribute("aria-selected", String(number === at));
    }
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", `${prefix}${at}`);
    rows[at]?.scrollIntoView({ block: "nearest" });
    return at;
  };

  return { chooser, embedded, feedback, lang, one, root, texts };
})();
