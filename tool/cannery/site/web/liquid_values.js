// What a template's names stand for: values, and what has none. Values are data: in the text that
// a template makes each of them is a marker, which interpolate.js replaces.
"use strict";

const kbLiquidValues = (() => {
  const { RenderBudget, withoutMarks } = kbLimits;
  const { Url } = kbWording;
  const { Written } = kbNumbers;
  const { Drop } = liquidjs;
  const OPEN = "\ue000";
  const CLOSE = "\ue001";
  const MARK = /\ue000([0-9]{1,7})\ue001/g;
  // As in util/plain.py: sequences to a terminal as a whole, then all other control characters.
  const CONTROLS =
    /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])(?:[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)|[0-9;]*)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|\x1b[!-/]*[0-~]?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

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

  /** @param {string} text */
  const printable = (text) => text.replace(CONTROLS, "");
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

  return { CLOSE, MARK, Missing, plainOf, printable, RenderState, textOf, unmark };
})();
