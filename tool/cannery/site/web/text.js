// Text as Python reads it: which characters are blank, and in which order texts stand.
"use strict";

const kbText = (() => {
  // What Python's str.strip() takes away.
  const BLANK =
    "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const STARTS_BLANK = new RegExp(`^[${BLANK}]+`, "u");
  const IS_BLANK = new RegExp(`^[${BLANK}]$`, "u");
  const BLANKS = new RegExp(`[${BLANK}]+`, "u");

  // What ends a line of a value.
  const BREAK = /\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]/g;
  const DIGIT = /\p{Nd}/u; // of any script, as Python reads them
  const KANA = 0x60; // from hiragana to katakana

  /** @param {string} text */
  const lstrip = (text) => text.replace(STARTS_BLANK, "");
  /**
   * In one pass, where a pattern would look at a run of blanks from each of its places.
   * @param {string} text
   * @param {(char: string) => boolean} isCut
   */
  function withoutEnd(text, isCut) {
    let end = text.length;
    while (end && isCut(text[end - 1])) end -= 1;
    return text.slice(0, end);
  }
  /** @param {string} text */
  const rstrip = (text) => withoutEnd(text, (char) => IS_BLANK.test(char));
  /**
   * The text without this character at its end.
   * @param {string} text
   * @param {string} cut
   */
  const rtrimmed = (text, cut) => withoutEnd(text, (char) => char === cut);
  /** @param {string} text */
  const strip = (text) => lstrip(rstrip(text));
  /** @param {string} text */
  const words = (text) => (strip(text) ? strip(text).split(BLANKS) : []);
  /**
   * Full-width letters, digits and signs, and half-width kana, in their usual width: `１２．５`
   * is 12.5. Unlike NFKC as a whole, `10²` stays what it is.
   * @param {string} text
   */
  const narrowed = (text) =>
    text.replace(/[\u3000\uff00-\uffef]+/g, (run) => run.normalize("NFKC"));
  /**
   * The text with hyphens between digits, where another dash or a long vowel's mark stands.
   * @param {string} text
   */
  const withHyphens = (text) => text.replace(/(?<=\p{Nd})[ー\u2010-\u2015\u2212](?=\p{Nd})/gu, "-");
  /**
   * A name as it is compared, as util/text.py has it: in any width and case, kana alike, ß as ss.
   * @param {string} name
   */
  function foldName(name) {
    const folded = name.normalize("NFKC").toUpperCase().toLowerCase().replaceAll("ς", "σ");
    return strip(folded).replace(/[ァ-ヶ]/g, (kana) =>
      String.fromCharCode(kana.charCodeAt(0) - KANA),
    );
  }
  /**
   * A digit as one of 0 to 9: each script's ten stand in order, behind whole sets of ten.
   * @param {string} char
   */
  function asciiDigit(char) {
    if (char <= "9" || !DIGIT.test(char)) return char;
    const point = codePoint(char);
    let first = point;
    while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((point - first) % 10);
  }
  /** @param {string} text */
  const isAscii = (text) => [...text].every((char) => codePoint(char) < 128);
  /** @param {string} text */
  const isBlank = (text) => strip(text) === "";

  /**
   * Less than 0, 0 or more than 0, by code points: JavaScript's own order is by UTF-16 units.
   * @param {string} left
   * @param {string} right
   */
  function compare(left, right) {
    const [one, two] = [[...left], [...right]];
    for (let at = 0; at < Math.min(one.length, two.length); at += 1) {
      if (one[at] !== two[at]) return codePoint(one[at]) - codePoint(two[at]);
    }
    return one.length - two.length;
  }
  /** @param {string} char */
  const codePoint = (char) => char.codePointAt(0) ?? 0;

  /**
   * Whether one of the ranges, in ascending order, has this code point.
   * @param {KbRange[]} ranges
   * @param {number} point
   */
  function isIn(ranges, point) {
    let [low, high] = [0, ranges.length - 1];
    while (low <= high) {
      const middle = Math.floor((low + high) / 2);
      if (point < ranges[middle][0]) high = middle - 1;
      else if (point > ranges[middle][1]) low = middle + 1;
      else return true;
    }
    return false;
  }

  return {
    asciiDigit,
    BREAK,
    codePoint,
    compare,
    foldName,
    isAscii,
    isBlank,
    isIn,
    lstrip,
    narrowed,
    rstrip,
    rtrimmed,
    strip,
    withHyphens,
    withoutEnd,
    words,
  };
})();
