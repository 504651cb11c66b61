// What is chosen beside the words of a search: a kind, and a section.
"use strict";

const kbSearchChoice = (() => {
  /**
   * @param {HTMLElement} dialog
   * @param {URL} index
   * @param {string} language
   * @param {() => void} changed
   */
  function of(dialog, index, language, changed) {
    const { one } = kbPage;
    const part = one(dialog, ".kb-search__filters");
    /** @type {HTMLSelectElement} */
    const sections = one(part, "select");
    const radios = () => [...part.querySelectorAll("input")];
    part.addEventListener("change", changed);

    const chosen = () => ({
      kind: radios().find(({ checked }) => checked)?.value ?? "",
      section: sections.value,
    });
    /** @param {{ kind: string, section: string }} wanted */
    function choose({ kind, section }) {
      for (const radio of radios()) radio.checked = radio.value === kind;
      if (section && ![...sections.options].some(({ value }) => value === section))
        sections.append(new Option(section, section));
      sections.value = section;
    }
    /** Fills in the sections, when the search opens first. */
    async function ready() {
      if (sections.dataset.isFull) return;
      sections.dataset.isFull = "true";
      const all = await kbSearch.sections(index, language);
      const { section } = chosen();
      sections.replaceChildren(
        sections.options[0],
        ...all.map(({ value, title }) => new Option(title, value)),
      );
      choose({ ...chosen(), section });
      sections.hidden = all.length < 2;
      part.hidden = sections.hidden && !radios().length;
    }
    return {
      chosen,
      choose,
      ready: () => {
        ready().catch(console.error); // the search itself tells that it does not answer
      },
    };
  }
  return { of };
})();
