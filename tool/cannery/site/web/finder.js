// The macro finder: one box, results as one types, arrows and Enter, straight to the form.
"use strict";

(() => {
  const box = document.querySelector(".kb-finder input");
  const list = document.getElementById("kb-macros");
  const status = document.querySelector(".kb-finder [role=status]");
  const page = JSON.parse(document.querySelector("script#kb-page").textContent);
  const SHOWN = 12;
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const rows = cannery.macros.map((macro) => ({
    macro,
    title: fold(macro.title), shortcut: fold(macro.shortcut), words: fold(`${macro.words} ${macro.summary}`), body: fold(macro.body),
  }));

  /** More for where a word stands: shortcut, title, words to find it by, text. 0: nowhere. */
  function score(row, word) {
    if (row.shortcut && (row.shortcut === word || row.shortcut.slice(1) === word)) return 100;
    if (row.title.startsWith(word)) return 40;
    if (row.title.includes(word)) return 30;
    if (row.shortcut.includes(word)) return 20;
    if (row.words.includes(word)) return 10;
    return row.body.includes(word) ? 2 : 0;
  }
  function find(text) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const found = rows.map((row) => {
      const scores = words.map((word) => score(row, word));
      return { row, sum: scores.includes(0) ? 0 : scores.reduce((sum, one) => sum + one, 1) };
    });
    return found.filter((item) => item.sum).sort((a, b) => b.sum - a.sum || (a.row.title < b.row.title ? -1 : 1)).map((item) => item.row.macro);
  }

  let found = [];
  let at = 0;
  function draw() {
    found = find(box.value).slice(0, box.value.trim() ? SHOWN : rows.length);
    at = 0;
    list.replaceChildren(...found.map((macro, index) => item(macro, index)));
    status.textContent = found.length ? `${found.length}` : `${page.texts.search_none} ${box.value}`;
    choose(0);
  }
  function item(macro, index) {
    const made = document.createElement("li");
    made.id = `kb-macro-${index}`;
    made.setAttribute("role", "option");
    const title = document.createElement("strong");
    title.textContent = macro.title;
    made.append(title);
    for (const note of [macro.shortcut, macro.other].filter(Boolean)) {
      const small = document.createElement("span");
      small.className = "kb-note";
      small.textContent = note;
      made.append(" ", small);
    }
    const about = document.createElement("p");
    about.textContent = macro.summary;
    made.append(about);
    made.addEventListener("click", () => open(index));
    return made;
  }
  function choose(index) {
    at = Math.max(0, Math.min(index, found.length - 1));
    for (const [number, row] of [...list.children].entries()) row.setAttribute("aria-selected", String(number === at));
    if (found.length) box.setAttribute("aria-activedescendant", `kb-macro-${at}`);
    else box.removeAttribute("aria-activedescendant");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }
  const open = (index) => {
    if (found[index]) location.href = new URL(found[index].address, new URL(page.base.replace(/\/?$/, "/"), location.href));
  };

  box.addEventListener("input", draw);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the Enter that ends a Japanese word opens nothing
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };
    if (event.key in moves) choose(at + moves[event.key]);
    else if (event.key === "Enter") open(at);
    else return;
    event.preventDefault();
  });
  box.form.addEventListener("submit", (event) => event.preventDefault());
  draw();
})();
