// The search of every page: a box over it, what is found as one types, and an address for each search.
"use strict";

(() => {
  const { lang, one, root, texts } = kbPage;
  const INDEX = new URL("assets/search/", root);
  const PAUSE = 60; // milliseconds after a key
  const SHOWN = 10;
  const MOST = 50;
  /** @type {HTMLDialogElement} */
  const dialog = one(document, ".kb-search");
  /** @type {HTMLInputElement} */
  const box = one(dialog, ".kb-search__input");
  const list = one(dialog, ".kb-search__results");
  const said = one(dialog, ".kb-search__said");
  const none = one(dialog, ".kb-search__none");
  const clear = one(dialog, ".kb-search__clear");
  const more = one(dialog, "[data-kb-more]");
  const forget = one(dialog, "[data-kb-forget]");
  const choice = kbSearchChoice.of(dialog, INDEX, lang, () => answers.ask());

  let limit = SHOWN;
  const answers = new kbAnswers.Answers(showFound, PAUSE);
  let passages = 0;
  /** @type {(() => void) | undefined} */
  let endPassages;
  let at = -1;
  const rows = () => [...list.querySelectorAll("[role=option]")];

  /** Chooses a row, or the nearest that there is; -1 chooses none. @param {number} index */
  function choose(index) {
    const all = rows();
    at = Math.min(Math.max(index, -1), all.length - 1);
    for (const [number, row] of all.entries()) {
      row.id = `kb-hit-${number}`;
      row.setAttribute("aria-selected", String(number === at));
    }
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", `kb-hit-${at}`);
    all[at]?.scrollIntoView({ block: "nearest" });
  }
  /**
   * @param {HTMLElement[]} content rows, or groups of them
   * @param {number} chosen
   */
  function show(content, chosen) {
    list.replaceChildren(...content);
    box.setAttribute("aria-expanded", String(content.length > 0));
    choose(chosen);
  }

  /** @param {() => boolean} isCurrent */
  async function showFound(isCurrent) {
    const query = box.value;
    clear.hidden = !query;
    try {
      const found = query.trim() ? await kbSearch.search(INDEX, query, options()) : null;
      if (isCurrent()) draw(query, found);
    } catch (error) {
      if (!isCurrent()) return;
      show([], -1); // what stands there is not of what is typed
      said.textContent = texts.search_failed;
      console.error(error);
    }
  }
  const options = () => ({ ...choice.chosen(), language: lang, limit });
  /**
   * @param {string} query
   * @param {KbFound | null} found
   */
  function draw(query, found) {
    clearTimeout(passages);
    endPassages?.();
    none.hidden = !found || found.hits.length > 0;
    forget.hidden = found !== null || !kbSearchRecent.all().length;
    more.hidden = !found || found.hits.length < limit || limit >= MOST;
    if (found) drawFound(query, found);
    else drawStart();
  }
  /** What was searched for before, and what most people read. */
  function drawStart() {
    said.textContent = "";
    const recent = kbSearchRecent
      .all()
      .map((query) => kbSearchRows.queryRow(query, "recent", "", search));
    const popular = kbSearchStart
      .picks()
      .map(([title, address]) => kbSearchRows.linkRow(address, "popular", title));
    const groups = [
      { name: texts.search_recent, items: recent },
      { name: texts.search_popular, items: popular },
    ].filter(({ items }) => items.length);
    show(
      groups.map(({ name, items }) => kbSearchRows.group(name, items)),
      -1,
    );
  }
  /** @param {string} query @param {KbFound} found */
  function drawFound(query, found) {
    const { asWords, hits, meant, terms, total } = found;
    const count = kbSearchRows.summary(total, query);
    said.textContent = asWords ? `${count} ${texts.search_as_words}` : count;
    const others = meant ? [kbSearchRows.queryRow(meant, "meant", texts.search_meant, search)] : [];
    show(
      [...others, ...hits.map((hit) => kbSearchRows.hitRow(hit, terms))],
      others.length && hits.length ? 1 : 0,
    );
    kbSearchStart.fillIn(none, query);
    passagesSoon(found);
    if (hits.length) kbSearchStart.found();
    else kbSearchStart.miss(query);
  }
  /** The passages, when no other key follows: they are in more files than the hits. @param {KbFound} found */
  function passagesSoon(found) {
    const hitRows = rows().slice(-found.hits.length || rows().length);
    passages = globalThis.setTimeout(() => {
      endPassages = kbSearchRows.showPassages(INDEX, hitRows, found);
    }, PAUSE * 2);
  }
  /** Searches for something else. @param {string} query */
  function search(query) {
    box.value = query;
    limit = SHOWN;
    box.focus();
    answers.ask();
    kbSearchAddress.write(query, choice.chosen());
  }

  function open() {
    if (dialog.open) return;
    dialog.showModal();
    box.focus();
    box.select();
    choice.ready();
    answers.ask();
  }
  function close() {
    leave(); // what the browser tells of it comes later: the page may be left by then
    dialog.close();
  }
  /** Keeps what was searched for, and takes it out of the address. */
  function leave() {
    answers.drop();
    kbSearchRecent.add(box.value);
    kbSearchAddress.clear();
  }
  /** Before a page is left for a hit: Back leads to what was found. */
  function keep() {
    if (!box.value.trim()) return;
    kbSearchRecent.add(box.value);
    kbSearchAddress.write(box.value, choice.chosen());
  }

  box.addEventListener("input", () => {
    limit = SHOWN;
    answers.askSoon();
    kbSearchAddress.writeSoon(() => [box.value, choice.chosen()]);
  });
  /** @type {Record<string, (event: KeyboardEvent) => void>} */
  const KEYS = {
    ArrowDown: () => choose(at + 1 < rows().length ? at + 1 : 0),
    ArrowUp: () => choose(at > 0 ? at - 1 : rows().length - 1),
    PageDown: () => choose(at + 5),
    PageUp: () => choose(Math.max(at - 5, 0)),
    Enter: follow,
  };
  box.addEventListener("keydown", async (event) => {
    if (kbSearchKeys.isComposing(event)) return; // the Enter that ends a Japanese word opens nothing
    if (event.key === "Escape") {
      event.preventDefault(); // a search field would only empty itself
      close();
    } else if (Object.hasOwn(KEYS, event.key)) {
      event.preventDefault();
      if (await answers.settled()) KEYS[event.key](event);
    }
  });
  /** @param {KeyboardEvent} event */
  function follow({ ctrlKey, metaKey, shiftKey }) {
    const row = rows()[at];
    row?.dispatchEvent(
      new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }),
    );
  }
  list.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a")) keep();
  });
  list.addEventListener("pointermove", ({ target }) => {
    const row = target instanceof Element ? target.closest("[role=option]") : null;
    if (row && row.getAttribute("aria-selected") !== "true") choose(rows().indexOf(row));
  });
  none.addEventListener("click", keep);
  clear.addEventListener("click", () => search(""));
  more.addEventListener("click", () => {
    const next = rows().length;
    limit = Math.min(limit + SHOWN, MOST);
    box.focus();
    answers.ask().then(() => choose(next));
  });
  forget.addEventListener("click", () => {
    kbSearchRecent.clear();
    box.focus();
    answers.ask();
  });
  one(dialog, "form").addEventListener("submit", (event) => event.preventDefault());
  one(dialog, ".kb-search__close").addEventListener("click", close);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
  });
  dialog.addEventListener("close", leave);
  for (const button of document.querySelectorAll("[data-kb-search]")) {
    button.addEventListener("click", open);
  }
  document.addEventListener("keydown", (event) => {
    if (!kbSearchKeys.isAsking(event)) return;
    event.preventDefault();
    open();
  });

  const given = kbSearchAddress.read();
  if (given) {
    box.value = given.query;
    choice.choose(given);
    open();
  }
})();
