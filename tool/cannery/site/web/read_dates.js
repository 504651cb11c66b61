// Dates as people type them: the twin of content/dates.py.
"use strict";

const kbReadDates = (() => {
  const { compareDays, Day, day, daysFrom, weekday } = kbDates;
  const { businessDay } = kbBusinessDays;
  const { asciiDigit, withHyphens, words } = kbText;
  const WORDS = kbShared.words;
  const MAX_CHARS = 60;

  /**
   * Whether 5/6 is in May to who uses a locale such as `en-US`, or one of no region.
   * @param {string} locale
   */
  function isMonthFirst(locale) {
    const [tag] = locale.toLowerCase().replaceAll("_", "-").split(/[.@]/);
    return ["", "c", "posix", ...WORDS.monthFirst].includes(tag);
  }
  /**
   * The day that is meant; null for what is no date, or no day of the calendar.
   * @param {string} text
   * @param {KbCalendar} calendar
   * @returns {KbDay | null}
   */
  function readDate(text, calendar) {
    const word = plain(text);
    if (word.length > MAX_CHARS) return null;
    for (const [form, read] of FORMS) {
      const found = form.exec(word);
      const meant = found && read({ whole: word, ...found.groups }, calendar);
      if (meant) return meant;
    }
    return null;
  }
  /** The text in small letters and usual width, without what means nothing. @param {string} text */
  function plain(text) {
    const shown = text.slice(0, 1000).normalize("NFKC").toLowerCase().replaceAll(",", " ");
    let word = withHyphens([...words(shown).join(" ")].map(asciiDigit).join(""));
    for (const lead of WORDS.dateLeads) if (word.startsWith(lead)) word = word.slice(lead.length);
    if (/\d [年月日週か営]|[年月] \d/.test(word)) word = word.replaceAll(" ", "");
    return word.replace(/(?<=[日\d])\([月火水木金土日]\)$/, "");
  }

  /** @type {KbDateReader} */
  function named({ whole }, calendar) {
    const { today } = calendar;
    const { year, month } = Day.parts(today);
    const bare = whole.replaceAll("the ", "");
    if (Object.hasOwn(WORDS.days, whole)) return daysFrom(today, WORDS.days[whole]);
    if (Object.hasOwn(WORDS.businessDays, whole)) {
      return businessDay(today, WORDS.businessDays[whole], calendar.country);
    }
    if (Object.hasOwn(WORDS.monthEnds, bare)) {
      const first = day(year, month, 1);
      const following = first && monthsLater(first, WORDS.monthEnds[bare] + 1);
      return following && daysFrom(following, -1);
    }
    return Object.hasOwn(WORDS.yearEnds, bare) ? day(year + WORDS.yearEnds[bare], 12, 31) : null;
  }
  /**
   * As `+3d`, `in two weeks`, `3 business days`, `5営業日後`.
   * @type {KbDateReader}
   */
  function ahead({ sign, count: written, unit = "", after = "" }, calendar) {
    if (!isDistance(unit, sign, after)) return null;
    const size = /^\d/.test(written) ? Number(written) : WORDS.numbers[written];
    if (size === undefined) return null;
    const isBefore = sign === "-" || [" ago", "前"].includes(after);
    return LATER[WORDS.units[unit || "day"]](calendar, isBefore ? -size : size);
  }
  /**
   * Whether it counts something: 24日 is a day of the month.
   * @param {string} unit
   * @param {string | undefined} sign
   * @param {string} after
   */
  const isDistance = (unit, sign, after) =>
    Boolean(unit || sign) && (after !== "" || !["日", "年", "週"].includes(unit));
  /** @type {Record<string, (calendar: KbCalendar, count: number) => KbDay | null>} */
  const LATER = {
    day: ({ today }, count) => daysFrom(today, count),
    week: ({ today }, count) => daysFrom(today, count * 7),
    month: ({ today }, count) => monthsLater(today, count),
    year: ({ today }, count) => monthsLater(today, count * 12),
    business: ({ today, country }, count) => businessDay(today, count, country),
  };
  /**
   * The same day of a later month, or the last one that it has.
   * @param {KbDay} start
   * @param {number} count
   */
  function monthsLater(start, count) {
    const parts = Day.parts(start);
    const months = parts.year * 12 + parts.month - 1 + count;
    const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
    for (let date = parts.day; date > 27; date -= 1) {
      const found = day(year, month, date);
      if (found) return found;
    }
    return day(year, month, Math.min(parts.day, 28));
  }
  /** @type {KbDateReader} */
  const yearFirst = ({ year, month, day: date }) => day(Number(year), Number(month), Number(date));
  /** @type {KbDateReader} */
  function ofEra({ era, year, month, day: date }) {
    const number = WORDS.eras[era] + (year === "元" ? 1 : Number(year));
    return day(number, Number(month), Number(date));
  }
  /**
   * As `12/24`, `24/12/2026`, `24.12.`: in the typist's order, or else the only one there is.
   * @type {KbDateReader}
   */
  function byLocale({ one, two, dot, end, year }, calendar) {
    const isDayFirst = dot === "." && Boolean(end || year);
    const orders = [
      [one, two],
      [two, one],
    ];
    if (isDayFirst || !calendar.isMonthFirst) orders.reverse();
    const [first, second] = orders.map(([month, date]) => next(calendar, month, date, year));
    return first ?? second;
  }
  /**
   * The day of that year, or else the next one that has this month and day.
   * @param {KbCalendar} calendar
   * @param {string | number} month
   * @param {string} date
   * @param {string} [year]
   */
  function next({ today }, month, date, year) {
    if (year) {
      return day(Number(year) + (year.length === 2 ? 2000 : 0), Number(month), Number(date));
    }
    const days = [0, 1].map((more) =>
      day(Day.parts(today).year + more, Number(month), Number(date)),
    );
    return days.find((found) => found && compareDays(found, today) >= 0) ?? null;
  }
  /** @type {KbDateReader} */
  const monthAndDay = ({ month, day: date }, calendar) => next(calendar, month, date);
  /** @type {KbDateReader} */
  function ofMonth({ which, day: date }, { today }) {
    const { year, month } = Day.parts(today);
    const months = month - 1 + WORDS.monthsAhead[which];
    return day(year + Math.floor(months / 12), (months % 12) + 1, Number(date));
  }
  /** @type {KbDateReader} */
  function ofYear({ which, month, day: date }, { today }) {
    return day(Day.parts(today).year + WORDS.yearsAhead[which], Number(month), Number(date));
  }
  /**
   * The next day with this number: some months have no 31st. 3日 may be three days, and is none.
   * @type {KbDateReader}
   */
  function dayAlone({ day: date }, { today }) {
    const { year, month } = Day.parts(today);
    const days = [0, 1, 2].map((more) => {
      const months = month - 1 + more;
      return day(year + Math.floor(months / 12), (months % 12) + 1, Number(date));
    });
    return days.find((found) => found && compareDays(found, today) >= 0) ?? null;
  }
  /**
   * As `24 Dec`, `Thursday, Dec 24th 2026`.
   * @type {KbDateReader}
   */
  function monthName({ weekday: lead, name, day: date, year }, calendar) {
    if (lead && !WORDS.weekdays.some((names) => names.includes(lead))) return null;
    const month = WORDS.months.findIndex((names) => names.includes(name)) + 1;
    return month ? next(calendar, month, date, year) : null;
  }
  /**
   * The day that `friday` or `来週金曜` means: without a week, the next one after today.
   * @type {KbDateReader}
   */
  function ofWeek({ week, en, ja, behind }, { today }) {
    const wanted = WORDS.weekdays.findIndex((names) => names.includes(en ?? ja));
    if (wanted < 0) return null;
    const distance = wanted - weekday(today);
    const [which] = (week ?? behind ?? "").split(" ");
    if (!which) return daysFrom(today, ((distance - 1 + 7) % 7) + 1);
    return daysFrom(today, distance + 7 * WORDS.weeks[which.replace(/の$/, "")]);
  }

  // A form of dates, and what reads it; the first that gives a day.
  /** @type {[RegExp, KbDateReader][]} */
  const FORMS = [
    [/^\D+$/, named],
    [
      /^(?<sign>[+-]|in )?(?<count>\d{1,3}|\d{4}(?=[dw]?$)|[a-z]{1,5}(?= )|[一二三四五六七八九十]) ?(?<unit>(?:business |working )days?|days?|weeks?|months?|years?|bd|[dw]|日|週間?|[かヶケカヵ箇]月|年|営業日)?間?(?<after>後|前| ago| later| from now| from today)?$/,
      ahead,
    ],
    [/^(?<year>\d{4})[-/年.](?<month>\d{1,2})[-/月.](?<day>\d{1,2})日?$/, yearFirst],
    [/^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/, yearFirst],
    [
      /^(?<era>令和|平成|昭和|大正|明治|[rhstm])(?<year>\d{1,2}|元)[-/年.](?<month>\d{1,2})[-/月.](?<day>\d{1,2})日?$/,
      ofEra,
    ],
    [/^(?<month>\d{1,2})月(?<day>\d{1,2})日$/, monthAndDay],
    [/^(?<which>今月|来月|翌月|再来月)の?(?<day>\d{1,2})日$/, ofMonth],
    [
      /^(?<which>今年|本年|来年|翌年|再来年|昨年|去年)の?(?<month>\d{1,2})月(?<day>\d{1,2})日$/,
      ofYear,
    ],
    [/^(?:the )?(?<day>\d{1,2})(?:st|nd|rd|th)$/, dayAlone],
    [
      /^(?<one>\d{1,2})(?<dot>[-/.]) ?(?<two>\d{1,2})(?:[-/.] ?(?<year>\d{4}|(?<=\.)\d{2}|(?<=\. )\d{2})|(?<end>\.)?)$/,
      byLocale,
    ],
    [
      /^(?:(?<weekday>[a-z]{2,9})\.? )?(?<day>\d{1,2})(?:st|nd|rd|th)?\.?[ -](?:of )?(?<name>[a-z]{3,9})\.?(?:[ -](?<year>\d{4}))?$/,
      monthName,
    ],
    [
      /^(?:(?<weekday>[a-z]{2,9})\.? )?(?<name>[a-z]{3,9})\.?[ -](?<day>\d{1,2})(?:st|nd|rd|th)?\.?(?:[ -](?<year>\d{4}))?$/,
      monthName,
    ],
    [
      /^(?<week>next |this |来週の?|再来週の?|今週の?|翌週の?)?(?:(?<en>[a-z]+)|\(?(?<ja>[月火水木金土日])\)?(?:曜日?)?)(?: (?<behind>(?:next|this) week))?$/,
      ofWeek,
    ],
  ];

  return { isMonthFirst, readDate };
})();
