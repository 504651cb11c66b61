// A field's pattern in the browser: steps that content/patterns.py has made of it, taken all at
// once, so that no text takes longer than its letters times the steps.
"use strict";

const kbPattern = (() => {
  const MAX_MATCHED = 10_000;
  const WORD = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;

  /**
   * Whether a place between two letters is what a step asks for, by the step's name.
   * @param {string[]} chars
   * @returns {Record<string, (at: number) => boolean>}
   */
  function placesOf(chars) {
    const isWord = (/** @type {number} */ at) =>
      at >= 0 && at < chars.length && WORD.test(chars[at]);
    const isEdge = (/** @type {number} */ at) => isWord(at - 1) !== isWord(at);
    const isEnd = (/** @type {number} */ at) =>
      at === chars.length || (at === chars.length - 1 && chars[at] === "\n");
    return { "^": (at) => at === 0, $: isEnd, b: isEdge, B: (at) => !isEdge(at) };
  }
  /**
   * All steps that can be reached from these without a character.
   * @param {KbStep[]} steps
   * @param {number[]} starts
   * @param {(kind: string) => boolean} fits whether the place is what a step asks for
   */
  function reached(steps, starts, fits) {
    const seen = new Uint8Array(steps.length);
    const waiting = []; // for a character
    const open = [...starts];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      if (seen[step]) continue;
      seen[step] = 1;
      if (["c", "m"].includes(steps[step][0])) waiting.push(step);
      else open.push(...next(steps[step], step, fits));
    }
    return waiting;
  }

  /**
   * Where a step that takes no character leads.
   * @param {KbStep} step
   * @param {number} at
   * @param {(kind: string) => boolean} fits
   */
  function next([kind, one = 0, two = 0], at, fits) {
    if (kind === "s") return [at + one, at + two];
    if (kind === "j") return [at + one];
    return fits(kind) ? [at + 1] : [];
  }
  /**
   * The steps behind those that take this character. Each class is asked once.
   * @param {KbStep[]} steps
   * @param {number[]} now
   * @param {RegExp[]} classes
   * @param {string} char
   */
  function past(steps, now, classes, char) {
    /** @type {Map<number, boolean>} */
    const answers = new Map();
    return now.flatMap((step) => {
      const [kind, name = 0] = steps[step];
      if (kind !== "c") return [];
      const isTaken = answers.get(name) ?? classes[name].test(char);
      answers.set(name, isTaken);
      return isTaken ? [step + 1] : [];
    });
  }

  /**
   * Whether the whole text is what the pattern asks for.
   * @param {KbPattern} pattern
   * @param {string} text
   */
  function matches({ classes, steps }, text) {
    const chars = [...text];
    const tests = classes.map((source) => new RegExp(`^${source}$`, "u"));
    const places = placesOf(chars);
    let now = reached(steps, [0], (kind) => places[kind](0));
    for (let at = 0; at < chars.length && now.length; at += 1) {
      const starts = past(steps, now, tests, chars[at]);
      now = reached(steps, starts, (kind) => places[kind](at + 1));
    }
    return now.some((step) => steps[step][0] === "m");
  }

  return { MAX_MATCHED, matches };
})();
