// What the search shows beside what it finds: picks where nothing was typed, and where nothing was
// found whom to ask.
"use strict";

const kbSearchStart = (() => {
  const PAUSE = 2500; // milliseconds after the last key: a word that is half typed is no miss
  const ASKED = "{query}"; // stands in an address for what was searched for

  /** Titles and addresses of what most people need. @returns {[string, string][]} */
  function picks() {
    const data = document.querySelector("script#kb-picks");
    return JSON.parse(data?.textContent ?? "[]");
  }
  /**
   * The addresses where one asks, with what was searched for.
   * @param {HTMLElement} part
   * @param {string} query
   */
  function fillIn(part, query) {
    for (const link of part.querySelectorAll("[data-kb-ask]")) {
      if (!(link instanceof HTMLAnchorElement)) continue;
      link.href = withQuery(link.dataset.kbAsk ?? "", query.trim().slice(0, 200));
    }
  }
  /** @param {string} address @param {string} query */
  function withQuery(address, query) {
    const text = encodeURIComponent(query);
    if (address.includes(ASKED)) return address.replaceAll(ASKED, text);
    if (!address.startsWith("mailto:") || address.includes("?")) return address;
    return `${address}?subject=${text}`;
  }

  /** @type {Set<string>} */
  const missed = new Set();
  let timer = 0;
  /** Tells the team of a search that found nothing, once. @param {string} query */
  function miss(query) {
    clearTimeout(timer);
    const text = query.trim();
    if (!text || missed.has(text)) return;
    timer = globalThis.setTimeout(() => {
      missed.add(text);
      kbFeedback.send({ kind: "miss", query: text.slice(0, 200) });
    }, PAUSE);
  }
  /** Another search has taken its place. */
  const found = () => clearTimeout(timer);

  return { fillIn, found, miss, picks };
})();
