// The types of fields: what people type -> the value that a macro works with. The twin of
// content/field_types.py. A new type is one row of FIELD_TYPES here, beside what it is in Python.
"use strict";

const kbFieldTypes = (() => {
  const { readDate } = kbReadDates;
  const { asciiDigit, foldName, narrowed, withHyphens, words } = kbText;
  const { stripped } = kbSeen;
  const { choice, multichoice } = kbChoosing;
  const { quoted, Refused } = kbRefusal;
  const { Written } = kbNumbers;
  const { Url } = kbWording;
  const { MAX_MATCHED, matches } = kbPattern;
  const { checkboxes, date: dateControl, line, radios, select, textArea } = kbControls;
  const { no: NO, yes: YES } = kbShared.words;
  const MAX_CHARS = 100_000;
  const EMAIL = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"().]+$/u;
  const WEB = /^(https?:\/\/)([^\s/?#]+)([/?#]\S*)?$/iu;
  const UNREAD = /[\ud800-\udfff]/u;
  const NUMBER = /^[+-]?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d{1,10})?$/;

  /**
   * The value of a field. Throws Refused.
   * @param {KbField} field
   * @param {string} raw
   * @param {KbCalendar} calendar
   * @returns {KbValue}
   */
  function parse(field, raw, calendar) {
    const text = stripped(raw);
    if (text.length > MAX_CHARS) throw new Refused("the value is too long", "long");
    if (!text) {
      if (field.required) throw new Refused("a value is required", "empty");
      return emptyOf(field);
    }
    if (UNREAD.test(text))
      throw new Refused("the value has a character that can't be read", "unread");
    return FIELD_TYPES[field.type].parse(field, fitting(field, text), calendar);
  }
  /**
   * The text as the field's pattern takes it, which may be with other digits, or not as wide.
   * @param {KbField} field
   * @param {string} text
   */
  function fitting(field, text) {
    const { pattern } = field;
    if (!pattern) return text;
    if (text.length > MAX_MATCHED) throw new Refused("the value is too long", "long");
    const narrow = narrowed(text);
    const spellings = [text.replace(/[０-９]+/g, narrowed), text, narrow, withHyphens(narrow)];
    const found = spellings.find((spelling) => matches(pattern, spelling));
    if (found !== undefined) return found;
    const hint = field.help || "See the field's help.";
    throw new Refused(`${quoted(text)} has the wrong format`, hint, "pattern");
  }
  /** What an optional field is when nobody fills it in. @param {KbField} field */
  const emptyOf = (field) => FIELD_TYPES[field.type].empty ?? "";

  /** @type {KbParser} */
  const oneLine = (_, text) => (/[\n\r]/.test(text) ? words(text).join(" ") : text);
  /** @type {KbParser} */
  function number(_, text) {
    const written = narrowed(text).replaceAll("\u2212", "-");
    const plain = [...written].map(asciiDigit).join("");
    if (!NUMBER.test(plain)) throw new Refused(`${quoted(text)} is not a number`, "number");
    return new Written(Number(plain.replaceAll(",", "")), written);
  }
  /** @type {KbParser} */
  function date(_, text, calendar) {
    const value = readDate(text, calendar);
    if (!value) throw new Refused(`${quoted(text)} is not a date`, "date");
    return value;
  }
  /** @type {KbParser} */
  function email(_, text) {
    const address = narrowed(text);
    if (!EMAIL.test(address)) throw new Refused(`${quoted(text)} is not an email address`, "email");
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
      throw new Refused(`${quoted(text)} is not yes or no`, "yesno");
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
    date: { parse: date, standIn: "today", control: dateControl },
    email: { parse: email, control: line("email") },
    url: { parse: url, control: line("url") },
    yesno: { parse: yesno, empty: false, control: radios },
    choice: { parse: choice, control: select },
    multichoice: { parse: multichoice, standIn: "", empty: [], control: checkboxes },
  };

  return { emptyOf, FIELD_TYPES, parse, Refused };
})();
