// The buttons and keys that copy a reply: one for rich text, the other formats in a menu.
"use strict";

const kbMacroCopy = (() => {
  const { element } = kbControls;
  const { one, texts } = kbPage;
  const { RENDERERS } = kbRenderers;
  const RICH = "html";
  const CLEAR_KEY = "R";

  const offered = Object.entries(RENDERERS).filter(([, { key }]) => key);
  const others = offered.filter(([format]) => format !== RICH);

  /** The format that a key copies. @param {KeyboardEvent} event */
  function formatOf(event) {
    if (kbKeys.isControlEnter(event)) return RICH;
    return others.find(([, { key }]) => kbKeys.isAlt(event, key ?? ""))?.[0];
  }
  /** @param {string} name */
  const keyCap = (name) => element("kbd", { "aria-hidden": "true" }, name);

  /**
   * Fills the bar below a reply.
   * @param {HTMLElement} bar
   * @param {{ copy: (format: string) => void, clear: () => void }} acts
   */
  function fill(bar, { copy, clear }) {
    const primary = one(bar, ".kb-copy__main");
    primary.append(keyCap(kbKeys.CONTROL_ENTER));
    primary.addEventListener("click", () => copy(RICH));
    const list = one(bar, ".kb-copy__list");
    list.append(...others.map(([format, { key }]) => item(format, key ?? "", copy)));
    kbMenu.menu(one(bar, ".kb-copy__more"), list);
    const again = one(bar, ".kb-copy__clear");
    again.setAttribute("aria-keyshortcuts", `Alt+${CLEAR_KEY}`);
    again.append(keyCap(kbKeys.altName(CLEAR_KEY)));
    again.addEventListener("click", clear);
  }
  /**
   * @param {string} format
   * @param {string} key
   * @param {(format: string) => void} copy
   */
  function item(format, key, copy) {
    const button = element("button", { type: "button", "aria-keyshortcuts": `Alt+${key}` });
    button.append(element("span", {}, texts[`copy_${format}`] ?? format));
    button.append(keyCap(kbKeys.altName(key)));
    button.addEventListener("click", () => copy(format));
    return button;
  }
  /** @param {KeyboardEvent} event */
  const isClear = (event) => kbKeys.isAlt(event, CLEAR_KEY);

  return { fill, formatOf, isClear };
})();
