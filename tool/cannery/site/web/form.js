// A macro, and what is typed -> the rows of its form, and the reply: the twin of reply/form.py.
"use strict";

const kbForm = (() => {
  const { showsNothing } = kbSeen;
  const { compose } = kbCompose;
  const { contextText, put, resolve, calendarOf } = kbResolve;
  const { emptyOf, FIELD_TYPES, parse, Refused } = kbFieldTypes;
  const HOLE = ["⟦", "⟧"];

  /** @param {KbRow} row */
  const isOpen = (row) => Boolean(row.isMissing || row.fault);
  /**
   * @param {KbField} field
   * @param {string} text
   * @param {KbCalendar} calendar
   * @returns {KbRow}
   */
  function rowOf(field, text, calendar) {
    if (showsNothing(text)) {
      if (field.required || field.default) return { field, text, isMissing: true };
      return { field, text, value: emptyOf(field) };
    }
    try {
      return { field, text, value: parse(field, text, calendar) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { field, text, fault: error.message, hint: error.hint, kind: error.kind };
    }
  }

  /**
   * The request with fields that take nothing from elsewhere where a person has typed.
   * @param {KbRequest} request
   * @param {Record<string, string>} typed
   */
  function withoutSources(request, typed) {
    const fields = request.macro.fields.map((field) =>
      Object.hasOwn(typed, field.name)
        ? { ...field, from: "", default: null, remember: false }
        : { ...field, from: "" },
    );
    return { ...request, macro: { ...request.macro, fields } };
  }
  /**
   * @param {KbRequest} asked
   * @param {KbRequest} request
   * @param {Record<string, string>} typed
   */
  function rowsOf(asked, request, typed) {
    const calendar = calendarOf(request);
    const sources = new Map(request.macro.fields.map((field) => [field.name, field.from]));
    const notTyped = Object.entries(request.given).filter(([name]) => !Object.hasOwn(typed, name));
    const given = Object.fromEntries(notTyped);
    /** @type {Map<string, KbRow>} */
    const rows = new Map();
    let state = resolve(asked, given, false);
    for (let next = unseen(state.missing, rows); next; next = unseen(state.missing, rows)) {
      const { name } = next.field;
      const taken = contextText(sources.get(name) ?? "", state.values);
      const text = Object.hasOwn(typed, name) ? typed[name] : textFor(next, taken, calendar);
      const row = rowOf(next.field, text, calendar);
      rows.set(name, row);
      if (!isOpen(row)) given[name] = text;
      state = resolve(asked, given, false);
    }
    return { rows: [...rows.values()], given };
  }
  /**
   * The text of a field that nobody has typed into: a value taken over that suits, or the proposal.
   * @param {KbMissingField} missing
   * @param {string} taken
   * @param {KbCalendar} calendar
   */
  function textFor({ field, proposal }, taken, calendar) {
    if (taken && !rowOf(field, taken, calendar).fault) return taken;
    return proposal ?? "";
  }
  /**
   * @param {KbMissingField[]} missing
   * @param {Map<string, KbRow>} rows
   */
  const unseen = (missing, rows) => missing.find(({ field }) => !rows.has(field.name));

  /**
   * The form as it stands: `rows`, and the `reply` with holes unless `isDone`; where there can be
   * no reply, `fault` says why.
   * @param {KbRequest} request
   * @param {Record<string, string>} typed
   * @returns {KbFormState}
   */
  function buildForm(request, typed) {
    const asked = withoutSources(request, typed);
    kbLimits.begin();
    try {
      const { rows, given } = rowsOf(asked, request, typed);
      const order = request.macro.fields.map((field) => field.name);
      const rank = (/** @type {KbRow} */ row) =>
        order.includes(row.field.name) ? order.indexOf(row.field.name) : order.length;
      rows.sort((one, two) => rank(one) - rank(two));
      const { reply, fault } = replyOf(asked, rows, given);
      return { rows, reply, fault, isDone: Boolean(reply) && !rows.some(isOpen) };
    } catch (error) {
      return { rows: [], reply: null, fault: messageOf(error), isDone: false };
    }
  }
  /** @param {unknown} error */
  const messageOf = (error) => (error instanceof Error ? error.message : String(error));
  /**
   * The reply, with the names of open fields as holes; where these do not fit, with stand-ins.
   * @param {KbRequest} asked
   * @param {KbRow[]} rows
   * @param {Record<string, string>} given
   */
  function replyOf(asked, rows, given) {
    const { values } = resolve(asked, given, true);
    let fault = "";
    for (const hasStandIns of [false, true]) {
      const seen = { ...values };
      for (const { field } of rows.filter(isOpen)) {
        put(seen, field.name.split("."), hole(field, hasStandIns, calendarOf(asked)));
      }
      try {
        return { reply: compose(asked, seen), fault: "" };
      } catch (error) {
        fault = messageOf(error);
      }
    }
    return { reply: null, fault };
  }
  /**
   * @param {KbField} field
   * @param {boolean} hasStandIns
   * @param {KbCalendar} calendar
   */
  function hole(field, hasStandIns, calendar) {
    const { empty, standIn } = FIELD_TYPES[field.type];
    if (empty === false) return false; // a condition takes a hole for true
    if (!hasStandIns || standIn === undefined) {
      return `${HOLE[0]}${field.label || field.name}${HOLE[1]}`;
    }
    return parse({ ...field, pattern: null, required: false }, standIn, calendar);
  }

  return { buildForm, HOLE, isOpen };
})();
