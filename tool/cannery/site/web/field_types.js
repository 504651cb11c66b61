// The types of fields: what people type -> the value that a macro works with. The twin of
// content/field_types.py. A new type is one row of FIELD_TYPES here, beside what it is in Python.
"use strict";

const kbFieldTypes = (() => {
  const { compareDays, Day, day, daysFrom, weekday } = kbDates;
  const { codePoint, foldName, narrowed, strip, withHyphens, words } = kbText;
  const { choice, multichoice } = kbChoosing;
  const { quoted, Refused } = kbRefusal;
  const { Written } = kbNumbers;
  const { Url } = kbWording;
  const { MAX_MATCHED, matches } = kbPattern;
  const { checkboxes, line, radios, select, textArea } = kbControls;
  const { days: DAYS, no: NO, weekdays: WEEKDAYS, weeks: WEEKS, yes: YES } = kbShared.words;
  const MAX_CHARS = 100_000;
  const EMAIL = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"().]+$/u;
  const WEB = /^(https?:\/\/)([^\s/?#]+)([/?#]\S*)?$/iu;
  const DIGIT = /\p{Nd}/u; // of any script, as Python reads them
  const NUMBER = /^[+-]?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d{1,10})?$/;
  const WEEKDAY =
    /^(next |this |来週の?|再来週の?|今週の?)?(?:([a-z]+)|\(?([月火水木金土日])\)?(?:曜日?)?)$/;

  /**
   * The value of a field. Throws Refused.
   * @param {KbField} field
   * @param {string} raw
   * @param {KbDay} today
   * @returns {KbValue}
   */
  function parse(field, raw, today) {
    const text = strip(raw);
    if (text.length > MAX_CHARS) throw new Refused("too long", "long");
    if (!text) {
      if (field.required) throw new Refused("empty", "empty");
      return emptyOf(field);
    }
    return FIELD_TYPES[field.type].parse(field, fitting(field, text), today);
  }
  /**
   * The text as the field's pattern takes it, which may be with other digits, or not as wide.
   * @param {KbField} field
   * @param {string} text
   */
  function fitting(field, text) {
    const { pattern } = field;
    if (!pattern) return text;
    if (text.length > MAX_MATCHED) throw new Refused("too long", "long");
    const narrow = narrowed(text);
    const spellings = [text.replace(/[０-９]+/g, narrowed), text, narrow, withHyphens(narrow)];
    const found = spellings.find((spelling) => matches(pattern, spelling));
    if (found !== undefined) return found;
    throw new Refused(`${quoted(text)} does not fit`, field.help || "See the field's help.");
  }
  /** What an optional field is when nobody fills it in. @param {KbField} field */
  const emptyOf = (field) => FIELD_TYPES[field.type].empty ?? "";

  /** @type {KbParser} */
  const oneLine = (_, text) => (/[\n\r]/.test(text) ? words(text).join(" ") : text);
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
  /** @type {KbParser} */
  function number(_, text) {
    const written = narrowed(text).replaceAll("\u2212", "-");
    const plain = [...written].map(asciiDigit).join("");
    if (!NUMBER.test(plain)) throw new Refused(`${quoted(text)} is not a number`, "number");
    return new Written(Number(plain.replaceAll(",", "")), written);
  }
  /** @type {KbParser} */
  function date(_, text, today) {
    const word = words(text.normalize("NFKC").toLowerCase()).join(" ");
    const value = Object.hasOwn(DAYS, word)
      ? daysFrom(today, DAYS[word])
      : (fromDigits(word, today) ?? fromWeekday(word, today));
    if (!value) throw new Refused(`${quoted(text)} is not a date`, "date");
    return value;
  }
  /**
   * @param {string} word
   * @param {KbDay} today
   */
  function fromDigits(word, today) {
    const ahead = /^([+-]\d{1,4})([dw]?)$/.exec(word);
    if (ahead) return daysFrom(today, Number(ahead[1]) * (ahead[2] === "w" ? 7 : 1));
    const whole = /^(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?$/.exec(word);
    if (whole) return day(Number(whole[1]), Number(whole[2]), Number(whole[3]));
    const short = /^(\d{1,2})月(\d{1,2})日$/.exec(word);
    if (!short) return null;
    const { year } = Day.parts(today);
    const thisYear = day(year, Number(short[1]), Number(short[2]));
    if (!thisYear || compareDays(thisYear, today) >= 0) return thisYear;
    return day(year + 1, Number(short[1]), Number(short[2]));
  }
  /**
   * The day that `friday` or `来週金曜` means: without a week, the next one after today.
   * @param {string} word
   * @param {KbDay} today
   */
  function fromWeekday(word, today) {
    const match = WEEKDAY.exec(word);
    if (!match) return null;
    const wanted = WEEKDAYS.findIndex((names) => names.includes(match[2] ?? match[3]));
    if (wanted < 0) return null;
    const ahead = wanted - weekday(today);
    if (!match[1]) return daysFrom(today, ((ahead - 1 + 7) % 7) + 1);
    return daysFrom(today, ahead + 7 * WEEKS[strip(match[1]).replace(/の$/, "")]);
  }
  /** @type {KbParser} */
  function email(_, text) {
    const address = narrowed(text);
    if (!EMAIL.test(address)) throw new Refused(`${quoted(text)} is not a mail address`, "email");
    return address;
  }
  /** @type {KbParser} */
  function url(_, text) {
    // What is an address as it stands keeps its path: a page may be named in full width.
    const found = WEB.exec(text) ?? WEB.exec(narrowed(text));
    const address = found ? found[1] + narrowed(found[2]) + (found[3] ?? "") : "";
    if (!(found && kbMarkdown.safeAddress(address))) {
      throw new Refused(`${quoted(text)} is not a web address`, "url");
    }
    return new Url(address);
  }
  /** @type {KbParser} */
  function yesno(_, text) {
    const word = foldName(text);
    if (!(YES.includes(word) || NO.includes(word))) {
      throw new Refused(`${quoted(text)} is neither yes nor no`, "yesno");
    }
    return YES.includes(word);
  }

  // By type: how a text is read, and what stands in for a value that is still missing (a text, or
  // the field's own name in brackets), what an optional field is when it is left out (or else an
  // empty text), and the control of the form.
  /** @type {Record<string, KbFieldType>} */
  const FIELD_TYPES = {
    text: { parse: oneLine, control: line() },
    multiline: { parse: (_, text) => text, control: textArea },
    number: { parse: number, standIn: "1", control: line("decimal") },
    date: { parse: date, standIn: "today", control: line() },
    email: { parse: email, control: line("email") },
    url: { parse: url, control: line("url") },
    yesno: { parse: yesno, empty: false, control: radios },
    choice: { parse: choice, control: select },
    multichoice: { parse: multichoice, standIn: "", empty: [], control: checkboxes },
  };

  return { emptyOf, FIELD_TYPES, parse, Refused };
})();
