// What a macro asks for, and its reply, beside the list of a finder: read from the macro's own page.
"use strict";

const kbFinderPreview = (() => {
  const { element } = kbControls;
  const { one, texts } = kbPage;
  const { AGENT, mentioned, requestFor } = kbMacroRequest;
  const { browser } = kbStore;

  /** @type {Map<string, Promise<KbMacro | null>>} */
  const read = new Map();
  /** The macro of a page; null where its page has no form. @param {string} address */
  async function fetched(address) {
    const answer = await fetch(address);
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return JSON.parse(page.querySelector("script#kb-form")?.textContent ?? "null");
  }
  /** @param {string} address */
  function macroAt(address) {
    const known = read.get(address) ?? fetched(address);
    read.set(address, known);
    known.catch(() => read.delete(address)); // asked for again the next time
    return known;
  }

  /**
   * @param {HTMLElement} box
   * @param {string} address
   * @param {Record<string, string>} given
   * @param {() => boolean} isWanted whether the reader is still at this macro
   */
  async function show(box, address, given, isWanted) {
    const macro = await macroAt(address);
    if (!isWanted()) return;
    const asked = one(box, ".kb-finder__asks");
    const text = one(box, ".kb-reply__text");
    if (!macro) {
      asked.replaceChildren();
      text.textContent = texts.not_here;
      return;
    }
    const agent = browser.texts(AGENT.slice(0, -1), mentioned(macro));
    const { fault, reply, rows } = kbForm.buildForm(requestFor(macro, agent, given), {});
    asked.replaceChildren(...asks(macro, rows));
    if (reply) kbReplyView.show(text, reply);
    else text.textContent = fault;
  }
  /**
   * The fields by their labels, those first that are asked for in any case.
   * @param {KbMacro} macro
   * @param {KbRow[]} rows
   */
  function asks({ fields }, rows) {
    const open = rows.map(({ field }) => field);
    const names = new Set(open.map(({ name }) => name));
    const all = [...open, ...fields.filter(({ name }) => !names.has(name))];
    return all.map((field) => {
      const label = field.label || field.name;
      return element("li", {}, names.has(field.name) ? label : `${label} (${texts.sometimes})`);
    });
  }

  return { show };
})();
