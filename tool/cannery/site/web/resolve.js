// Which values a macro has, and which are missing: the twin of reply/resolve.py.
"use strict";

const kbResolve = (() => {
  const { countryOf } = kbBusinessDays;
  const { dateOf } = kbDates;
  const { showsNothing, stripped } = kbSeen;
  const { unmark } = kbLiquidValues;
  const { fill, missingNames } = kbTemplate;
  const { renderContext, templates } = kbCompose;
  const { emptyOf, parse, Refused } = kbFieldTypes;
  const CONTEXT = ["agent", "ticket", "kb", "today", "now", "reply", "cursor"];
  const GROUPS = ["agent", "ticket", "kb"];
  // What a template asks for that no field declares.
  const UNDECLARED = {
    label: "",
    help: "",
    type: "text",
    choices: [],
    default: null,
    required: true,
    pattern: null,
    from: "",
    remember: false,
  };

  /** @param {KbRequest} request */
  const todayOf = (request) => dateOf(request.now);
  /**
   * The customer's country, as far as it is known: by the ticket, the settings, the language.
   * @param {KbRequest} request
   */
  function countryFor({ country, given, macro, ticket }) {
    const named = contextText("requester.locale", ticket);
    const locale = given["ticket.requester.locale"] ?? named;
    return countryOf(locale) || country || countryOf(macro.language);
  }
  /** What a date is read by. @param {KbRequest} request @returns {KbCalendar} */
  const calendarOf = (request) => ({
    today: todayOf(request),
    isMonthFirst: kbReadDates.isMonthFirst(request.locale ?? ""),
    country: countryFor(request),
  });
  /** @param {string} name */
  const rootOf = (name) => name.split(".", 1)[0];
  /** @param {unknown} value @returns {value is KbGroup} */
  const isGroup = (value) =>
    typeof value === "object" && value !== null && value.constructor === Object;

  /**
   * Sets a value by its path, in copies of the groups on the way.
   * @param {KbGroup} values
   * @param {string[]} path
   * @param {unknown} value
   */
  function put(values, path, value) {
    let group = values;
    const [last] = path.slice(-1);
    for (const step of path.slice(0, -1)) {
      const known = group[step];
      /** @type {KbGroup} */
      const inner = isGroup(known) ? { ...known } : {};
      group[step] = inner;
      group = inner;
    }
    group[last] = value;
  }
  /**
   * All that is known before the first field.
   * @param {KbRequest} request
   * @param {Record<string, string>} given
   */
  function contextValues(request, given) {
    const declared = new Set(request.macro.fields.map((field) => field.name));
    const undeclared = Object.entries(given).filter(
      ([name]) => !(name.includes(".") || declared.has(name)),
    );
    /** @type {KbGroup} */
    const values = {
      ...Object.fromEntries(undeclared.map(([name, text]) => [name, stripped(text)])),
      agent: { ...request.agent },
      ticket: { ...request.ticket },
      kb: { ...request.kb },
      today: todayOf(request),
      now: request.now,
      reply: { first: true, last: true },
    };
    const hasTeam = Object.keys(request.team).length > 0 && !declared.has("team");
    if (hasTeam) values.team = { ...request.team };
    for (const [name, text] of Object.entries(given)) {
      if (name.includes(".")) put(values, name.split("."), stripped(text));
    }
    return values;
  }
  /**
   * The text that a path such as `ticket.requester.name` leads to; empty if there is none.
   * @param {string} path
   * @param {KbGroup} values
   */
  function contextText(path, values) {
    /** @type {unknown} */
    let value = values;
    for (const step of path.split(".")) {
      value = isGroup(value) && Object.hasOwn(value, step) ? value[step] : "";
    }
    return typeof value === "string" || typeof value === "number" ? stripped(String(value)) : "";
  }
  /**
   * @param {KbField} field
   * @param {string} text
   * @param {KbCalendar} calendar
   */
  function suits(field, text, calendar) {
    try {
      parse(field, text, calendar);
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }

  /**
   * The value last used, else the default filled in; null where neither can be had.
   * @param {KbField} field
   * @param {KbRequest} request
   * @param {KbGroup} values
   * @param {Record<string, string>} given
   */
  function proposalFor(field, request, values, given) {
    if (isCleared(field, given)) return null;
    const remembered = field.remember ? request.remembered[field.name] : null;
    for (const text of [remembered, defaultOf(field, request, values)]) {
      if (text && !showsNothing(text) && suits(field, text, calendarOf(request))) {
        return stripped(text);
      }
    }
    return null;
  }
  /**
   * @param {KbField} field
   * @param {KbRequest} request
   * @param {KbGroup} values
   */
  function defaultOf(field, request, values) {
    if (field.default === null) return null;
    // A form is built row by row, and each time with all defaults.
    const context = { ...renderContext(request), maxSteps: kbLimits.MAX_DEFAULT_STEPS };
    if (missingNames(field.default, values, context).names.length) return null;
    const language = field.type === "date" ? "iso" : request.macro.language;
    try {
      const filled = fill(field.default, values, { ...context, language });
      return unmark(filled.text, filled.values);
    } catch {
      return null; // empty: no default at all
    }
  }

  /**
   * Which values there are, and which fields are missing.
   * @param {KbRequest} request
   * @param {Record<string, string>} given
   * @param {boolean} isAccepting whether proposals are taken as answers
   */
  function resolve(request, given, isAccepting) {
    const values = contextValues(request, given);
    /** @type {Map<string, string | null>} */
    const proposals = new Map();
    for (const field of request.macro.fields) {
      const calendar = calendarOf(request);
      let value = answerTo(field, given, calendar);
      if (value === null) {
        const proposed = proposalFor(field, request, values, given);
        proposals.set(field.name, proposed);
        value = isAccepting ? acceptedValue(field, proposed, calendar) : null;
      }
      if (value !== null) values[field.name] = value;
    }
    return { values, missing: missingFields(request, values, proposals) };
  }
  /**
   * @param {KbField} field
   * @param {Record<string, string>} given
   * @param {KbCalendar} calendar
   */
  function answerTo(field, given, calendar) {
    const isGiven = Object.hasOwn(given, field.name) && !isCleared(field, given);
    return isGiven ? parse(field, given[field.name], calendar) : null;
  }
  /**
   * Whether it was given as empty, and needs a value: a fault only where the text comes to use it.
   * @param {KbField} field
   * @param {Record<string, string>} given
   */
  function isCleared(field, given) {
    return field.required && Object.hasOwn(given, field.name) && showsNothing(given[field.name]);
  }
  /**
   * The value of a field that nobody answers; null if there is none.
   * @param {KbField} field
   * @param {string | null} proposed
   * @param {KbCalendar} calendar
   */
  function acceptedValue(field, proposed, calendar) {
    if (proposed !== null) return parse(field, proposed, calendar);
    return field.required || field.default ? null : emptyOf(field);
  }
  /**
   * @param {KbRequest} request
   * @param {KbGroup} values
   * @param {Map<string, string | null>} proposals
   * @returns {KbMissingField[]}
   */
  function missingFields(request, values, proposals) {
    const { fields } = request.macro;
    const touched = touchedNames(request, values);
    const roots = new Set([...touched.keys()].map(rootOf));
    const declared = new Set(fields.map((field) => field.name));
    const open = fields.filter((field) => roots.has(field.name) && proposals.has(field.name));
    const others = [...touched].filter(([name, isPrinted]) => isAsked(name, isPrinted, declared));
    return [
      ...open.map((field) => ({ field, proposal: proposals.get(field.name) ?? null })),
      ...others.map(([name]) => ({ field: { ...UNDECLARED, name }, proposal: null })),
    ];
  }
  /**
   * The names without a value, in order of use, and whether each would be printed.
   * @param {KbRequest} request
   * @param {KbGroup} values
   */
  function touchedNames(request, values) {
    /** @type {Map<string, boolean>} */
    const touched = new Map();
    for (const template of templates(request.macro)) {
      const { names, printed } = missingNames(template, values, renderContext(request));
      for (const name of names) touched.set(name, touched.get(name) || printed.has(name));
    }
    return touched;
  }
  /**
   * @param {string} name
   * @param {boolean} isPrinted
   * @param {Set<string>} declared
   */
  function isAsked(name, isPrinted, declared) {
    const root = rootOf(name);
    if (declared.has(root)) return false;
    return GROUPS.includes(root) ? isPrinted : !CONTEXT.includes(root);
  }

  return { contextText, put, resolve, calendarOf };
})();
