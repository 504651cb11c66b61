// The list of a finder: rows in groups, of which the arrow keys choose one.
"use strict";

const kbFinderList = (() => {
  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {string} className
   * @param {string} text
   */
  function piece(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.textContent = text;
    return node;
  }
  /** @param {KbMacroRow} macro */
  function optionOf({ other, shortcut, summary, title }) {
    const row = document.createElement("li");
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    const head = piece("span", "kb-finder__title", "");
    head.append(piece("strong", "", title));
    if (other) head.append(piece("span", "kb-note", other));
    if (shortcut) head.append(piece("code", "", shortcut));
    row.append(head);
    if (summary) row.append(piece("span", "kb-finder__about", summary));
    return row;
  }

  /** The rows on the page. */
  class List {
    /** @type {KbMacroRow[]} */
    macros = [];
    /** @type {HTMLElement[]} */
    rows = [];
    at = -1;
    /**
     * @param {HTMLElement} box that has the focus
     * @param {HTMLElement} list
     * @param {(macro: KbMacroRow | undefined) => void} chosen
     */
    constructor(box, list, chosen) {
      this.box = box;
      this.list = list;
      this.chosen = chosen;
    }
    /**
     * @param {{ title: string, macros: KbMacroRow[] }[]} groups
     * @param {string} [id] of the macro to choose, if it is there
     */
    draw(groups, id) {
      this.macros = groups.flatMap(({ macros }) => macros);
      this.rows = [];
      this.list.replaceChildren(...groups.map((group, number) => this.group(group, number)));
      this.choose(Math.max(0, id ? this.macros.findIndex((macro) => macro.id === id) : 0), false);
    }
    /**
     * @param {{ title: string, macros: KbMacroRow[] }} group
     * @param {number} number
     */
    group({ macros, title }, number) {
      const group = document.createElement("ul");
      group.setAttribute("role", "group");
      if (title) {
        const heading = piece("li", "kb-finder__group", title);
        heading.id = `kb-group-${number}`;
        heading.setAttribute("role", "presentation");
        group.setAttribute("aria-labelledby", heading.id);
        group.append(heading);
      }
      for (const macro of macros) {
        const row = optionOf(macro);
        row.id = `kb-macro-${this.rows.push(row) - 1}`;
        group.append(row);
      }
      return group;
    }
    /**
     * Choose a row, or the nearest there is.
     * @param {number} index
     * @param {boolean} [isSeen] whether it is moved into sight
     */
    choose(index, isSeen = true) {
      this.rows[this.at]?.setAttribute("aria-selected", "false");
      this.at = this.rows.length ? Math.max(0, Math.min(index, this.rows.length - 1)) : -1;
      this.rows[this.at]?.setAttribute("aria-selected", "true");
      if (this.at < 0) this.box.removeAttribute("aria-activedescendant");
      else this.box.setAttribute("aria-activedescendant", `kb-macro-${this.at}`);
      if (isSeen) this.rows[this.at]?.scrollIntoView({ block: "nearest" });
      this.chosen(this.macro);
    }
    get macro() {
      return /** @type {KbMacroRow | undefined} */ (this.macros[this.at]);
    }
    /** The index of the row that an event is in; -1 for none. @param {Event} event */
    indexOf({ target }) {
      return this.rows.findIndex((row) => target instanceof Node && row.contains(target));
    }
  }

  return { List, piece };
})();
