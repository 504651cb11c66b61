// What a template's names stand for: values, and what has none. Values are data: in the text that
// a template makes each of them is a marker, which interpolate.js replaces.
"use strict";

const kbLiquidValues = (() => {
  const { RenderBudget, withoutMarks } = kbLimits;
  const { Url } = kbWording;
  const { printable } = kbSeen;
  const { Written } = kbNumbers;
  const { Drop } = liquidjs;
  const OPEN = "\ue000";
  const CLOSE = "\ue001";
  const MARK = /\ue000([0-9]{1,7})\ue001/g;

  /** A name without a value: false to a condition, and it tells its name to whoever needs it. */
  class Missing extends Drop {
    /** @param {string} name */
    constructor(name) {
      super();
      this.missing = name;
    }
    valueOf() {
      // Undefined: to LiquidJS there is no value.
    }
  }

  /**
   * The value, but a web address as its text, and a number without the form that it was written in.
   * @param {unknown} value
   * @returns {unknown}
   */
  function plainOf(value) {
    if (value instanceof Url) return value.text;
    return Written.is(value) ? value.valueOf() : value;
  }
  /** @param {KbPrinted} value */
  const textOf = (value) => (value instanceof Url ? value.text : value);
  /**
   * The text with its values in place, as they are.
   * @param {string} text
   * @param {KbPrinted[]} values
   */
  const unmark = (text, values) =>
    text.replace(MARK, (_, index) => textOf(values[Number(index)] ?? ""));

  /** What one render is given, and what it has gathered so far. */
  class RenderState {
    /** @type {KbPrinted[]} */
    values = [];
    /** Names without a value that were read, in order of use. @type {Set<string>} */
    touched = new Set();
    /** Those of them whose value would be printed. @type {Set<string>} */
    needed = new Set();
    /**
     * @param {KbRenderContext} context
     * @param {boolean} isProbing whether names without a value are gathered, and not refused
     */
    constructor({ language, optional, articleUrl, maxSteps }, isProbing) {
      this.language = language;
      this.optional = optional;
      this.articleUrl = articleUrl;
      this.isProbing = isProbing;
      this.budget = new RenderBudget(maxSteps);
    }
    /** The marker that stands for a value from here on. @param {KbPrinted} value */
    mark(value) {
      const plain = withoutMarks(printable(textOf(value)));
      this.values.push(value instanceof Url ? new Url(plain) : plain);
      return `${OPEN}${this.values.length - 1}${CLOSE}`;
    }
  }

  return { CLOSE, MARK, Missing, plainOf, RenderState, textOf, unmark };
})();
