// Every page: the search box, dates that are over, and the page that is not there.
"use strict";

(() => {
  const { chooser, lang, one, root, texts } = kbPage;
  const INDEX = new URL("assets/search/", root);
  const PAUSE = 60; // milliseconds after a key
  /** @type {HTMLDialogElement} */
  const dialog = one(document, ".kb-search");
  /** @type {HTMLInputElement} */
  const box = one(dialog, "input");
  const list = one(dialog, "ul");
  const said = one(dialog, ".kb-search__said");

  /** @type {KbHit[]} */
  let hits = [];
  let at = -1;
  let asked = 0;
  let timer = 0;
  const choose = chooser(box, list, "kb-hit-");

  async function ask() {
    const query = box.value;
    asked += 1;
    const turn = asked;
    try {
      const found = await kbSearch.search(INDEX, query, { language: lang });
      if (turn !== asked) return;
      draw(found, query);
      const leads = await kbSearch.leads(INDEX, found.hits);
      if (turn === asked) showLeads([...list.children], leads, query);
    } catch (error) {
      if (turn !== asked) return;
      said.textContent = texts.search_failed;
      console.error(error);
    }
  }
  /**
   * @param {{ hits: KbHit[], total: number }} found
   * @param {string} query
   */
  function draw(found, query) {
    ({ hits } = found);
    list.replaceChildren(...hits.map((hit, index) => item(hit, index, query)));
    said.textContent = query.trim() ? summary(found.total, query) : "";
    box.setAttribute("aria-expanded", String(hits.length > 0));
    at = choose(0);
  }
  /**
   * @param {number} total
   * @param {string} query
   */
  function summary(total, query) {
    if (!hits.length) return `${texts.search_none} ${query}`;
    return `${total} ${total === 1 ? texts.search_one : texts.search_some} ${query}`;
  }
  /**
   * @param {KbHit} hit
   * @param {number} index
   * @param {string} query
   */
  function item(hit, index, query) {
    const row = rowOf(hit, query, document.createElement("strong"));
    row.id = `kb-hit-${index}`;
    row.setAttribute("role", "option");
    row.addEventListener("click", (event) => follow(index, event.ctrlKey || event.metaKey));
    return row;
  }
  /**
   * @param {KbHit} hit
   * @param {string} query
   * @param {HTMLElement} title that the hit's title is put into
   */
  function rowOf(hit, query, title) {
    const row = document.createElement("li");
    row.lang = hit.language;
    title.append(...marked(hit.title, query));
    row.append(title, document.createElement("p"));
    return row;
  }
  /**
   * @param {Element[]} rows
   * @param {string[]} leads
   * @param {string} query
   */
  function showLeads(rows, leads, query) {
    for (const [number, lead] of leads.entries()) {
      one(rows[number], "p").replaceChildren(...marked(lead, query));
    }
  }
  /**
   * @param {number} index
   * @param {boolean} isBeside whether the page is opened in a tab of its own
   */
  function follow(index, isBeside) {
    const hit = hits[index];
    if (!hit) return;
    const address = new URL(hit.address, root).href;
    if (isBeside) globalThis.open(address, "_blank", "noopener");
    else location.href = address;
  }
  /**
   * The text with the words that were asked for marked, as far as they stand there as typed.
   * @param {string} text
   * @param {string} query
   */
  function marked(text, query) {
    const words = kbTokens.runsOf(query.normalize("NFKC")).filter((word) => word.length > 1);
    if (!words.length) return [text];
    const choices = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
    return text.split(new RegExp(`(${choices})`, "iu")).map((piece, index) => {
      if (index % 2 === 0) return piece;
      const mark = document.createElement("mark");
      mark.textContent = piece;
      return mark;
    });
  }
  function open() {
    if (!dialog.open) dialog.showModal();
    box.focus();
    box.select();
    if (box.value) ask();
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = globalThis.setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the Enter that ends a Japanese word opens nothing
    if (event.key === "ArrowDown") at = choose(at + 1);
    else if (event.key === "ArrowUp") at = choose(at - 1);
    else if (event.key === "Enter") follow(at, event.ctrlKey || event.metaKey);
    else if (event.key === "Escape")
      dialog.close(); // a search field would only empty itself
    else return;
    event.preventDefault();
  });
  one(dialog, "form").addEventListener("submit", (event) => event.preventDefault());
  one(dialog, ".kb-search__close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  for (const button of document.querySelectorAll("[data-kb-search]")) {
    button.addEventListener("click", open);
  }
  /** Whether a key opens the search. @param {KeyboardEvent} event */
  function isAsking({ altKey, ctrlKey, isComposing, key, metaKey, target }) {
    if (isComposing || altKey) return false;
    if (key === "k") return ctrlKey || metaKey;
    const isTyping =
      target instanceof Element &&
      target.closest("input, textarea, select, [contenteditable]") !== null;
    return key === "/" && !isTyping;
  }
  document.addEventListener(
    "keydown",
    (event) => {
      if (!isAsking(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      open();
    },
    true,
  );

  const today = new Date().toISOString().slice(0, 10);
  for (const due of document.querySelectorAll("[data-kb-due]")) {
    if (!(due instanceof HTMLElement) || (due.dataset.kbDue ?? "") >= today) continue;
    due.classList.add("kb-due--over");
    one(due, "dt").textContent = due.dataset.kbOverdue ?? "";
  }

  for (const button of document.querySelectorAll("[data-kb-scheme-switch]")) {
    button.addEventListener("click", () => {
      const { dataset } = document.documentElement;
      dataset.kbScheme = dataset.kbScheme === "dark" ? "light" : "dark";
      kbStore.set("scheme", dataset.kbScheme);
    });
  }

  /** The page that is not there: what its address said is what is looked for. @param {Element} box_ */
  async function showLikely(box_) {
    const path = decodeURIComponent(location.pathname).replace(/\.html?$/, "");
    const words = path
      .split("/")
      .slice(-3)
      .join(" ")
      .replace(/[-_]+/g, " ")
      .replace(/\b(?:index|articles|macros)\b/g, " ")
      .trim();
    if (!words) return;
    const { hits: likely } = await kbSearch.search(INDEX, words, { language: lang, limit: 5 });
    const rows = likely.map((hit) => {
      const link = document.createElement("a");
      link.href = new URL(hit.address, root).href;
      return rowOf(hit, words, link);
    });
    box_.append(...rows);
    showLeads(rows, await kbSearch.leads(INDEX, likely), words);
  }
  const lost = document.querySelector("[data-kb-lost]");
  if (lost) showLikely(lost).catch(console.error);
})();
