// A field's pattern in the browser: steps that content/patterns.py has made of it, taken all at
// once, so that no text takes longer than its letters times the steps.
"use strict";

(() => {
  const MAX_MATCHED = 10_000;
  const WORD = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;

  /** Whether the whole text is what the pattern asks for. */
  function matches({ classes, steps }, text) {
    const chars = [...text];
    const tests = classes.map((source) => new RegExp(`^${source}$`, "u"));
    const isWord = (at) => at >= 0 && at < chars.length && WORD.test(chars[at]);
    const isEnd = (at) => at === chars.length || (at === chars.length - 1 && chars[at] === "\n");
    const isEdge = (at) => isWord(at - 1) !== isWord(at);
    const places = { "^": (at) => at === 0, $: isEnd, b: isEdge, B: (at) => !isEdge(at) };

    /** All steps that can be reached from these without a character. */
    function reached(starts, at) {
      const seen = new Uint8Array(steps.length);
      const found = [];
      const open = [...starts];
      while (open.length) {
        const step = open.pop();
        if (seen[step]) continue;
        seen[step] = 1;
        const [kind, one, two] = steps[step];
        if (kind === "s") open.push(step + one, step + two);
        else if (kind === "j") open.push(step + one);
        else if (kind === "c" || kind === "m") found.push(step);
        else if (places[kind](at)) open.push(step + 1);
      }
      return found;
    }
    let now = reached([0], 0);
    for (let at = 0; at < chars.length && now.length; at += 1) {
      const fits = new Map(); // by class: asked once for each character
      const fit = (name) => fits.get(name) ?? fits.set(name, tests[name].test(chars[at])).get(name);
      const next = now.filter((step) => steps[step][0] === "c" && fit(steps[step][1]));
      now = reached(next.map((step) => step + 1), at + 1);
    }
    return now.some((step) => steps[step][0] === "m");
  }

  cannery.pattern = { MAX_MATCHED, matches };
})();
