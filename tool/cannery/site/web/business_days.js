// Days on which a country works: the twin of content/business_days.py.
"use strict";

const kbBusinessDays = (() => {
  const { Day, daysFrom, pad, weekday } = kbDates;
  const { holidays: HOLIDAYS } = kbShared;
  const { countries: COUNTRIES } = kbShared.words;
  const SATURDAY = 5;

  /**
   * The country of `de-AT`, or of a language with one country; or else none.
   * @param {string} locale
   */
  function countryOf(locale) {
    const [tag] = locale.split(/[.@]/);
    const region = /[-_]([A-Za-z]{2})$/.exec(tag);
    return region ? region[1].toUpperCase() : (COUNTRIES[tag.toLowerCase()] ?? "");
  }
  /**
   * So many business days later, or earlier; null beyond the years whose holidays are known.
   * @param {KbDay} start
   * @param {number} count
   * @param {string} country
   */
  function businessDay(start, count, country) {
    /** @type {KbDay | null} */
    let at = start;
    for (let left = Math.abs(count); at && left; left -= 1) {
      do at = daysFrom(at, Math.sign(count));
      while (at && isFree(at, country));
      if (at && !isKnown(at, country)) return null;
    }
    return at;
  }
  /**
   * @param {KbDay} at
   * @param {string} country
   */
  const isKnown = (at, country) =>
    !Object.hasOwn(HOLIDAYS, country) || Object.hasOwn(HOLIDAYS[country], Day.parts(at).year);
  /**
   * @param {KbDay} at
   * @param {string} country
   */
  function isFree(at, country) {
    if (weekday(at) >= SATURDAY) return true;
    if (!(Object.hasOwn(HOLIDAYS, country) && isKnown(at, country))) return false;
    const { year, month, day } = Day.parts(at);
    return HOLIDAYS[country][year].split(" ").includes(pad(month, 2) + pad(day, 2));
  }

  return { businessDay, countryOf };
})();
