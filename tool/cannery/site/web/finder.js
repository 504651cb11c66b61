// The macro finder: one box, results as one types, arrows and Enter, straight to the form.
"use strict";

(() => {
  const { embedded, lang, one, root, texts } = kbPage;
  const { piece } = kbFinderList;
  const INDEX = new URL("assets/search/", root);
  const PATIENCE = 80; // milliseconds until what is found by name is shown without the search
  const WIDE = matchMedia("(min-width: 60rem)");
  /** @type {HTMLInputElement} */
  const box = one(document, ".kb-finder input");
  const status = one(document, ".kb-finder [role=status]");
  const chips = one(document, ".kb-finder__sections");
  const preview = one(document, ".kb-finder__preview");
  const none = one(document, ".kb-finder__none");
  /** @type {Record<string, number>} */
  const MOVES = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };
  const list = new kbFinderList.List(box, one(document, "#kb-macros"), showPreview);

  const address = new URLSearchParams(location.search);
  // What a help desk's link to the finder says of the ticket goes on to the form.
  const given = new Map([...address].filter(([name]) => !["q", "section"].includes(name)));
  let section = address.get("section") ?? "";
  if (!kbMacros.sections.some(([name]) => name === section)) section = "";
  box.value = address.get("q") ?? "";

  let turn = 0;
  let drawn = -1; // the turn that the list is of
  let isMoved = false; // whether the reader has chosen a row
  /** @type {Promise<void>} */
  let answer = Promise.resolve();
  /**
   * @param {number} ofTurn
   * @param {{ title: string, macros: KbMacroRow[] }[]} groups
   */
  function draw(ofTurn, groups) {
    list.draw(groups, isMoved ? list.macro?.id : "");
    drawn = ofTurn;
    const query = box.value.trim();
    none.hidden = list.macros.length > 0;
    none.textContent = `${texts.search_none} ${query}`;
    status.textContent = list.macros.length ? `${list.macros.length}` : none.textContent;
  }
  function ask() {
    turn += 1;
    isMoved = false;
    keepAddress();
    const query = box.value.trim();
    if (query) answer = answered(query, turn);
    else {
      const { groups, recent } = kbFinderRows.listed(section);
      const used = recent.length && !section ? [{ title: texts.recents, macros: recent }] : [];
      draw(turn, [...used, ...groups]);
    }
  }
  /**
   * @param {string} query
   * @param {number} mine
   */
  async function answered(query, mine) {
    const named = () => draw(mine, [{ title: "", macros: kbFinderRows.named(query, section) }]);
    const timer = setTimeout(named, PATIENCE);
    const asked = { language: lang, kind: "macro", section, limit: kbFinderRows.SHOWN };
    const found = await kbSearch.search(INDEX, query, asked).catch((error) => {
      console.error(error); // without the search, what is found by name is shown
      return { hits: [] };
    });
    clearTimeout(timer);
    if (mine !== turn) return;
    const ids = found.hits.map(({ entry }) => entry);
    draw(mine, [{ title: "", macros: kbFinderRows.merged(query, section, ids) }]);
  }
  /** Back from a form leads to what was looked for. */
  function keepAddress() {
    const kept = new URLSearchParams([...given]);
    if (box.value.trim()) kept.set("q", box.value.trim());
    if (section) kept.set("section", section);
    const query = kept.toString();
    history.replaceState(history.state, "", location.pathname + (query ? `?${query}` : ""));
  }

  /**
   * @param {KbMacroRow | undefined} macro
   * @param {boolean} [isBeside] in a tab of its own
   */
  function open(macro, isBeside = false) {
    if (!macro) return;
    kbRecents.add(macro.id);
    const there = addressOf(macro);
    if (isBeside) globalThis.open(there, "_blank", "noopener");
    else location.href = there;
  }
  /** @param {KbMacroRow} macro */
  function addressOf(macro) {
    const there = new URL(macro.address, root);
    there.search = new URLSearchParams([...given]).toString();
    return there.href;
  }

  /** @type {Promise<void> | undefined} */
  let loading;
  let timer = 0;
  /** Beside the list, what is chosen there. @param {KbMacroRow | undefined} macro */
  function showPreview(macro) {
    clearTimeout(timer);
    preview.hidden = !(macro && WIDE.matches);
    if (!macro || preview.hidden) return;
    one(preview, ".kb-finder__name").textContent = macro.title;
    one(preview, ".kb-finder__summary").textContent = macro.summary;
    preview.dataset.state = "waiting";
    timer = setTimeout(() => fillPreview(macro).catch(console.error), PATIENCE);
  }
  /** @param {KbMacroRow} macro */
  async function fillPreview(macro) {
    loading ??= loaded();
    await loading;
    const isWanted = () => list.macro === macro;
    const there = new URL(macro.address, root).href;
    await kbFinderPreview.show(preview, there, Object.fromEntries(given), isWanted);
    if (isWanted()) preview.dataset.state = "shown";
  }
  /** What a form is made with, which the next page needs too. @returns {Promise<void>} */
  function loaded() {
    return new Promise((resolve, reject) => {
      for (const src of embedded("kb-preview")) {
        const script = document.createElement("script");
        script.src = src;
        script.async = false; // in order
        script.addEventListener("error", () => reject(new Error(`not loaded: ${src}`)));
        if (src.includes("preview.js")) script.addEventListener("load", () => resolve());
        document.head.append(script);
      }
    });
  }

  /** @param {[name: string, title: string]} section_ */
  function chipOf([name, title]) {
    const chip = piece("button", "kb-chip", title);
    chip.type = "button";
    chip.append(" ", piece("small", "", `${kbFinderRows.count(name)}`));
    chip.setAttribute("aria-pressed", String(name === section));
    chip.addEventListener("click", () => {
      section = name;
      for (const other of chips.children) {
        other.setAttribute("aria-pressed", String(other === chip));
      }
      ask();
      box.focus();
    });
    return chip;
  }

  box.addEventListener("input", ask);
  box.addEventListener("keydown", async (event) => {
    if (event.isComposing) return; // the Enter that ends a Japanese word opens nothing
    if (Object.hasOwn(MOVES, event.key)) {
      event.preventDefault();
      isMoved = true;
      list.choose(list.at + MOVES[event.key]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const isBeside = event.ctrlKey || event.metaKey;
      if (drawn !== turn) await answer;
      open(list.macro, isBeside);
    }
  });
  list.list.addEventListener("click", (event) => {
    open(list.macros[list.indexOf(event)], event.ctrlKey || event.metaKey);
  });
  list.list.addEventListener("auxclick", (event) => {
    if (event.button === 1) open(list.macros[list.indexOf(event)], true);
  });
  list.list.addEventListener("pointermove", (event) => {
    // A list that changes under a mouse that rests is no choice.
    const isByHand = event.pointerType === "mouse" && (event.movementX || event.movementY);
    const at = list.indexOf(event);
    if (!isByHand || at < 0 || at === list.at) return;
    isMoved = true;
    list.choose(at, false);
  });
  one(preview, "button").addEventListener("click", () => open(list.macro));
  box.form?.addEventListener("submit", (event) => event.preventDefault());
  if (kbMacros.sections.length > 1) {
    chips.append(
      ...[/** @type {[string, string]} */ (["", texts.all])].concat(kbMacros.sections).map(chipOf),
    );
  }
  ask();
})();
