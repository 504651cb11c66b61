// What a stranger's template may cost in the browser: the twin of liquid/limits.py.
//
// The limits count what is done, not how long it takes, so that both sides refuse the same.
"use strict";

const kbLimits = (() => {
  const MAX_SOURCE = 20_000;
  const MAX_OUTPUT = 300_000;
  const MAX_TEXT = 100_000; // of a template's own, which is read as Markdown
  const MAX_GROWTH = 1_000_000;
  const MAX_STEPS = 20_000;
  const MAX_DEFAULT_STEPS = 1000;
  const MAX_WORK = 20_000_000;
  const MAX_VALUE = 200_000;
  const MAX_ITEMS = 5000;
  const MAX_NEEDLE = 200;
  const MAX_LOOPS = 1000;
  const MAX_NAMES = 200;
  const MAX_DEPTH = 15;
  const MAX_PARTS = 21; // in parts: the same, and what each begins with
  const MAX_NUMBER = 2 ** 53;
  const MAX_SECONDS = 5; // a last resort, of a whole form
  const LOOK_EVERY = 256;
  const MAX_UNCLOSED = 20;
  const BLANKS = /(?<!\s)\s{500}/;
  const MARKS = /[\ue000\ue001]/g;
  const BLOCKS = ["if", "unless", "case", "for", "capture"];
  const ENDS = BLOCKS.map((name) => `end${name}`);

  // Searched by each start in the text, and compared item by item.
  const SEARCHING = [
    "replace",
    "replace_first",
    "replace_last",
    "remove",
    "remove_first",
    "remove_last",
    "split",
  ];
  const COMPARING = ["uniq", "sort", "compact"];
  const CHEAP = 20; // comparisons that cost as much as a character
  const GROWING = ["replace", "replace_first", "replace_last", "remove", "join"];

  /** Letters as Python counts them: a pair of surrogates is one. @param {string} text */
  const lengthOf = (text) =>
    text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);

  let formDeadline = Number.POSITIVE_INFINITY;
  /** From now on, a form's renders may take so long together. */
  function begin() {
    formDeadline = performance.now() + MAX_SECONDS * 1000;
  }

  /** What one render has cost; each method throws where it is too much. */
  class RenderBudget {
    steps = 0;
    work = 0;
    shown = 0;
    written = 0;
    /** @type {number[]} */
    loops = [];
    /** @type {number[]} */
    numbers = [];
    constructor(maxSteps = MAX_STEPS) {
      this.maxSteps = maxSteps;
      this.deadline = performance.now() + MAX_SECONDS * 1000;
    }
    /** One more tag, text or value. */
    step() {
      this.steps += 1;
      this.numbers = [];
      if (this.steps > this.maxSteps) {
        throw new Error("too many steps: check for nested loops");
      }
      if (this.steps % LOOK_EVERY !== 0) return;
      if (performance.now() > Math.min(this.deadline, formDeadline)) {
        throw new Error("it takes too long to render");
      }
    }
    /** So many characters read, assigned or made. @param {number} amount */
    spend(amount) {
      this.work += amount;
      if (this.work > MAX_WORK) throw new Error("it creates too much text");
    }
    /** So much text of the template's own. @param {string} text */
    write(text) {
      this.written += lengthOf(text);
      if (this.written > MAX_TEXT) {
        throw new Error(`it has more than ${MAX_TEXT} characters of fixed text`);
      }
      this.print(text);
    }
    /** So much text for the reply. @param {string} text */
    print(text) {
      this.shown += lengthOf(text);
      if (this.shown > MAX_OUTPUT) {
        throw new Error(`the reply is longer than ${MAX_OUTPUT} characters`);
      }
    }
    /** A value that was read: whatever is done with it takes as long as it is. @param {unknown} value */
    read(value) {
      this.spend(typeof value === "string" || Array.isArray(value) ? value.length : 1);
      if (typeof value === "string" || typeof value === "number") this.numbers.push(Number(value));
    }
    /** A range of so many items, of the numbers that this tag has read. @param {number} length */
    range(length) {
      if (this.numbers.some((number) => Math.abs(number) >= MAX_NUMBER)) {
        throw new Error("a number is too large");
      }
      if (length > MAX_LOOPS) throw new Error(`a range is longer than ${MAX_LOOPS}`);
    }
    /** So many names without a value: each is a row of the form. @param {number} count */
    touch(count) {
      if (count > MAX_NAMES) throw new Error(`more than ${MAX_NAMES} names have no value`);
    }
    /** A loop of so many rounds begins, in those that are under way. @param {number} length */
    enter(length) {
      this.loops.push(length);
      if (this.loops.reduce((all, one) => all * one, 1) > MAX_LOOPS) {
        throw new Error("a loop is too long");
      }
    }
    leave() {
      this.loops.pop();
    }
  }

  /** Refuse a template that is too long, too deep, or slow to read. @param {string} text */
  function refuseSource(text) {
    if (text.length > MAX_SOURCE && lengthOf(text) > MAX_SOURCE) {
      throw new Error(`a template can have at most ${MAX_SOURCE} characters`);
    }
    if (BLANKS.test(text)) throw new Error("more than 500 spaces in a row");
    for (const [open, close] of [
      ["{{", "}}"],
      ["{%", "%}"],
    ]) {
      const rest = text.slice(text.lastIndexOf(close) + 1);
      if (rest.split(open).length - 1 > MAX_UNCLOSED) throw new Error(`${open} without ${close}`);
    }
    refuseDeep(text);
  }
  /** @param {string} text */
  function refuseDeep(text) {
    let depth = 0;
    for (const [, name] of text.matchAll(/\{%-?\s*([a-z]+)/g)) {
      depth += Number(BLOCKS.includes(name)) - Number(ENDS.includes(name));
      if (depth > MAX_DEPTH) throw new Error("blocks are nested too deeply");
    }
    // A loop that counts where numbers are no longer exact never ends.
    if (/\(\s*-?\d{16,}\s*\.\.|\.\.\s*-?\d{16,}\s*\)/.test(text)) {
      throw new Error("a number is too large");
    }
  }

  /** @param {unknown} value @returns {number} */
  function sizeOf(value) {
    if (typeof value === "string") return lengthOf(value) + 1;
    return Array.isArray(value) ? value.reduce((all, item) => all + sizeOf(item), 1) : 8;
  }
  /** @param {unknown} value */
  function refuseLarge(value) {
    if (typeof value === "number" && !(Math.abs(value) < MAX_NUMBER)) {
      throw new Error("a number is too large");
    }
    if (Array.isArray(value) && value.length > MAX_ITEMS) {
      throw new Error(`a list has more than ${MAX_ITEMS} items`);
    }
    const isLong = typeof value === "string" || Array.isArray(value);
    if (isLong && sizeOf(value) > MAX_VALUE) throw new Error("a value is too long");
  }
  /**
   * Refuse what a filter would take too long for, or make too much of.
   * @param {string} name
   * @param {unknown} value
   * @param {unknown[]} args
   * @param {RenderBudget} budget
   */
  function refuseFilter(name, value, args, budget) {
    for (const item of [value, ...args]) refuseLarge(item);
    const most = Math.max(1, ...args.map(sizeOf));
    if (GROWING.includes(name) && sizeOf(value) * most > MAX_GROWTH) {
      throw new Error(`the filter ${name} creates too long a text`);
    }
    if (SEARCHING.includes(name) && args.length && sizeOf(args[0]) > MAX_NEEDLE + 1) {
      throw new Error(`${name} can search for at most ${MAX_NEEDLE} characters`);
    }
    if (COMPARING.includes(name) && Array.isArray(value)) {
      budget.spend(Math.floor((value.length * value.length) / CHEAP));
    }
  }

  /**
   * Whether the text holds another, in time that only grows as both do.
   * @param {string} text
   * @param {string} wanted
   */
  function holds(text, wanted) {
    if (wanted.length <= MAX_NEEDLE) return text.includes(wanted);
    const back = fallbacks(wanted);
    let same = 0;
    for (const unit of text.split("")) {
      same = continued(wanted, back, same, unit);
      if (same === wanted.length) return true;
    }
    return false;
  }
  /**
   * For each end of a beginning of the text: how much of the beginning stands there again
   * (Knuth, Morris and Pratt).
   * @param {string} wanted
   */
  function fallbacks(wanted) {
    const back = [0];
    for (let at = 1; at < wanted.length; at += 1) {
      back.push(continued(wanted, back, back[at - 1], wanted[at]));
    }
    return back;
  }
  /**
   * How much of the beginning stands before and with this letter, where `same` stood before it.
   * @param {string} wanted
   * @param {number[]} back
   * @param {number} same
   * @param {string} unit
   */
  function continued(wanted, back, same, unit) {
    let length = same;
    while (length && unit !== wanted[length]) length = back[length - 1];
    return unit === wanted[length] ? length + 1 : length;
  }
  /** @param {string} text */
  const withoutMarks = (text) => text.replace(MARKS, "");

  return {
    begin,
    holds,
    MAX_DEFAULT_STEPS,
    MAX_PARTS,
    RenderBudget,
    refuseFilter,
    refuseLarge,
    refuseSource,
    sizeOf,
    withoutMarks,
  };
})();
