// Where the terms of a query stand in a text as it was written: the twin of `places` in
// search/tokens.py.
"use strict";

const kbSearchPlaces = (() => {
  const { CAMEL, folded, isCjk, isLone, ofRun, runPattern } = kbTokens;
  const OKURIGANA = /([\u4e00-\u9fff])[いえきぎけげしじせちってびべみめりれ]([\u4e00-\u9fff])/g;
  const V_SOUND = /ヴ[ァィェォ]/g;
  const LONG_VOWEL = /(?<=[ァ-ヺー]{2})ー(?![ァ-ヺー])/g;
  const MARKS = "\u3099\u309a\uff9e\uff9f\u0300-\u036f"; // what NFKC merges into the letter before
  const CLUSTER = new RegExp(`[^${MARKS}]?[${MARKS}]*`, "gsu");

  /**
   * The spans of wanted terms in a text, in order; a wanted lone letter stands wherever it begins a
   * pair.
   * @param {string} text
   * @param {Set<string>} wanted
   * @returns {Generator<KbSpan>}
   */
  function* places(text, wanted) {
    const plain = text.normalize("NFKC");
    const offsets = offsetsOf(text, plain);
    const lone = new Set([...wanted].filter(isLone));
    const isWanted = (/** @type {KbSpan} */ { term }) => wanted.has(term) || lone.has(term[0]);
    for (const { 0: run, index } of plain.matchAll(runPattern(plain))) {
      for (const { term, start, end } of spansIn(run).filter(isWanted)) {
        yield { term, start: offsets(index + start).first, end: offsets(index + end - 1).end };
      }
    }
  }
  /** @param {string} run @returns {KbSpan[]} */
  const spansIn = (run) => (isCjk(run) ? inRun(run) : inWord(run));
  /** The term of a word, and those of its parts: of a version, all but its first letter. @param {string} run */
  function inWord(run) {
    const [whole, ...parts] = ofRun(run);
    const pieces = [...run.matchAll(parts.length > 1 ? CAMEL : /(?<![0-9])[0-9]+$/g)];
    return [
      { term: whole, start: 0, end: run.length },
      ...parts.map((term, at) => ({
        term,
        start: pieces[at].index,
        end: pieces[at].index + pieces[at][0].length,
      })),
    ];
  }
  /** @param {string} run */
  function inRun(run) {
    const kept = keptIn(run);
    const last = kept.length - 1;
    const pairs = ofRun(run).map((term, at) => ({
      term,
      start: kept[at],
      end: kept[Math.min(at + 1, last)] + 1,
    }));
    const shorter = [...run.matchAll(OKURIGANA)].map(({ 0: whole, 1: one, 2: two, index }) => ({
      term: folded(one + two),
      start: index,
      end: index + whole.length,
    }));
    return [...pairs, ...shorter];
  }
  /** Where the letters of the folded run stand in the run itself. @param {string} run */
  function keptIn(run) {
    const dropped = new Set([...run.matchAll(V_SOUND)].map(({ index }) => index + 1));
    for (const { index } of run.matchAll(LONG_VOWEL)) dropped.add(index);
    const starts = [];
    for (let at = 0; at < run.length; at += 1) {
      if (!(dropped.has(at) || isLowHalf(run, at))) starts.push(at);
    }
    return starts;
  }
  /** Whether it is the second half of a letter. @param {string} text @param {number} at */
  const isLowHalf = (text, at) => (text.charCodeAt(at) & 0xfc_00) === 0xdc_00;
  /**
   * Where each character of the text in NFKC stood before.
   * @param {string} text
   * @param {string} plain
   * @returns {(at: number) => { first: number, end: number }}
   */
  function offsetsOf(text, plain) {
    if (plain.length === text.length) return (at) => ({ first: at, end: at + 1 });
    const offsets = [...text.matchAll(CLUSTER)].flatMap(({ 0: cluster, index }) => {
      const size = cluster.normalize("NFKC").length;
      return new Array(size).fill({ first: index, end: index + cluster.length });
    });
    return (at) => offsets[at];
  }
  /**
   * Spans that touch, as one.
   * @param {{ start: number, end: number }[]} spans in order
   */
  function merged(spans) {
    /** @type {{ start: number, end: number }[]} */
    const all = [];
    for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
      const last = all.at(-1);
      if (last && start <= last.end) last.end = Math.max(last.end, end);
      else all.push({ start, end });
    }
    return all;
  }

  return { merged, places };
})();
