// What people typed, within a sentence or as one: without a full stop at its end, or with it. The
// twin of content/sentences.py.
"use strict";

const kbSentences = (() => {
  const { BREAK, rstrip, withoutEnd } = kbText;
  const { showsNothing, stripped } = kbSeen;
  const { stop, stops, ends, closers, abbreviations } = kbShared.words.sentences;
  const LETTER = /^[A-Za-z]$/;

  /**
   * Whether the last word is a known one, or single letters with a stop behind each.
   * @param {string} line
   */
  function isAbbreviation(line) {
    const word = line.slice(line.lastIndexOf(" ") + 1).replace(/^\(+/, "");
    const letters = word.split(".").slice(0, -1);
    if (abbreviations.includes(word.toLowerCase())) return true;
    return letters.length > 1 && letters.every((letter) => LETTER.test(letter));
  }
  /**
   * The text in one line, without the full stop at its end: what stands within a sentence.
   * @param {string} text
   */
  function phrase(text) {
    const pieces = text.split(BREAK).map(stripped);
    const line = pieces.filter(Boolean).join(" ");
    const [last = ""] = line.slice(-1);
    const bare = rstrip(line.slice(0, -1));
    const isStop = last && stops.includes(last) && !bare.endsWith(last);
    return bare && isStop && !isAbbreviation(line) ? bare : line;
  }
  /**
   * The text with a full stop at its end, unless it ends in a sign of its own.
   * @param {string} value
   * @param {string} language
   */
  function sentence(value, language) {
    if (showsNothing(value)) return "";
    const text = rstrip(value);
    const last = withoutEnd(text, (char) => closers.includes(char)).slice(-1);
    if (!last || ends.includes(last)) return text;
    return text + stop[language.startsWith("ja") ? "ja" : "en"];
  }

  return { phrase, sentence };
})();
