// The macro finder: one box, results as one types, arrows and Enter, straight to the form.
"use strict";

(() => {
  const { chooser, one, root, texts } = kbPage;
  /** @type {HTMLInputElement} */
  const box = one(document, ".kb-finder input");
  const list = one(document, "#kb-macros");
  const status = one(document, ".kb-finder [role=status]");
  const SHOWN = 12;
  /** @type {Record<string, number>} */
  const MOVES = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };

  /** @param {string} text */
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const rows = kbMacros.map((macro) => ({
    macro,
    title: fold(macro.title),
    shortcut: fold(macro.shortcut),
    words: fold(`${macro.words} ${macro.summary}`),
    body: fold(macro.body),
  }));

  // More for where a word stands: shortcut, title, words to find it by, text.
  /** @type {[points: number, stands: (row: (typeof rows)[number], word: string) => boolean][]} */
  const PLACES = [
    [
      100,
      ({ shortcut }, word) => Boolean(shortcut) && [shortcut, shortcut.slice(1)].includes(word),
    ],
    [40, ({ title }, word) => title.startsWith(word)],
    [30, ({ title }, word) => title.includes(word)],
    [20, ({ shortcut }, word) => shortcut.includes(word)],
    [10, ({ words }, word) => words.includes(word)],
    [2, ({ body }, word) => body.includes(word)],
  ];
  /**
   * The points of the best place that a word stands in; 0 if it stands nowhere.
   * @param {(typeof rows)[number]} row
   * @param {string} word
   */
  const score = (row, word) => PLACES.find(([, stands]) => stands(row, word))?.[0] ?? 0;
  /** @param {string} text */
  function find(text) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    const scored = rows.map((row) => {
      const scores = words.map((word) => score(row, word)).filter(Boolean);
      return { row, met: scores.length, sum: scores.reduce((sum, points) => sum + points, 0) };
    });
    // Those with all words first: one that is nowhere, such as what a command has, hides nothing.
    return scored
      .filter(({ met }) => met || !words.length)
      .sort((a, b) => b.met - a.met || b.sum - a.sum || (a.row.title < b.row.title ? -1 : 1))
      .map((item) => item.row.macro);
  }

  /** @type {KbMacroRow[]} */
  let found = [];
  let at = 0;
  const choose = chooser(box, list, "kb-macro-");
  function draw() {
    found = find(box.value).slice(0, box.value.trim() ? SHOWN : rows.length);
    list.replaceChildren(...found.map(rowOf));
    status.textContent = found.length ? `${found.length}` : `${texts.search_none} ${box.value}`;
    at = choose(0);
  }
  /**
   * @param {KbMacroRow} macro
   * @param {number} index
   */
  function rowOf(macro, index) {
    const row = document.createElement("li");
    row.id = `kb-macro-${index}`;
    row.setAttribute("role", "option");
    const title = document.createElement("strong");
    title.textContent = macro.title;
    row.append(title);
    for (const note of [macro.shortcut, macro.other].filter(Boolean)) {
      const small = document.createElement("span");
      small.className = "kb-note";
      small.textContent = note;
      row.append(" ", small);
    }
    const about = document.createElement("p");
    about.textContent = macro.summary;
    row.append(about);
    row.addEventListener("click", () => open(index));
    return row;
  }
  /** @param {number} index */
  const open = (index) => {
    if (found[index]) location.href = new URL(found[index].address, root).href;
  };

  box.addEventListener("input", draw);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the Enter that ends a Japanese word opens nothing
    if (Object.hasOwn(MOVES, event.key)) at = choose(at + MOVES[event.key]);
    else if (event.key === "Enter") open(at);
    else return;
    event.preventDefault();
  });
  box.form?.addEventListener("submit", (event) => event.preventDefault());
  draw();
})();
