// A query -> the terms that the index has: the twin of search/tokens.py.
"use strict";
var cannery = globalThis.cannery ?? (globalThis.cannery = {});

(() => {
  const CJK = "\\u3005\\u3007\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const WORD = "\\p{L}\\p{N}";
  const RUN = new RegExp(`[${CJK}]+|(?:(?![${CJK}])[${WORD}])+(?:['’](?:(?![${CJK}])[${WORD}])+)*`, "gu");
  const ASCII_RUN = /[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*/g;
  const IS_CJK = new RegExp(`^[${CJK}]`, "u");
  const COMPOUND = /(?<![A-Za-z0-9])[A-Za-z0-9]+(?:[_.\-/:@+]+[A-Za-z0-9]+)+/g;
  const IS_COMPOUND = /^[A-Za-z0-9]+(?:[_.\-/:@+]+[A-Za-z0-9]+)+$/;
  const VERSION = /^[vV]([0-9]+)$/;
  const CAMEL = /[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+/g;
  const LONG_VOWEL = /(?<=[ァ-ヺー]{2})ー(?![ァ-ヺー])/g;
  const KANA = /[\u3041-\u30ff]/;
  const HIRAGANA = /[ぁ-ゟー]/;
  const ALL_HIRAGANA = /^[ぁ-ゟー]+$/;
  const COMPACT = /^[\u3005\u30a1-\u30fc\u4e00-\u9fff]+$/;
  const JAPANESE_WORD = /^[\u3005\u30a1-\u30fa\u30fc\u4e00-\u9fff]{3,}$/;
  const MAX_WORD = 64;
  const STOP_WORDS = new Set(
    ("a an and are as at be but by for if in into is it no not of on or such that the their then " +
      "there these they this to was will with").split(" "),
  );

  // The Porter stemmer (M. F. Porter, "An algorithm for suffix stripping", 1980), as the index has it.
  const STEP2 = {
    ational: "ate", tional: "tion", enci: "ence", anci: "ance", izer: "ize", bli: "ble", alli: "al",
    entli: "ent", eli: "e", ousli: "ous", ization: "ize", ation: "ate", ator: "ate", alism: "al",
    iveness: "ive", fulness: "ful", ousness: "ous", aliti: "al", iviti: "ive", biliti: "ble", logi: "log",
  };
  const STEP3 = { icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "" };
  const C = "[^aeiouy]+";
  const V = "[aeiou]+";
  const MEASURED = new RegExp(`^(?:${C})?${V}${C}`);
  const MEASURE_1 = new RegExp(`^(?:${C})?${V}${C}(?:${V})?$`);
  const MEASURE_2 = new RegExp(`^(?:${C})?${V}${C}${V}${C}`);
  const HAS_VOWEL = new RegExp(`^(?:${C})?[aeiouy]`);
  const SHORT = new RegExp(`^${C}[aeiouy][^aeiouwxy]$`);
  const suffix = (table) => new RegExp(`^(.+?)(${Object.keys(table).join("|")})$`);
  const [ENDS2, ENDS3] = [suffix(STEP2), suffix(STEP3)];
  const ENDS4 = /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/;

  function stem(word) {
    if (word.length < 3) return word;
    const firstIsY = word[0] === "y";
    let w = firstIsY ? `Y${word.slice(1)}` : word;
    if (w.endsWith("sses")) w = w.slice(0, -2);
    else if (w.endsWith("ies")) w = w.slice(0, -2);
    else if (w.endsWith("s") && w.at(-2) !== "s") w = w.slice(0, -1);
    w = past(w);
    if (w.endsWith("y") && HAS_VOWEL.test(w.slice(0, -1))) w = `${w.slice(0, -1)}i`;
    w = replaced(w, ENDS2, STEP2);
    w = replaced(w, ENDS3, STEP3);
    const four = ENDS4.exec(w) ?? /^(.+?[st])(ion)$/.exec(w);
    if (four && MEASURE_2.test(four[1])) [, w] = four;
    const five = /^(.+?)e$/.exec(w);
    if (five && (MEASURE_2.test(five[1]) || (MEASURE_1.test(five[1]) && !SHORT.test(five[1])))) [, w] = five;
    if (w.endsWith("ll") && MEASURE_2.test(w)) w = w.slice(0, -1);
    return firstIsY ? `y${w.slice(1)}` : w;
  }
  function past(w) {
    if (w.endsWith("eed")) return MEASURED.test(w.slice(0, -3)) ? w.slice(0, -1) : w;
    const found = /^(.*)(ed|ing)$/.exec(w);
    if (!found || !HAS_VOWEL.test(found[1])) return w;
    const [, base] = found;
    // As Whoosh has it, these two look at whole words, where Porter looks at their ends.
    if (/^(?:at|bl|iz)$/.test(base)) return `${base}e`;
    if (/^([^aeiouylsz])\1$/.test(base)) return base.slice(0, -1);
    return SHORT.test(base) ? `${base}e` : base;
  }
  function replaced(w, ends, table) {
    const found = ends.exec(w);
    return found && MEASURED.test(found[1]) ? found[1] + table[found[2]] : w;
  }
  function stemmed(word) {
    const plain = word.replaceAll("’", "'").replace(/'s$/, "");
    return /^[A-Za-z]+$/.test(plain) ? stem(plain) : plain;
  }

  const isASCII = (text) => /^[\x00-\x7f]*$/.test(text);
  const isCJK = (run) => IS_CJK.test(run);
  const runsOf = (plain) => plain.match(isASCII(plain) ? ASCII_RUN : RUN) ?? [];
  const folded = (run) => run.replace(LONG_VOWEL, "");

  function ofRun(run) {
    if (!isCJK(run)) return ofWord(run);
    const letters = [...folded(run)];
    const size = letters.length;
    const count = size === 1 || !KANA.test(letters[size - 1]) ? size : size - 1;
    return Array.from({ length: count }, (_, at) => letters.slice(at, at + 2).join(""));
  }
  function ofWord(run) {
    const word = [...run].slice(0, MAX_WORD).join("");
    const whole = stemmed(word.toLowerCase());
    const version = VERSION.exec(word);
    if (version) return [whole, version[1]];
    if (word === word.toLowerCase() && /[a-z]/.test(word)) return [whole];
    if (!isASCII(word)) return [whole];
    const parts = word.match(CAMEL) ?? [];
    return parts.length < 2 ? [whole] : [whole, ...parts.map((part) => stemmed(part.toLowerCase()))];
  }

  /** How often each term stands in a text, as the index counts it. */
  function counts(text) {
    const plain = text.normalize("NFKC");
    const found = new Map();
    const add = (term) => found.set(term, (found.get(term) ?? 0) + 1);
    for (const run of runsOf(plain)) ofRun(run).forEach(add);
    for (const compound of plain.match(COMPOUND) ?? []) add(compound.slice(0, MAX_WORD).toLowerCase());
    return found;
  }
  const isLone = (term) => [...term].length === 1 && isCJK(term);

  function queryCounts(words) {
    const found = counts(words);
    for (const run of runsOf(words.normalize("NFKC"))) {
      if ([...run].length < 2 || !isCJK(run)) continue;
      const last = [...folded(run)].at(-1);
      found.set(last, (found.get(last) ?? 0) - 1);
    }
    return [...found].filter(([, count]) => count > 0);
  }
  function weight(term) {
    if (ALL_HIRAGANA.test(term)) return 0.3;
    if (HIRAGANA.test(term)) return 0.7;
    return IS_COMPOUND.test(term) ? 0.1 : 1;
  }
  /** The terms to look for, by their weight. Stop words only where there is nothing else. */
  function queryTerms(words) {
    const all = queryCounts(words);
    const telling = all.filter(([term]) => !STOP_WORDS.has(term)).map(([term, count]) => [term, weight(term) * Math.sqrt(count)]);
    return new Map(telling.length ? telling : all.map(([term]) => [term, 1]));
  }
  /** A Japanese word that is meant as it stands: its pairs of letters, in order; else nothing. */
  function pairsAsTheyStand(words) {
    const plain = words.trim().normalize("NFKC");
    if (!JAPANESE_WORD.test(plain)) return [];
    const letters = folded(plain);
    return Array.from({ length: letters.length - 1 }, (_, at) => letters.slice(at, at + 2));
  }
  const isPlaced = (term) => term.length === 2 && COMPACT.test(term);

  const CRC = Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  });
  function crc32(text) {
    let value = 0xffffffff;
    for (const byte of new TextEncoder().encode(text)) value = CRC[(value ^ byte) & 255] ^ (value >>> 8);
    return ((value ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
  }

  cannery.analysis = { counts, crc32, isLone, isPlaced, pairsAsTheyStand, queryTerms, runsOf, stem };
})();
