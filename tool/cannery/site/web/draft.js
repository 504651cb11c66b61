// What is typed into a macro's form: it outlives a reload and the way back, and ends with the copy.
"use strict";

const kbDraft = (() => {
  const { tab } = kbStore;
  // A longer address than this, with what was typed, is followed by no browser.
  const MAX_ADDRESS = 8000;

  /**
   * Values from the address: after `?` for links from elsewhere, after `#` from another language's
   * page, which no server sees.
   */
  const addressed = () =>
    new Map([
      ...new URLSearchParams(location.search),
      ...new URLSearchParams(location.hash.slice(1)),
    ]);
  /** How a reader came here. */
  function isReturn() {
    const [entry] = performance.getEntriesByType("navigation");
    const { type } = /** @type {{ type?: string }} */ (entry ?? {});
    return type === "reload" || type === "back_forward";
  }
  /**
   * The texts by field, of what a tab may hold.
   * @param {unknown} value
   * @param {string[]} names
   * @returns {Record<string, string>}
   */
  function textsOf(value, names) {
    const pairs = Object.entries(typeof value === "object" && value ? value : {});
    return Object.fromEntries(
      pairs.filter(([name, text]) => names.includes(name) && typeof text === "string"),
    );
  }
  /** @param {Record<string, string>} texts */
  const isEmpty = (texts) => Object.values(texts).every((text) => !text);

  /** What is typed into the form of a macro, by field. */
  class Draft {
    /**
     * @param {string} id of the macro
     * @param {string[]} names of its fields
     */
    constructor(id, names) {
      this.name = `draft.${id}`;
      this.names = names;
      this.given = addressed();
      /** @type {Record<string, string>} */
      this.typed = textsOf(Object.fromEntries(this.given), names);
      this.resume();
    }
    /** Go on with what the tab holds of this very page; of an earlier visit, it is offered. */
    resume() {
      const held = tab.get(this.name);
      const typed = textsOf(held?.typed, this.names);
      const isHere = isReturn() && held?.address === this.address();
      if (isHere) this.typed = typed;
      const isOffered = !(isHere || isEmpty(typed) || this.holds(typed));
      /** @type {Record<string, string> | null} */
      this.offered = isOffered ? typed : null;
    }
    /** @param {Record<string, string>} typed */
    holds(typed) {
      return Object.entries(typed).every(([name, text]) => this.typed[name] === text);
    }
    address() {
      return new URLSearchParams([...this.given]).toString();
    }
    /** The values of the address that are of no field: of the ticket and the agent. */
    others() {
      const pairs = [...this.given].filter(
        ([name]) => !this.names.includes(name) && kbMacroRequest.isContext(name),
      );
      return Object.fromEntries(pairs);
    }
    /** Keep it, where more is typed than an address can bring again. */
    save() {
      const { given, typed } = this;
      const isOwn = Object.entries(typed).some(([name, text]) => text !== (given.get(name) ?? ""));
      tab.set(this.name, isOwn ? { address: this.address(), typed } : null);
    }
    forget() {
      tab.set(this.name, null);
      this.offered = null;
    }
    /** Nothing of this ticket stays; what undoes that. */
    clear() {
      const { given, typed } = this;
      const address = location.href;
      this.given = new Map();
      this.typed = {};
      this.forget();
      history.replaceState(history.state, "", location.pathname);
      return () => {
        this.given = given;
        this.typed = typed;
        history.replaceState(history.state, "", address);
        this.save();
      };
    }
    /** What the address of another language's page ends with; empty where that is too long. */
    carried() {
      const values = new URLSearchParams([...this.given].filter(([name]) => name.includes(".")));
      for (const [name, text] of Object.entries(this.typed)) values.set(name, text);
      const text = values.toString();
      return text.length > MAX_ADDRESS ? "" : text;
    }
  }

  return { Draft };
})();
