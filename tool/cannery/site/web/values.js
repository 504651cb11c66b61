// What people type into a field -> the value that a macro works with: the twin of reply/values.py.
"use strict";

(() => {
  const { Url, dateText, day, daysFrom, Day, compareDays, strip, weekday, words } = cannery.words;
  const { MAX_MATCHED, matches } = cannery.pattern;
  const { safeAddress } = cannery.placement;
  const MAX_CHARS = 100_000;
  const EMAIL = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"().]+$/u;
  const WEB = /^https?:\/\/[^\s/?#]\S*$/iu;
  const NUMBER = /^[+-]?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d{1,10})?$/;
  const YES = ["yes", "y", "true", "1", "on", "はい", "有", "する"];
  const NO = ["no", "n", "false", "0", "off", "いいえ", "無", "しない"];
  const DAYS = { today: 0, tomorrow: 1, yesterday: -1, 今日: 0, 本日: 0, 明日: 1, 昨日: -1 };
  const WEEKDAYS = [
    "monday mon 月", "tuesday tue tues 火", "wednesday wed 水", "thursday thu thur thurs 木",
    "friday fri 金", "saturday sat 土", "sunday sun 日",
  ].map((names) => names.split(" "));
  const WEEKDAY = /^(next |this |来週の?|再来週の?|今週の?)?(?:([a-z]+)|\(?([月火水木金土日])\)?(?:曜日?)?)$/;
  const WEEKS = { this: 0, 今週: 0, next: 1, 来週: 1, 再来週: 2 };

  /** A value that does not suit its field: what is wrong, and what would be right. */
  class Refused extends Error {
    constructor(message, hint) {
      super(message);
      this.hint = hint;
    }
  }
  const shown = (text) => `'${text.length > 60 ? `${text.slice(0, 57)}...` : text}'`;

  function parse(field, raw, today) {
    const text = strip(raw);
    if (text.length > MAX_CHARS) throw new Refused("too long", "Shorten it.");
    if (!text) {
      if (field.required) throw new Refused("empty", "It must have a value.");
      return empty(field);
    }
    if (field.pattern && text.length > MAX_MATCHED) throw new Refused("too long", "Shorten it.");
    if (field.pattern && !matches(field.pattern, text)) {
      throw new Refused(`${shown(text)} does not fit`, field.help || "See the field's help.");
    }
    return PARSERS[field.type](field, text, today);
  }
  const empty = (field) => (field.type === "yesno" ? false : field.type === "multichoice" ? [] : "");

  const line = (field, text) => (/[\n\r]/.test(text) && field.type === "text" ? words(text).join(" ") : text);
  function number(_, text) {
    if (!NUMBER.test(text)) throw new Refused(`${shown(text)} is not a number`, "As in 42, 3.5 or 1,000.");
    return Number(text.replaceAll(",", ""));
  }
  function date(_, text, today) {
    const word = words(text.normalize("NFKC").toLowerCase()).join(" ");
    const found = Object.hasOwn(DAYS, word) ? daysFrom(today, DAYS[word]) : written(word, today) ?? named(word, today);
    if (!found) throw new Refused(`${shown(text)} is not a date`, "As in 2026-11-23, today, +3d, friday or 金曜.");
    return found;
  }
  function written(word, today) {
    const ahead = /^([+-]\d{1,4})([dw]?)$/.exec(word);
    if (ahead) return daysFrom(today, Number(ahead[1]) * (ahead[2] === "w" ? 7 : 1));
    const whole = /^(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?$/.exec(word);
    if (whole) return day(Number(whole[1]), Number(whole[2]), Number(whole[3]));
    const short = /^(\d{1,2})月(\d{1,2})日$/.exec(word);
    if (!short) return null;
    const [month, date_] = [Number(short[1]), Number(short[2])];
    const { year } = Day.parts(today);
    const found = day(year, month, date_);
    return found && compareDays(found, today) < 0 ? day(year + 1, month, date_) : found;
  }
  /** The day that `friday` or `来週金曜` means: without a week, the next one after today. */
  function named(word, today) {
    const found = WEEKDAY.exec(word);
    const wanted = found ? WEEKDAYS.findIndex((names) => names.includes(found[2] ?? found[3])) : -1;
    if (wanted < 0) return null;
    if (found[1]) return daysFrom(today, wanted - weekday(today) + 7 * WEEKS[strip(found[1]).replace(/の$/, "")]);
    return daysFrom(today, ((wanted - weekday(today) - 1 + 7) % 7) + 1);
  }
  function email(_, text) {
    if (!EMAIL.test(text)) throw new Refused(`${shown(text)} is not a mail address`, "As in kim@example.com.");
    return text;
  }
  function url(_, text) {
    if (!WEB.test(text) || !safeAddress(text)) {
      throw new Refused(`${shown(text)} is not a web address`, "As in https://example.com/.");
    }
    return new Url(text);
  }
  function yesno(_, text) {
    const word = text.toLowerCase();
    if (!YES.includes(word) && !NO.includes(word)) throw new Refused(`${shown(text)} is neither yes nor no`, "Write yes or no.");
    return YES.includes(word);
  }
  function choice(field, text) {
    const word = text.toLowerCase();
    const found = field.choices.find(([value, label]) => word === value.toLowerCase() || word === label.toLowerCase());
    if (found) return found[0];
    const values = field.choices.map(([value]) => value).join(", ");
    throw new Refused(`${shown(text)} is not one of its choices`, `Choose from: ${values}.`);
  }
  function multichoice(field, text) {
    const whole = field.choices.filter(([value]) => value.toLowerCase() === text.toLowerCase());
    const parts = whole.length ? whole.map(([value]) => value) : text.split(/[,、\n]/).map(strip).filter(Boolean);
    const chosen = new Set(parts.map((word) => choice(field, word)));
    return field.choices.map(([value]) => value).filter((value) => chosen.has(value));
  }
  const PARSERS = { text: line, multiline: line, choice, multichoice, date, number, email, url, yesno };

  cannery.values = { Refused, empty, parse };
})();
