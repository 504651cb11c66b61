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
  const list = new kbFinderList.List(box, one(document, "#kb-macros"), showPreview);

  const address = new URLSearchParams(location.search);
  // What a help desk's link to the finder says of the ticket goes on to the form.
  const given = new Map([...address].filter(([name]) => !["q", "section"].includes(name)));
  let section = address.get("section") ?? "";
  if (!kbMacros.sections.some(([name]) => name === section)) section = "";
  box.value = address.get("q") ?? "";

  const answers = new kbAnswers.Answers(showAsked);
  let isMoved = false; // whether the reader has chosen a row
  /** @param {{ title: string, macros: KbMacroRow[] }[]} groups */
  function draw(groups) {
    list.draw(groups, isMoved ? list.macro?.id : "");
    const query = box.value.trim();
    none.hidden = list.macros.length > 0;
    none.textContent = `${texts.search_none} ${query}`;
    status.textContent = list.macros.length ? `${list.macros.length}` : none.textContent;
  }
  function ask() {
    isMoved = false;
    keepAddress();
    answers.ask();
  }
  /** @param {() => boolean} isCurrent */
  function showAsked(isCurrent) {
    const query = box.value.trim();
    if (query) return showFound(query, isCurrent);
    const { groups, recent } = kbFinderRows.listed(section);
    const used = recent.length && !section ? [{ title: texts.recents, macros: recent }] : [];
    draw([...used, ...groups]);
    return Promise.resolve();
  }
  /**
   * Ends with the first list that is shown: what is found by name where the search takes its time,
   * and more below that when it is done.
   * @param {string} query
   * @param {() => boolean} isCurrent
   * @returns {Promise<void>}
   */
  function showFound(query, isCurrent) {
    return new Promise((resolve) => {
      /** @param {KbMacroRow[]} macros */
      const show = (macros) => {
        if (isCurrent()) draw([{ title: "", macros }]);
        resolve();
      };
      const timer = setTimeout(() => show(kbFinderRows.named(query, section)), PATIENCE);
      idsFound(query).then((ids) => {
        clearTimeout(timer);
        show(kbFinderRows.merged(query, section, ids));
      });
    });
  }
  /** @param {string} query @returns {Promise<string[]>} */
  async function idsFound(query) {
    const asked = { language: lang, kind: "macro", section, limit: kbFinderRows.SHOWN };
    try {
      const { hits } = await kbSearch.search(INDEX, query, asked);
      return hits.map(({ entry }) => entry);
    } catch (error) {
      console.error(error); // without the search, what is found by name is shown
      return [];
    }
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
  /** @param {number} by rows */
  function move(by) {
    isMoved = true;
    list.choose(list.at + by);
  }
  /** @type {Record<string, (event: KeyboardEvent) => void>} */
  const KEYS = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => move(5),
    PageUp: () => move(-5),
    Enter: ({ ctrlKey, metaKey }) => open(list.macro, ctrlKey || metaKey),
  };
  box.addEventListener("keydown", async (event) => {
    if (kbSearchKeys.isComposing(event) || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    if (await answers.settled()) KEYS[event.key](event);
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
