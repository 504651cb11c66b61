// A long list: filtered while its reader types, and put in another order.
"use strict";

(() => {
  const { lang, one, texts } = kbPage;
  const collator = new Intl.Collator(lang, { numeric: true });

  /** @param {HTMLElement} row */
  const titleOf = (row) => one(row, "a").textContent ?? "";
  /** @param {HTMLElement} row */
  const dayOf = (row) => row.dataset.kbChanged ?? "";
  /** @type {Record<string, (left: HTMLElement, right: HTMLElement) => number>} */
  const ORDERS = {
    title: (left, right) => collator.compare(titleOf(left), titleOf(right)),
    changed: (left, right) =>
      kbText.compare(dayOf(right), dayOf(left)) || collator.compare(titleOf(left), titleOf(right)),
  };

  /** How many of the rows are shown, in words. @param {HTMLElement[]} rows */
  function countOf(rows) {
    const shown = rows.filter((row) => !row.hidden).length;
    return shown ? `${shown} / ${rows.length}` : texts.listed_none;
  }
  /** @param {HTMLElement} frame */
  function enhance(frame) {
    /** @type {HTMLInputElement} */
    const box = one(frame, "input");
    const said = one(frame, "[role=status]");
    /** @type {HTMLElement[]} */
    const rows = [...frame.querySelectorAll("li")];
    const found = rows.map((row) =>
      kbText.foldName(`${row.textContent} ${row.dataset.kbWords ?? ""}`),
    );
    const homes = rows.map((row) => row.parentElement);
    /** @type {NodeListOf<HTMLElement>} */
    const groups = frame.querySelectorAll(".kb-group");
    const flat = document.createElement("ul");
    flat.className = "kb-list";
    frame.append(flat);

    function filter() {
      const words = kbText.words(kbText.foldName(box.value));
      for (const [at, row] of rows.entries()) {
        row.hidden = !words.every((word) => found[at].includes(word));
      }
      for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])");
      said.textContent = words.length ? countOf(rows) : "";
    }
    /** @param {string} name */
    function sort(name) {
      const order = ORDERS[name];
      if (order) flat.append(...[...rows].sort(order));
      else for (const [at, row] of rows.entries()) homes[at]?.append(row);
      filter();
    }
    box.addEventListener("input", filter);
    const choice = frame.querySelector("select");
    choice?.addEventListener("change", () => sort(choice.value));
    // A browser may have kept what was typed and chosen, on the way back.
    if (choice && choice.value !== "order") sort(choice.value);
    else if (box.value) filter();
  }

  for (const frame of document.querySelectorAll("[data-kb-listed]")) {
    if (frame instanceof HTMLElement) enhance(frame);
  }
})();
