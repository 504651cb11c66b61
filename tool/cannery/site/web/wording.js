// How a language writes dates, lists, names and truth values in a reply: the browser's twin of
// content/wording.py. `kbShared.words` holds the words that both read, and `kbShared.locales`
// what CLDR knows of the knowledge base's languages.
"use strict";

const kbWording = (() => {
  const { Day, dayOfWeek, dayOfYear, isoDay, pad } = kbDates;
  const { datePatterns, dateStyles, dateCodes, honorifics, lists, truth } = kbShared.words;
  const MAX_FORMAT = 200;

  /**
   * The entry of the language, which may be `pt-BR`, or else English's.
   * @template T
   * @param {Record<string, T>} table
   * @param {string} language
   */
  const byLanguage = (table, language) => table[language.startsWith("ja") ? "ja" : "en"];

  /** @param {string} form @returns {form is KbDateStyle} */
  const isStyle = (form) => dateStyles.includes(form);
  /**
   * A date as the language writes it, or by `form`: a style's name or strftime's codes.
   * The language `iso` writes 2026-11-23. Throws for a form that is neither.
   * @param {KbDay} value
   * @param {string} language
   * @param {string} form
   */
  function dateText(value, language, form = "") {
    if (language === "iso" && !form) return isoDay(value);
    const locale = kbShared.locales[language] ?? kbShared.locales.en;
    const parts = Day.parts(value);
    if (form) return formatted(parts, isStyle(form) ? locale.formats[form] : pattern(form), locale);
    const own = datePatterns[language.split("-")[0]] ?? locale.formats.long;
    const { time } = parts;
    const clock = time ? ` ${pad(time.hour, 2)}:${pad(time.minute, 2)}` : "";
    return formatted(parts, own, locale) + clock;
  }

  /** Refuse a form that `dateText` writes no date by. @param {string} form */
  function refuseForm(form) {
    if (form && !isStyle(form)) pattern(form);
  }
  /** Strftime's codes as a CLDR pattern: letters outside a code are quoted. @param {string} form */
  function pattern(form) {
    if (form.length > MAX_FORMAT) throw new Error("the date format is too long");
    return form.replace(/%(-?[A-Za-z%])?|[^%]+/g, (piece, code) => {
      if (piece[0] !== "%") return `'${piece.replaceAll("'", "''")}'`;
      if (!(code && Object.hasOwn(dateCodes, code))) {
        throw new Error(`%${code ?? ""} is not a date code; use codes such as %Y-%m-%d`);
      }
      return dateCodes[code];
    });
  }

  const TOKEN = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g;
  /**
   * A date by a CLDR pattern.
   * @param {KbDateParts} parts
   * @param {string} format
   * @param {KbLocale} locale
   */
  function formatted(parts, format, locale) {
    return format.replace(TOKEN, (piece, quoted, letter) => {
      if (quoted !== undefined) return quoted === "" ? "'" : quoted.replaceAll("''", "'");
      return letter ? (FIELDS[letter]?.(parts, piece.length, locale) ?? piece) : piece;
    });
  }

  const NO_TIME = { hour: 0, minute: 0, second: 0, offset: null };
  /** @param {KbDateParts} parts */
  const timeOf = (parts) => parts.time ?? NO_TIME;
  /**
   * @param {KbNames} table
   * @param {number} index
   * @param {number} width
   */
  const named = (table, index, width) => (width === 4 ? table.wide : table.abbreviated)[index];
  /**
   * @param {KbNames} names
   * @param {number} month
   * @param {number} width
   */
  const monthText = (names, month, width) =>
    width < 3 ? pad(month, width) : named(names, month - 1, width);
  /** @param {number | null} offset in minutes */
  function zoneText(offset) {
    const minutes = offset ?? 0;
    const size = Math.abs(minutes);
    return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60), 2)}${pad(size % 60, 2)}`;
  }
  // The letters of CLDR's patterns, as far as `dateCodes` and the languages' formats use them.
  /** @type {Record<string, (parts: KbDateParts, width: number, locale: KbLocale) => string>} */
  const FIELDS = {
    y: (parts, width) => (width === 2 ? pad(parts.year, 4).slice(-2) : pad(parts.year, width)),
    M: (parts, width, locale) => monthText(locale.months, parts.month, width),
    L: (parts, width, locale) => monthText(locale.standalone, parts.month, width),
    d: (parts, width) => pad(parts.day, width),
    E: (parts, width, locale) => named(locale.days, dayOfWeek(parts), width),
    D: (parts, width) => pad(dayOfYear(parts), width),
    H: (parts, width) => pad(timeOf(parts).hour, width),
    h: (parts, width) => pad(timeOf(parts).hour % 12 || 12, width),
    m: (parts, width) => pad(timeOf(parts).minute, width),
    s: (parts, width) => pad(timeOf(parts).second, width),
    a: (parts, _, locale) => locale.periods[timeOf(parts).hour >= 12 ? "pm" : "am"],
    Z: (parts) => zoneText(timeOf(parts).offset),
  };

  /**
   * The items as the language lists them: a, b and c; a、b、c.
   * @param {string[]} items
   * @param {string} language
   */
  function listText(items, language) {
    const { between, last } = byLanguage(lists, language);
    if (items.length < 2) return items.join("");
    return items.slice(0, -1).join(between) + last + items.at(-1);
  }
  /**
   * @param {boolean} value
   * @param {string} language
   */
  const truthText = (value, language) => byLanguage(truth, language)[Number(value)];
  /**
   * The name as the language addresses its owner: 田中 様; nothing is added in English.
   * @param {string} name
   * @param {string} language
   */
  const honorific = (name, language) =>
    kbHonorifics.addressed(name, byLanguage(honorifics, language));

  /** A web address: where it stands as text, it is a link. */
  class Url {
    /** @param {string} text */
    constructor(text) {
      this.text = text;
      Object.freeze(this);
    }
  }

  /**
   * What a value looks like in a reply. Throws for what has no text.
   * @param {unknown} value
   * @param {string} language
   * @returns {string}
   */
  function valueText(value, language) {
    if (Day.is(value)) return dateText(value, language);
    if (value instanceof Url) return value.text;
    if (kbNumbers.Written.is(value)) return value.toString();
    if (Array.isArray(value)) {
      const texts = value.map((item) => valueText(item, language));
      return listText(texts, language);
    }
    return scalarText(value ?? "", language);
  }
  /**
   * @param {unknown} value
   * @param {string} language
   */
  function scalarText(value, language) {
    switch (typeof value) {
      case "string":
        return value;
      case "boolean":
        return truthText(value, language);
      case "number":
        return kbNumbers.numberText(value);
      default:
        throw new Error("a group of values can't be printed; use one of its values");
    }
  }

  return { dateText, honorific, listText, refuseForm, truthText, Url, valueText };
})();
