// The filters of text: the twin of liquid/portable_filters.py.
"use strict";

const kbTextFilters = (() => {
  const { dateOf, Day, moment, now } = kbDates;
  const { phrase, sentence } = kbSentences;
  const { lstrip, rstrip, strip, words } = kbText;
  const { stripped } = kbSeen;
  const { dateText, honorific, refuseForm, valueText } = kbWording;
  const { wholeNumber } = kbNumberFilters;

  /** @param {string} text */
  const points = (text) => [...text];
  /**
   * A filter that reads its value, and all that it is given, as text.
   * @param {(value: string, ...args: string[]) => unknown} filter
   * @returns {KbFilter}
   */
  const onTexts =
    (filter) =>
    ({ language }, value, ...args) =>
      filter(valueText(value, language), ...args.map((item) => valueText(item, language)));

  /** @param {string} value */
  function capitalized(value) {
    const [first = "", ...rest] = points(value);
    return first.toUpperCase() + rest.join("").toLowerCase();
  }
  /**
   * @param {string} value
   * @param {string} old
   * @param {string} by
   */
  const replace = (value, old, by = "") => (old ? value.replaceAll(old, () => by) : value);
  /**
   * @param {string} value
   * @param {string} old
   * @param {string} by
   */
  const replaceFirst = (value, old, by = "") => (old ? value.replace(old, () => by) : value);
  /**
   * @param {string} value
   * @param {string} old
   * @param {string} by
   */
  function replaceLast(value, old, by = "") {
    const at = old ? value.lastIndexOf(old) : -1;
    return at < 0 ? value : value.slice(0, at) + by + value.slice(at + old.length);
  }
  /**
   * @param {string} value
   * @param {string} by
   */
  function split(value, by = "") {
    if (!by) return points(value);
    if (!value || value === by) return [];
    return by === " " ? words(value) : value.split(by);
  }

  /** @type {KbFilter} */
  function truncate({ language }, value, size = 50, end = "...") {
    const [text, tail] = [valueText(value, language), valueText(end, language)];
    const letters = points(text);
    const limit = wholeNumber(size, "truncate");
    if (letters.length <= limit) return text;
    return letters.slice(0, Math.max(0, limit - points(tail).length)).join("") + tail;
  }
  /** @type {KbFilter} */
  function truncatewords({ language }, value, size = 15, end = "...") {
    const all = words(valueText(value, language));
    const limit = Math.max(1, wholeNumber(size, "truncatewords"));
    if (all.length <= limit) return all.join(" ");
    return all.slice(0, limit).join(" ") + valueText(end, language);
  }
  /** @type {KbFilter} */
  function date({ language }, value, form = "") {
    const style = valueText(form, language);
    refuseForm(style);
    if (Day.is(value)) return dateText(value, language, style);
    const word = stripped(valueText(value, language));
    if (!word) return ""; // an optional date that nobody gave
    if (word === "today") return dateText(dateOf(now()), language, style);
    return dateText(word === "now" ? now() : moment(word), language, style);
  }

  /** @type {Record<string, KbFilter>} */
  const TEXT_FILTERS = {
    append: onTexts((value, more = "") => value + more),
    capitalize: onTexts(capitalized),
    date,
    downcase: onTexts((value) => value.toLowerCase()),
    honorific: ({ language }, value) => honorific(valueText(value, language), language),
    lstrip: onTexts((value) => lstrip(value)),
    phrase: onTexts((value) => phrase(value)),
    prepend: onTexts((value, more = "") => more + value),
    remove: onTexts((value, old) => replace(value, old)),
    remove_first: onTexts((value, old) => replaceFirst(value, old)),
    remove_last: onTexts((value, old) => replaceLast(value, old)),
    replace: onTexts(replace),
    replace_first: onTexts(replaceFirst),
    replace_last: onTexts(replaceLast),
    rstrip: onTexts((value) => rstrip(value)),
    sentence: ({ language }, value) => sentence(valueText(value, language), language),
    split: onTexts(split),
    strip: onTexts((value) => strip(value)),
    strip_newlines: onTexts((value) => value.replace(/\r?\n/g, "")),
    truncate,
    truncatewords,
    upcase: onTexts((value) => value.toUpperCase()),
  };

  return { points, TEXT_FILTERS };
})();
