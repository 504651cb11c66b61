// The agent's own values, such as the name below a reply: asked once, and kept in this browser.
"use strict";

const kbMacroAgent = (() => {
  const { element } = kbControls;
  const { one, texts } = kbPage;
  const { browser } = kbStore;
  const { YOURS } = kbMacroRequest;
  const LEAD = kbMacroRequest.AGENT;

  /** The boxes for them, or a line with what they are where all are known. */
  class Agent {
    /**
     * @param {HTMLElement} box
     * @param {KbMacro} macro
     * @param {() => void} changed
     */
    constructor(box, macro, changed) {
      this.box = box;
      this.names = kbMacroRequest.mentioned(macro);
      this.changed = changed;
      /** @type {Map<string, HTMLInputElement>} */
      this.inputs = new Map();
      this.fields = one(box, ".kb-you__fields");
      this.line = one(box, ".kb-you__known");
      one(this.line, "button").addEventListener("click", () => {
        this.show(false);
        this.focus();
      });
      for (const name of this.names.filter((item) => `${LEAD}${item}` in YOURS)) this.ask(name);
      this.show(this.isKnown());
    }
    values() {
      return browser.texts("agent", this.names);
    }
    isKnown() {
      const known = this.values();
      return this.inputs.size > 0 && [...this.inputs.keys()].every((name) => known[name]);
    }
    /** The values in a line, or else their boxes. @param {boolean} isLine */
    show(isLine) {
      this.box.hidden = !this.inputs.size;
      this.line.hidden = !isLine;
      this.fields.hidden = isLine;
      one(this.line, "output").textContent = Object.values(this.values()).join(", ");
    }
    /** Ask for what a form lacks, too. @param {KbRow[]} rows @returns {KbRow[]} those of the macro */
    take(rows) {
      for (const { field } of rows.filter(isAgents)) {
        const name = field.name.slice(LEAD.length);
        if (this.inputs.has(name)) continue;
        this.ask(name);
        this.show(false);
      }
      return rows.filter((row) => !isAgents(row));
    }
    /** @param {string} name */
    ask(name) {
      const id = `kb-you-${name}`;
      const input = element("input", {
        id,
        type: "text",
        autocomplete: `${LEAD}${name}` in YOURS ? name : "off",
        "aria-describedby": `${id}-help`,
      });
      input.value = browser.text(LEAD + name);
      input.addEventListener("input", () => {
        browser.set(LEAD + name, input.value.trim());
        this.changed();
      });
      const label = element("label", { for: id }, YOURS[LEAD + name] ?? LEAD + name);
      const help = element("small", { id: `${id}-help` }, texts.you_hint);
      this.fields.append(element("div", { class: "kb-field" }, label, help, input));
      this.inputs.set(name, input);
    }
    /** To the box of a field, or to the first. @param {string} [field] */
    focus(field = "") {
      const input = this.inputs.get(field.slice(LEAD.length)) ?? [...this.inputs.values()][0];
      if (input) this.show(false);
      input?.focus();
    }
  }
  /** @param {KbRow} row */
  const isAgents = ({ field }) => field.name.startsWith(LEAD);

  return { Agent };
})();
