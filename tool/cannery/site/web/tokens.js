// A query -> the terms that the index has: the twin of search/tokens.py.
"use strict";

const kbTokens = (() => {
  const CJK =
    "\\u3005\\u3007\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  // biome-ignore lint/security/noSecrets: classes of letters
  const WORD = "\\p{L}\\p{N}";
  const RUN = new RegExp(
    `[${CJK}]+|(?:(?![${CJK}])[${WORD}])+(?:['’](?:(?![${CJK}])[${WORD}])+)*`,
    "gu",
  );
  const ASCII_RUN = /[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*/g;
  const IS_CJK = new RegExp(`^[${CJK}]`, "u");
  const COMPOUND = /(?<![A-Za-z0-9])[A-Za-z0-9]+(?:[_.\-/:@+]+[A-Za-z0-9]+)+/g;
  const VERSION = /^[vV]([0-9]+)$/;
  const CAMEL = /[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+/g;
  const LONG_VOWEL = /(?<=[ァ-ヺー]{2})ー(?![ァ-ヺー])/g;
  const KANA = /[\u3041-\u30ff]/;
  const COMPACT = /^[\u3005\u30a1-\u30fc\u4e00-\u9fff]+$/;
  const MAX_WORD = 64;
  const MARK = "="; // behind a term of words that are the same
  // e-mail is email, Wi-Fi wifi.
  const JOINED = /(?<![\p{L}\p{N}_-])([A-Za-z]{1,12})[-\u2010]([A-Za-z]{2,12})(?![\p{L}\p{N}_-])/gu;
  const LIGATURES = new Map(Object.entries(kbSearchWords.ligatures));
  const VARIANTS = new Map(kbSearchWords.letters.split(" ").map(([old, now]) => [old, now]));
  const V_SOUND = /ヴ([ァィェォ]?)/g;
  const AGAIN = /([\u4e00-\u9fff])々/g;
  // 一か月, 三箇所: in digits, the number is a run of its own.
  const COUNTER = /(?:(?<=[一二三四五六七八九十百数何])|^)[カか箇](?=[月所国年条])/g;
  const OKURIGANA = /([\u4e00-\u9fff])(?=[いえきぎけげしじせちってびべみめりれ]([\u4e00-\u9fff]))/g;
  const STOP_WORDS = new Set(kbSearchWords.stopWords.split(" "));

  // The Porter stemmer (M. F. Porter, "An algorithm for suffix stripping", 1980), as the index has it.
  /** @type {Record<string, string>} */
  const STEP2 = {
    ational: "ate",
    tional: "tion",
    enci: "ence",
    anci: "ance",
    izer: "ize",
    bli: "ble",
    alli: "al",
    entli: "ent",
    eli: "e",
    ousli: "ous",
    ization: "ize",
    ation: "ate",
    ator: "ate",
    alism: "al",
    iveness: "ive",
    fulness: "ful",
    ousness: "ous",
    aliti: "al",
    iviti: "ive",
    biliti: "ble",
    logi: "log",
  };
  /** @type {Record<string, string>} */
  const STEP3 = { icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "" };
  const C = "[^aeiouy]+";
  const V = "[aeiou]+";
  const MEASURED = new RegExp(`^(?:${C})?${V}${C}`);
  const MEASURE1 = new RegExp(`^(?:${C})?${V}${C}(?:${V})?$`);
  const MEASURE2 = new RegExp(`^(?:${C})?${V}${C}${V}${C}`);
  const HAS_VOWEL = new RegExp(`^(?:${C})?[aeiouy]`);
  const SHORT = new RegExp(`^${C}[aeiouy][^aeiouwxy]$`);
  /** @param {Record<string, string>} table */
  const suffix = (table) => new RegExp(`^(.+?)(${Object.keys(table).join("|")})$`);
  const [ENDS2, ENDS3] = [suffix(STEP2), suffix(STEP3)];
  const ENDS4 =
    /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/;

  /** @param {string} word */
  function stem(word) {
    if (word.length < 3) return word;
    // A first y is a consonant.
    const start = word[0] === "y" ? `Y${word.slice(1)}` : word;
    const short = replaced(finalY(past(plural(start))), ENDS2, STEP2);
    const base = lastLetters(withoutSuffix(replaced(short, ENDS3, STEP3)));
    return word[0] === "y" ? `y${base.slice(1)}` : base;
  }
  /** Step 1a. @param {string} word */
  function plural(word) {
    if (word.endsWith("sses") || word.endsWith("ies")) return word.slice(0, -2);
    return word.endsWith("s") && word.at(-2) !== "s" ? word.slice(0, -1) : word;
  }
  /** Step 1b. @param {string} word */
  function past(word) {
    if (word.endsWith("eed")) {
      return MEASURED.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
    }
    const match = /^(.*)(ed|ing)$/.exec(word);
    return match && HAS_VOWEL.test(match[1]) ? mendedBase(match[1]) : word;
  }
  /** @param {string} base */
  function mendedBase(base) {
    // As Whoosh has it, these two look at whole words, where Porter looks at their ends.
    if (/^(?:at|bl|iz)$/.test(base)) return `${base}e`;
    if (/^([^aeiouylsz])\1$/.test(base)) return base.slice(0, -1);
    return SHORT.test(base) ? `${base}e` : base;
  }
  /** Step 1c. @param {string} word */
  const finalY = (word) =>
    word.endsWith("y") && HAS_VOWEL.test(word.slice(0, -1)) ? `${word.slice(0, -1)}i` : word;
  /**
   * Steps 2 and 3.
   * @param {string} word
   * @param {RegExp} ends
   * @param {Record<string, string>} table
   */
  function replaced(word, ends, table) {
    const match = ends.exec(word);
    return match && MEASURED.test(match[1]) ? match[1] + table[match[2]] : word;
  }
  /** Step 4. @param {string} word */
  function withoutSuffix(word) {
    const match = ENDS4.exec(word) ?? /^(.+?[st])(ion)$/.exec(word);
    return match && MEASURE2.test(match[1]) ? match[1] : word;
  }
  /** Step 5. @param {string} word */
  function lastLetters(word) {
    const base = word.slice(0, -1);
    const isLong = MEASURE2.test(base) || (MEASURE1.test(base) && !SHORT.test(base));
    const text = base && word.endsWith("e") && isLong ? base : word;
    return text.endsWith("ll") && MEASURE2.test(text) ? text.slice(0, -1) : text;
  }
  /** Latin letters without their marks; small letters only. @param {string} word */
  const unaccented = (word) => (isAscii(word) ? word : [...word].map(withoutMark).join(""));
  /** @param {string} letter */
  function withoutMark(letter) {
    const [first] = letter.normalize("NFD");
    return isAscii(first) ? first : (LIGATURES.get(letter) ?? letter);
  }
  /** @param {string} word */
  function stemmed(word) {
    const plain = unaccented(word).replaceAll("’", "'").replace(/'s$/, "").replaceAll("'", "");
    return /^[A-Za-z]+$/.test(plain) ? stem(plain) : plain;
  }

  /** @param {string} text */
  const isAscii = (text) => /^[\x00-\x7f]*$/.test(text);
  /** @param {string} text */
  const hasCjk = (text) => new RegExp(`[${CJK}]`, "u").test(text);
  /** @param {string} term */
  const isStopWord = (term) => STOP_WORDS.has(term);
  /** @param {string} run */
  const isCjk = (run) => IS_CJK.test(run);
  /** @param {string} plain */
  const runPattern = (plain) => (isAscii(plain) ? ASCII_RUN : RUN);
  /** @param {string} plain */
  const runsOf = (plain) => plain.match(runPattern(plain)) ?? [];
  /** @param {string} run */
  const folded = (run) => inUsualLetters(withoutV(run)).replace(LONG_VOWEL, "");
  /** バ for ヴァ, and so on. @param {string} run */
  const withoutV = (run) => run.replace(V_SOUND, (_, vowel) => kbSearchWords.vSounds[vowel]);
  /** @param {string} run */
  const withVariants = (run) => [...run].map((letter) => VARIANTS.get(letter) ?? letter).join("");
  /** One form of each letter, as many as before. @param {string} run */
  const inUsualLetters = (run) => withVariants(run).replace(AGAIN, "$1$1").replace(COUNTER, "ケ");
  /** Pairs of kanji that are written with or without kana between them. @param {string} run */
  const shortened = (run) =>
    [...run.matchAll(OKURIGANA)].map(([, one, two]) => withVariants(one + two));

  /** @param {string} run */
  function ofRun(run) {
    if (!isCjk(run)) return ofWord(run);
    const letters = [...folded(run)];
    const size = letters.length;
    const count = size === 1 || !KANA.test(letters[size - 1]) ? size : size - 1;
    return Array.from({ length: count }, (_, at) => letters.slice(at, at + 2).join(""));
  }
  /** @param {string} run */
  function ofWord(run) {
    const word = [...run].slice(0, MAX_WORD).join("");
    const whole = stemmed(word.toLowerCase());
    const version = VERSION.exec(word);
    if (version) return [whole, version[1]];
    if (word === word.toLowerCase() && /[a-z]/.test(word)) return [whole];
    if (!isAscii(word)) return [whole];
    const parts = word.match(CAMEL) ?? [];
    return parts.length < 2
      ? [whole]
      : [whole, ...parts.map((part) => stemmed(part.toLowerCase()))];
  }

  /** The words with a hyphen in them, written as one. @param {string} plain */
  const joined = (plain) =>
    [...plain.matchAll(JOINED)].map(([, one, two]) => stemmed((one + two).toLowerCase()));

  /** How often each term stands in a text, as the index counts it. @param {string} text */
  function counts(text) {
    const plain = text.normalize("NFKC");
    const found = new Map();
    const add = (/** @type {string} */ term) => found.set(term, (found.get(term) ?? 0) + 1);
    for (const run of runsOf(plain)) [...ofRun(run), ...shortened(run)].forEach(add);
    for (const compound of plain.match(COMPOUND) ?? [])
      add(compound.slice(0, MAX_WORD).toLowerCase());
    joined(plain).forEach(add);
    return found;
  }
  /** An input method has hiragana before katakana. @param {string} term */
  const asKatakana = (term) =>
    term.replace(/[ぁ-ゖ]/g, (letter) =>
      String.fromCodePoint(/** @type {number} */ (letter.codePointAt(0)) + 0x60),
    );
  /** @param {string} term */
  const isLone = (term) => [...term].length === 1 && isCjk(term);

  /**
   * Terms that stand side by side in a text, once each.
   * @param {string} text
   */
  const pairsOf = (text) => [
    ...new Map(
      [...adjacent(runsOf(text.normalize("NFKC")))].map((pair) => [
        `${pair.one} ${pair.two}`,
        pair,
      ]),
    ).values(),
  ];
  /**
   * Stop words between two words don't part them.
   * @param {string[]} runs
   * @returns {Generator<KbTermPair>}
   */
  function* adjacent(runs) {
    let before = "";
    for (const run of runs) {
      const inside = insideOf(run);
      yield* inside;
      if (inside.length) before = "";
      const term = tellingWord(run);
      if (term && before) yield { one: before, two: term, code: codeOf(before, term) };
      before = term || before;
    }
  }
  /** The term of a word; none of a stop word, and of Japanese. @param {string} run */
  function tellingWord(run) {
    const term = isCjk(run) ? "" : ofRun(run)[0];
    return isStopWord(term) ? "" : term;
  }
  /** The pairs of letters that follow each other in a Japanese run. @param {string} run */
  function insideOf(run) {
    const terms = isCjk(run) ? ofRun(run).filter((term) => !isLone(term)) : [];
    return terms.slice(1).map((two, at) => ({ one: terms[at], two, code: -1 }));
  }
  /**
   * @param {string} one
   * @param {string} two
   */
  const codeOf = (one, two) =>
    ((Number.parseInt(crc32(one), 16) & 0xff_ff) * 31 +
      (Number.parseInt(crc32(two), 16) & 0xff_ff)) &
    0xff_ff;
  /** @param {string} term */
  const isPlaced = (term) => term.length === 2 && COMPACT.test(term);

  const CRC = Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1)
      value = value & 1 ? (value >>> 1) ^ 0xed_b8_83_20 : value >>> 1;
    return value >>> 0;
  });
  /** @param {string} text */
  function crc32(text) {
    let value = 0xff_ff_ff_ff;
    for (const byte of new TextEncoder().encode(text))
      value = CRC[(value ^ byte) & 255] ^ (value >>> 8);
    return ((value ^ 0xff_ff_ff_ff) >>> 0).toString(16).padStart(8, "0");
  }

  return {
    CAMEL,
    MARK,
    asKatakana,
    counts,
    crc32,
    folded,
    inUsualLetters,
    hasCjk,
    isCjk,
    isLone,
    isPlaced,
    isStopWord,
    joined,
    ofRun,
    pairsOf,
    runPattern,
    runsOf,
    stem,
    stemmed,
    unaccented,
    withoutV,
  };
})();
