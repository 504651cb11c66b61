// Every page: dates that are over, the colour scheme, and the page that is not there.
"use strict";

(() => {
  const { lang, one, root } = kbPage;
  const INDEX = new URL("assets/search/", root);
  const today = new Date().toISOString().slice(0, 10);
  for (const due of document.querySelectorAll("[data-kb-due]")) {
    if (!(due instanceof HTMLElement) || (due.dataset.kbDue ?? "") >= today) continue;
    due.classList.add("kb-due--over");
    one(due, "dt").textContent = due.dataset.kbOverdue ?? "";
  }

  /** The page that is not there: what its address said is what is looked for. @param {Element} box_ */
  async function showLikely(box_) {
    // As the address has it: what is no letter in it becomes one that nothing is called by.
    const written = new URLSearchParams(`path=${location.pathname.replace(/[&+]/g, " ")}`);
    const path = (written.get("path") ?? "").replace(/\.html?$/, "");
    const words = path
      .split("/")
      .slice(-3)
      .join(" ")
      .replace(/[-_]+/g, " ")
      .replace(/\b(?:index|articles|macros)\b/g, " ")
      .trim();
    if (!words) return;
    const found = await kbSearch.search(INDEX, words, { language: lang, limit: 5 });
    const rows = found.hits.map((hit) => {
      const [title, ...about] = kbSearchRows.hitContent(hit, found.terms);
      const link = document.createElement("a");
      link.href = new URL(hit.address, root).href;
      link.append(title);
      const row = document.createElement("li");
      row.lang = hit.language;
      row.append(link, ...about);
      return row;
    });
    box_.append(...rows);
    kbSearchRows.showPassages(INDEX, rows, found);
  }
  const lost = document.querySelector("[data-kb-lost]");
  if (lost) showLikely(lost).catch(console.error);
})();
