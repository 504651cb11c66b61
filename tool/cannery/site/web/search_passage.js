// The passage of a page with the most terms of a query: the twin of search/snippet.py.
"use strict";

const kbSearchPassage = (() => {
  const { merged, places } = kbSearchPlaces;
  const SIZE = 160; // columns
  const LEAD = 4; // one part of so many stands before the first match
  const MAX_SCAN = 40_000; // characters of a page that are looked at
  const LONGEST_WORD = 16; // that is looked for the end of
  const HALF_FIELD = /^[^{}]{0,40}\}\s*/;
  const WIDE =
    /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;
  /** @type {[name: string, pattern: RegExp][]} letters of one script go together to words */
  const SCRIPTS = [
    ["latin", /[A-Za-z0-9]/],
    ["hiragana", /[\u3041-\u309f]/],
    ["katakana", /[\u30a0-\u30ff]/],
    ["han", /[\u3400-\u9fff]/],
    ["letter", /\p{L}/u],
  ];

  /**
   * @param {string} whole
   * @param {Set<string>} wanted
   * @returns {KbPassage}
   */
  function passage(whole, wanted) {
    const text = whole.slice(0, MAX_SCAN).replace(/\s+/g, " ").trim();
    const size = charactersOf(text);
    const spans = firstSpans(text, wanted, size);
    const first = spans.length ? bestStart(spans, size) : 0;
    const start = behindField(
      text,
      boundary(text, Math.max(0, first - Math.floor(size / LEAD)), 1),
    );
    const from = start + (text[start] === " " ? 1 : 0);
    const to = boundary(text, from + size, -1);
    const inside = spans.filter((span) => span.start >= from && span.end <= to);
    const lead = from > 0 ? "…" : "";
    const shift = lead.length - from;
    return {
      text: `${lead}${text.slice(from, to).trimEnd()}${to < text.length ? "…" : ""}`,
      spans: merged(inside).map((span) => ({ start: span.start + shift, end: span.end + shift })),
    };
  }
  /** The place behind a field of a macro that would be cut in half. @param {string} text @param {number} start */
  const behindField = (text, start) =>
    start + (start ? (HALF_FIELD.exec(text.slice(start))?.[0].length ?? 0) : 0);
  /**
   * Where wanted terms stand, up to the end of the first passage that has them all.
   * @param {string} text
   * @param {Set<string>} wanted
   * @param {number} size
   */
  function firstSpans(text, wanted, size) {
    const missing = new Set(wanted);
    let end = text.length;
    const spans = [];
    for (const span of places(text, wanted)) {
      if (span.start > end) break;
      spans.push(span);
      missing.delete(span.term);
      if (!missing.size) end = Math.min(end, span.start + size);
    }
    return spans;
  }
  /** How many characters a passage of this text has: a Japanese one takes two columns. @param {string} text */
  function charactersOf(text) {
    const sample = text.slice(0, SIZE);
    const wide = sample.match(WIDE)?.length ?? 0;
    return sample ? Math.floor((SIZE * sample.length) / (sample.length + wide)) : SIZE;
  }
  /**
   * Where the passage with the most different terms begins.
   * @param {KbSpan[]} spans
   * @param {number} size
   */
  function bestStart(spans, size) {
    let [best, most, first] = [spans[0].start, 0, 0];
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { start, term } of spans) {
      counts.set(term, (counts.get(term) ?? 0) + 1);
      for (; start - spans[first].start > size - size / LEAD; first += 1)
        leave(counts, spans[first].term);
      if (counts.size > most) [best, most] = [spans[first].start, counts.size];
    }
    return best;
  }
  /** @param {Map<string, number>} counts @param {string} term */
  function leave(counts, term) {
    const left = (counts.get(term) ?? 0) - 1;
    if (left > 0) counts.set(term, left);
    else counts.delete(term);
  }
  /**
   * The nearest place, from `at` on by `step`, where no word is cut: where the script changes.
   * @param {string} text
   * @param {number} at
   * @param {number} step
   */
  function boundary(text, at, step) {
    for (let position = at; Math.abs(position - at) < LONGEST_WORD; position += step) {
      if (position <= 0 || position >= text.length)
        return Math.min(Math.max(position, 0), text.length);
      if (isBetween(text, position)) return position;
    }
    return at;
  }
  /** @param {string} text @param {number} at */
  const isBetween = (text, at) =>
    scriptOf(text[at - 1]) !== scriptOf(text[at]) && !/[\udc00-\udfff]/.test(text[at]);
  /** @param {string} char */
  const scriptOf = (char) => SCRIPTS.find(([, pattern]) => pattern.test(char))?.[0] ?? char;

  return { passage };
})();
