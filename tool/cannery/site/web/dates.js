// Calendar days and moments, read and compared as Python's `datetime` has them.
"use strict";

const kbDates = (() => {
  const { strip } = kbText;
  const DAY_MS = 86_400_000;

  /** A calendar date, or a moment as a clock on the wall shows it. No template reads its parts. */
  class Day {
    #parts;
    /**
     * @param {number} year
     * @param {number} month 1 to 12
     * @param {number} date
     * @param {KbClock | null} time null for a date
     */
    constructor(year, month, date, time = null) {
      this.#parts = { year, month, day: date, time };
      Object.freeze(this);
    }
    /** @param {Day} value */
    static parts(value) {
      return value.#parts;
    }
    /**
     * @param {unknown} value
     * @returns {value is Day}
     */
    static is(value) {
      return typeof value === "object" && value !== null && #parts in value;
    }
  }

  /** @param {{ year: number, month: number, day: number }} parts */
  function utcOf({ year, month, day: date }) {
    const utc = new Date(Date.UTC(2000, 0, 1));
    utc.setUTCFullYear(year, month - 1, date);
    return utc;
  }
  /**
   * The date, or null if the calendar has no such day.
   * @param {number} year
   * @param {number} month
   * @param {number} date
   * @param {KbClock | null} time
   */
  function day(year, month, date, time = null) {
    const utc = utcOf({ year, month, day: date });
    const isSame =
      utc.getUTCFullYear() === year && utc.getUTCMonth() === month - 1 && utc.getUTCDate() === date;
    return isSame && year >= 1 && year <= 9999 ? new Day(year, month, date, time) : null;
  }
  /**
   * The date so many days later, or null if it is beyond the calendar.
   * @param {Day} start
   * @param {number} count
   */
  function daysFrom(start, count) {
    const { year, month, day: date } = Day.parts(start);
    const utc = utcOf({ year, month, day: date + count });
    return day(utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate());
  }
  /** 0 for Monday. @param {{ year: number, month: number, day: number }} parts */
  const dayOfWeek = (parts) => (utcOf(parts).getUTCDay() + 6) % 7;
  /** 0 for Monday. @param {Day} value */
  const weekday = (value) => dayOfWeek(Day.parts(value));
  /** 1 for the first of January. @param {{ year: number, month: number, day: number }} parts */
  function dayOfYear(parts) {
    const first = utcOf({ year: parts.year, month: 1, day: 1 });
    return Math.round((utcOf(parts).getTime() - first.getTime()) / DAY_MS) + 1;
  }

  /**
   * @param {number} number
   * @param {number} width
   */
  const pad = (number, width) => String(number).padStart(width, "0");
  /** As 2026-11-23. @param {Day} value */
  function isoDay(value) {
    const { year, month, day: date } = Day.parts(value);
    return `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`;
  }
  /**
   * By their dates alone.
   * @param {Day} left
   * @param {Day} right
   */
  const compareDays = (left, right) => kbText.compare(isoDay(left), isoDay(right));

  /** The viewer's own clock: as `kb reply` takes the agent's. */
  function now() {
    const date = new Date();
    const time = {
      hour: date.getHours(),
      minute: date.getMinutes(),
      second: date.getSeconds(),
      offset: -date.getTimezoneOffset(),
    };
    return new Day(date.getFullYear(), date.getMonth() + 1, date.getDate(), time);
  }
  /** The date of a moment. @param {Day} value */
  function dateOf(value) {
    const { year, month, day: date } = Day.parts(value);
    return new Day(year, month, date);
  }

  const ISO =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?$/;
  /**
   * A day or a moment from 2026-11-23 or 2026-11-23T10:00:00+09:00. Throws for anything else.
   * @param {string} text
   */
  function moment(text) {
    const match = ISO.exec(strip(text));
    const time = match?.[4] ? clock(match) : null;
    const value = match && day(Number(match[1]), Number(match[2]), Number(match[3]), time);
    if (!value) throw new Error(`'${text}' is not a date such as 2026-11-23`);
    return value;
  }
  /** @param {RegExpExecArray} match */
  function clock(match) {
    const [hour, minute, second] = [match[4], match[5], match[6] ?? "0"].map(Number);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new Error(`there is no such time: ${match[0]}`);
    }
    return { hour, minute, second, offset: minutesOf(match[7]) };
  }
  /** Minutes east of UTC; null if no zone is given. @param {string | undefined} zone */
  function minutesOf(zone) {
    if (!zone) return null;
    if (zone === "Z") return 0;
    const sign = zone[0] === "-" ? -1 : 1;
    return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  }

  return {
    compareDays,
    Day,
    dateOf,
    day,
    dayOfWeek,
    dayOfYear,
    daysFrom,
    isoDay,
    moment,
    now,
    pad,
    weekday,
  };
})();
