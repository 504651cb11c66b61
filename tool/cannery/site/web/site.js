// Every page: the search box, dates that are over, and the page that is not there.
"use strict";

(() => {
  const page = JSON.parse(document.querySelector("script#kb-page").textContent);
  const T = page.texts;
  const root = new URL(page.base.replace(/\/?$/, "/"), location.href);
  const INDEX = new URL("assets/search/", root);
  const dialog = document.querySelector(".kb-search");
  const box = dialog.querySelector("input");
  const list = dialog.querySelector("ul");
  const said = dialog.querySelector(".kb-search__said");
  const PAUSE = 60; // milliseconds after a key

  let hits = [];
  let at = -1;
  let asked = 0;
  let timer = 0;

  async function ask() {
    const query = box.value;
    asked += 1;
    const mine = asked;
    try {
      const found = await cannery.search.search(INDEX, query, page.lang);
      if (mine === asked) draw(found, query);
    } catch (error) {
      if (mine !== asked) return;
      said.textContent = T.search_failed;
      console.error(error);
    }
  }
  function draw(found, query) {
    ({ hits } = found);
    list.replaceChildren(...hits.map((hit, index) => item(hit, index, query)));
    const counted = found.total === 1 ? T.search_one : T.search_some;
    said.textContent = !query.trim() ? "" : hits.length ? `${found.total} ${counted} ${query}` : `${T.search_none} ${query}`;
    box.setAttribute("aria-expanded", String(hits.length > 0));
    choose(hits.length ? 0 : -1);
  }
  function item(hit, index, query) {
    const row = written(hit, query, "strong");
    row.id = `kb-hit-${index}`;
    row.setAttribute("role", "option");
    row.addEventListener("click", (event) => follow(index, event.ctrlKey || event.metaKey));
    return row;
  }
  function written(hit, query, tag) {
    const row = document.createElement("li");
    row.lang = hit.language;
    const title = document.createElement(tag);
    title.append(...marked(hit.title, query));
    const lead = document.createElement("p");
    lead.append(...marked(hit.lead, query));
    row.append(title, lead);
    return row;
  }
  function follow(index, beside) {
    const address = hits[index] && new URL(hits[index].address, root);
    if (address && beside) window.open(address, "_blank", "noopener");
    else if (address) location.href = address;
  }
  /** The text with the words that were asked for marked, as far as they stand there as typed. */
  function marked(text, query) {
    const words = cannery.analysis.runsOf(query.normalize("NFKC")).filter((word) => word.length > 1);
    if (!words.length) return [text];
    const pattern = new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "iu");
    return text.split(pattern).map((piece, index) => {
      if (index % 2 === 0) return piece;
      const mark = document.createElement("mark");
      mark.textContent = piece;
      return mark;
    });
  }
  function choose(index) {
    at = hits.length ? Math.max(0, Math.min(index, hits.length - 1)) : -1;
    for (const [number, row] of [...list.children].entries()) row.setAttribute("aria-selected", String(number === at));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", `kb-hit-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }
  function open(query = "") {
    if (!dialog.open) dialog.showModal();
    if (query) box.value = query;
    box.focus();
    box.select();
    if (box.value) ask();
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the Enter that ends a Japanese word opens nothing
    if (event.key === "ArrowDown") choose(at + 1);
    else if (event.key === "ArrowUp") choose(at - 1);
    else if (event.key === "Enter") follow(at, event.ctrlKey || event.metaKey);
    else if (event.key === "Escape") dialog.close(); // a search field would only empty itself
    else return;
    event.preventDefault();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  dialog.querySelector(".kb-search__close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  for (const button of document.querySelectorAll("[data-kb-search]")) button.addEventListener("click", () => open());
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    const asks = (event.key === "/" && !isTyping) || (event.key === "k" && (event.ctrlKey || event.metaKey));
    if (!asks || event.isComposing || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open();
  }, true);

  const today = new Date().toISOString().slice(0, 10);
  for (const due of document.querySelectorAll("[data-kb-due]")) {
    if (due.dataset.kbDue >= today) continue;
    due.classList.add("kb-due--over");
    due.querySelector("dt").textContent = due.dataset.kbOverdue;
  }

  /** The page that is not there: what its address said is what is looked for. */
  async function lost(target) {
    const path = decodeURIComponent(location.pathname).replace(/\.html?$/, "");
    const words = path.split("/").slice(-3).join(" ").replace(/[-_]+/g, " ").replace(/\b(?:index|articles|macros)\b/g, " ").trim();
    if (!words) return;
    const found = await cannery.search.search(INDEX, words, page.lang, 5);
    for (const hit of found.hits) {
      const row = written(hit, words, "a");
      row.querySelector("a").href = new URL(hit.address, root);
      target.append(row);
    }
  }
  const target = document.querySelector("[data-kb-lost]");
  if (target) lost(target).catch(console.error);
})();
