// How a language writes dates, numbers, lists, names and truth values in a reply: the browser's
// twin of content/wording.py. `cannery.locales` holds what the languages need, put out by a stage.
"use strict";
var cannery = globalThis.cannery ?? (globalThis.cannery = {});

(() => {
  const BLANK = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const STARTS_BLANK = new RegExp(`^[${BLANK}]+`, "u");
  const IS_BLANK = new RegExp(`^[${BLANK}]$`, "u");
  const BLANKS = new RegExp(`[${BLANK}]+`, "u");

  const lstrip = (text) => text.replace(STARTS_BLANK, "");
  // In one pass, where a pattern would look at a run of blanks from each of its places.
  function withoutEnd(text, isGone) {
    let end = text.length;
    while (end && isGone(text[end - 1])) end -= 1;
    return text.slice(0, end);
  }
  const rstrip = (text) => withoutEnd(text, (char) => IS_BLANK.test(char));
  const rtrimmed = (text, gone) => withoutEnd(text, (char) => char === gone);
  const strip = (text) => lstrip(rstrip(text));
  const words = (text) => (strip(text) ? strip(text).split(BLANKS) : []);
  const isBlank = (text) => strip(text) === "";

  /** A calendar date, or a moment as a clock on the wall shows it. */
  class Day {
    #parts;
    constructor(year, month, day, time = null) {
      this.#parts = { year, month, day, time };
      Object.freeze(this);
    }
    static parts(day) {
      return day.#parts;
    }
    static is(value) {
      return typeof value === "object" && value !== null && #parts in value;
    }
  }

  /** The date, or null where the calendar has no such day. */
  function day(year, month, date, time = null) {
    const utc = new Date(Date.UTC(2000, 0, 1));
    utc.setUTCFullYear(year, month - 1, date);
    const same = utc.getUTCFullYear() === year && utc.getUTCMonth() === month - 1 && utc.getUTCDate() === date;
    return same && year >= 1 && year <= 9999 ? new Day(year, month, date, time) : null;
  }

  function daysFrom(start, count) {
    const { year, month, day: date } = Day.parts(start);
    const utc = new Date(Date.UTC(2000, 0, 1));
    utc.setUTCFullYear(year, month - 1, date + count);
    return day(utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate());
  }

  const utcOf = ({ year, month, day: date }) => {
    const utc = new Date(Date.UTC(2000, 0, 1));
    utc.setUTCFullYear(year, month - 1, date);
    return utc;
  };
  /** 0 for Monday. */
  const weekday = (value) => (utcOf(Day.parts(value)).getUTCDay() + 6) % 7;

  const pad = (number, width) => String(number).padStart(width, "0");
  function isoDay(value) {
    const { year, month, day: date } = Day.parts(value);
    return `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`;
  }
  const compareDays = (a, b) => (isoDay(a) < isoDay(b) ? -1 : Number(isoDay(a) > isoDay(b)));

  /** The viewer's own clock: as `kb reply` takes the agent's. */
  function now() {
    const date = new Date();
    const minutes = -date.getTimezoneOffset();
    const time = { hour: date.getHours(), minute: date.getMinutes(), second: date.getSeconds(), offset: minutes };
    return new Day(date.getFullYear(), date.getMonth() + 1, date.getDate(), time);
  }
  function dateOf(value) {
    const { year, month, day: date } = Day.parts(value);
    return new Day(year, month, date);
  }

  const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?$/;
  /** A day or a moment from 2026-11-23 or 2026-11-23T10:00:00+09:00. Throws for anything else. */
  function moment(text) {
    const found = ISO.exec(strip(text));
    const time = found?.[4] ? clock(found) : null;
    const value = found && day(Number(found[1]), Number(found[2]), Number(found[3]), time);
    if (!value) throw new Error(`'${text}' is not a date such as 2026-11-23`);
    return value;
  }
  function clock(found) {
    const [hour, minute, second] = [found[4], found[5], found[6] ?? "0"].map(Number);
    if (hour > 23 || minute > 59 || second > 59) throw new Error(`there is no such time: ${found[0]}`);
    return { hour, minute, second, offset: offset(found[7]) };
  }
  function offset(zone) {
    if (!zone) return null;
    if (zone === "Z") return 0;
    const sign = zone[0] === "-" ? -1 : 1;
    return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  }

  const STYLES = ["short", "medium", "long", "full"];
  const DATE_PATTERNS = { ja: "y年M月d日（E）", en: "d MMMM y" };
  const STRFTIME = {
    Y: "yyyy", y: "yy", m: "MM", "-m": "M", B: "MMMM", b: "MMM", h: "MMM", d: "dd", "-d": "d",
    e: "d", A: "EEEE", a: "E", H: "HH", "-H": "H", k: "H", I: "hh", "-I": "h", l: "h", M: "mm",
    S: "ss", p: "a", j: "DDD", z: "Z", F: "yyyy-MM-dd", T: "HH:mm:ss", R: "HH:mm", D: "MM/dd/yy",
    "%": "%",
  };

  /** A date as the language writes it, or by `form`: a style's name or strftime's codes. */
  function dateText(value, language, form = "") {
    if (language === "iso" && !form) return isoDay(value);
    const locale = cannery.locales[language] ?? cannery.locales.en;
    const parts = Day.parts(value);
    if (!form) {
      const pattern = DATE_PATTERNS[language.split("-")[0]] ?? locale.formats.long;
      const time = parts.time ? ` ${pad(parts.time.hour, 2)}:${pad(parts.time.minute, 2)}` : "";
      return written(parts, pattern, locale) + time;
    }
    return written(parts, STYLES.includes(form) ? locale.formats[form] : pattern(form), locale);
  }

  /** Refuse a form that `dateText` writes no date by. */
  function refuseForm(form) {
    if (form && !STYLES.includes(form)) pattern(form);
  }

  function pattern(form) {
    if (form.length > 200) throw new Error("the date format is too long");
    return form.replace(/%(-?[A-Za-z%])?|[^%]+/g, (piece, code) => {
      if (piece[0] !== "%") return `'${piece.replaceAll("'", "''")}'`;
      if (!code || !Object.hasOwn(STRFTIME, code)) {
        throw new Error(`%${code ?? ""} is not a date code; use ones such as %Y-%m-%d`);
      }
      return STRFTIME[code];
    });
  }

  const TOKEN = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g;
  function written(parts, format, locale) {
    return format.replace(TOKEN, (piece, quoted, letter) => {
      if (quoted !== undefined) return quoted === "" ? "'" : quoted.replaceAll("''", "'");
      return letter ? FIELDS[letter]?.(parts, piece.length, locale) ?? piece : piece;
    });
  }

  const NO_TIME = { hour: 0, minute: 0, second: 0, offset: null };
  const timeOf = (parts) => parts.time ?? NO_TIME;
  const dayOfWeek = (parts) => (utcOf(parts).getUTCDay() + 6) % 7;
  const named = (table, index, width) => (width === 4 ? table.wide : table.abbreviated)[index];
  const FIELDS = {
    y: (parts, width) => (width === 2 ? pad(parts.year, 4).slice(-2) : pad(parts.year, width)),
    M: (parts, width, locale) => (width < 3 ? pad(parts.month, width) : named(locale.months, parts.month - 1, width)),
    L: (parts, width, locale) => (width < 3 ? pad(parts.month, width) : named(locale.standalone, parts.month - 1, width)),
    d: (parts, width) => pad(parts.day, width),
    E: (parts, width, locale) => named(locale.days, dayOfWeek(parts), width),
    D: (parts, width) => pad(Math.round((utcOf(parts) - utcOf({ year: parts.year, month: 1, day: 1 })) / 864e5) + 1, width),
    H: (parts, width) => pad(timeOf(parts).hour, width),
    h: (parts, width) => pad(timeOf(parts).hour % 12 || 12, width),
    m: (parts, width) => pad(timeOf(parts).minute, width),
    s: (parts, width) => pad(timeOf(parts).second, width),
    a: (parts, width, locale) => locale.periods[timeOf(parts).hour >= 12 ? "pm" : "am"],
    Z: (parts) => {
      const minutes = timeOf(parts).offset ?? 0;
      const size = Math.abs(minutes);
      return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60), 2)}${pad(size % 60, 2)}`;
    },
  };

  // Exact decimals: {digits: BigInt, scale}, whose value is digits / 10 ** scale.
  function decimal(number) {
    const [mantissa, exponent = "0"] = String(number).split("e");
    const [whole, fraction = ""] = mantissa.split(".");
    const scale = fraction.length - Number(exponent);
    const digits = BigInt(whole + fraction);
    return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
  }
  /** Half goes away from zero, as people round. */
  function rounded({ digits, scale }, places) {
    if (scale <= places) return { digits, scale };
    const unit = 10n ** BigInt(scale - places);
    const size = digits < 0n ? -digits : digits;
    const up = (size + unit / 2n) / unit;
    return { digits: digits < 0n ? -up : up, scale: places };
  }
  function decimalText({ digits, scale }) {
    const size = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
    const whole = size.slice(0, size.length - scale);
    const fraction = rtrimmed(size.slice(size.length - scale), "0");
    const text = fraction && scale ? `${whole}.${fraction}` : whole;
    return digits < 0n && /[1-9]/.test(text) ? `-${text}` : text;
  }
  const numberText = (number) => decimalText(rounded(decimal(number), 10));

  function listText(items, language) {
    if (language.startsWith("ja")) return items.join("、");
    return items.length > 1 ? `${items.slice(0, -1).join(", ")} and ${items.at(-1)}` : items.join("");
  }
  const truthText = (value, language) =>
    language.startsWith("ja") ? (value ? "はい" : "いいえ") : value ? "yes" : "no";
  function honorific(name, language) {
    const plain = strip(name);
    if (!plain || !language.startsWith("ja") || /(?:様|さま|御中|各位)$/.test(plain)) return plain;
    return `${plain} 様`;
  }

  /** A web address: where it stands as text, it is a link. */
  class Url {
    constructor(text) {
      this.text = text;
      Object.freeze(this);
    }
  }

  /** What a value looks like in a reply. Throws for what has no text. */
  function valueText(value, language) {
    if (value === null || value === undefined) return "";
    if (typeof value === "boolean") return truthText(value, language);
    if (typeof value === "string") return value;
    if (typeof value === "number") return numberText(value);
    if (value instanceof Url) return value.text;
    if (Day.is(value)) return dateText(value, language);
    if (Array.isArray(value)) return listText(value.map((item) => valueText(item, language)), language);
    throw new Error("a group of values can't be printed; name one of them");
  }

  cannery.words = {
    Day, Url, compareDays, dateOf, dateText, day, daysFrom, decimal, decimalText, honorific, isBlank,
    isoDay, lstrip, moment, now, numberText, refuseForm, rounded, rstrip, rtrimmed, strip, valueText,
    weekday, words,
  };
})();
