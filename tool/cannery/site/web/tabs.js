// Radio buttons that show a block each become tabs: arrow keys, names that a screen reader says.
// Sets with the same names go together, and a browser remembers what its reader chose.
"use strict";

(() => {
  const { browser } = kbStore;
  const NAME = "tabs";
  const KEPT = 20; // names that are remembered, the last chosen first
  /** @type {{ names: string[], choose: (at: number, isFocused?: boolean) => void }[]} */
  const sets = [];

  /**
   * @param {HTMLInputElement} input
   * @param {Element} label
   * @param {HTMLElement} panel
   */
  function newTab(input, label, panel) {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.id = input.id; // an address may name it
    tab.append(...label.childNodes);
    panel.id = `${input.id}-shown`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    tab.setAttribute("aria-controls", panel.id);
    return tab;
  }
  /** @param {Element} set */
  function enhance(set) {
    /** @type {NodeListOf<HTMLInputElement>} */
    const inputs = set.querySelectorAll(":scope > input");
    /** @type {NodeListOf<HTMLElement>} */
    const panels = set.querySelectorAll(":scope > .tabbed-block");
    const labels = set.querySelectorAll(":scope > label");
    const list = document.createElement("div");
    list.className = "kb-tabs";
    list.setAttribute("role", "tablist");
    const first = [...inputs].findIndex((input) => input.checked);
    const tabs = [...inputs].map((input, at) => newTab(input, labels[at], panels[at]));
    list.append(...tabs);
    for (const item of [...inputs, ...labels]) item.remove();
    set.prepend(list);
    addChoice(list, tabs, [...panels], Math.max(first, 0));
  }
  /**
   * @param {HTMLElement} list
   * @param {HTMLElement[]} tabs
   * @param {HTMLElement[]} panels
   * @param {number} first
   */
  function addChoice(list, tabs, panels, first) {
    let chosen = first;
    /** @param {number} at */
    function choose(at, isFocused = false) {
      chosen = (at + tabs.length) % tabs.length;
      for (const [number, tab] of tabs.entries()) {
        tab.setAttribute("aria-selected", String(number === chosen));
        tab.tabIndex = number === chosen ? 0 : -1;
        panels[number].hidden = number !== chosen;
      }
      if (isFocused) tabs[chosen].focus();
    }
    const names = tabs.map((tab) => (tab.textContent ?? "").trim());
    /** @param {number} at */
    function take(at) {
      choose(at, true);
      keepInPlace(list, () => chooseElsewhere(names[chosen]));
      browser.add(NAME, names[chosen], KEPT);
    }
    list.addEventListener("click", ({ target }) => {
      const at = tabs.findIndex((tab) => target instanceof Node && tab.contains(target));
      if (at >= 0) take(at);
    });
    list.addEventListener("keydown", (event) => {
      const there = { ArrowRight: chosen + 1, ArrowLeft: chosen - 1, Home: 0, End: -1 };
      const at = Object.entries(there).find(([key]) => key === event.key)?.[1];
      if (at === undefined) return;
      event.preventDefault();
      take(at);
    });
    choose(first);
    sets.push({ names, choose });
  }
  /** In all other sets that have a tab of this name. @param {string} name */
  function chooseElsewhere(name) {
    for (const set of sets) {
      if (set.names.includes(name)) set.choose(set.names.indexOf(name));
    }
  }
  /**
   * Other sets above may be higher now: what the reader looks at stays where it is.
   * @param {Element} item
   * @param {() => void} act
   */
  function keepInPlace(item, act) {
    const before = item.getBoundingClientRect().top;
    act();
    scrollBy(0, item.getBoundingClientRect().top - before);
  }

  for (const set of document.querySelectorAll(".tabbed-set")) enhance(set);
  for (const name of sets.length ? browser.list(NAME).reverse() : []) chooseElsewhere(name);
  /** What the address names; nothing where a `%` of it begins no code. */
  function named() {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null;
    }
  }
  function showNamed() {
    const item = named();
    if (!item) return;
    if (item.matches("[role=tab]")) item.click();
    for (const panel of document.querySelectorAll(".tabbed-block[hidden]")) {
      if (!panel.contains(item)) continue;
      document.getElementById(panel.getAttribute("aria-labelledby") ?? "")?.click();
      item.scrollIntoView();
    }
  }
  addEventListener("hashchange", showNamed);
  showNamed();
})();
