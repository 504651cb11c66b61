// A macro, and what is typed -> the rows of its form, and the reply: the twin of reply/resolve.py,
// reply/form.py and reply/compose.py.
"use strict";

(() => {
  const { dateOf, rtrimmed, strip, words } = cannery.words;
  const { MAX_DEFAULT_STEPS, begin } = cannery.bounds;
  const { fill, unmark, wants } = cannery.template;
  const { parse, place, placeInSource, tree } = cannery.placement;
  const { empty, parse: parseValue, Refused } = cannery.values;
  const CONTEXT = ["agent", "ticket", "kb", "today", "now", "reply", "cursor"];
  const GROUPS = ["agent", "ticket", "kb"];
  const HOLE = ["⟦", "⟧"];
  const STAND_INS = { date: "today", number: "1", yesno: "no", multichoice: "" };
  const LOOSE = { label: "", help: "", type: "text", choices: [], default: null, required: true, pattern: null, from: "", remember: false };

  const around = (request) => ({
    language: request.macro.language,
    parts: request.macro.parts,
    optional: new Set(request.macro.fields.filter((field) => !field.required).map((field) => field.name)),
    articleUrl: request.articleUrl,
  });
  const todayOf = (request) => dateOf(request.now);
  const templates = (macro) => (macro.subject ? [macro.subject, macro.body] : [macro.body]);
  const rootOf = (name) => name.split(".", 1)[0];

  /** Sets a value by its path, in copies of the groups on the way. */
  function put(values, path, value) {
    let group = values;
    for (const step of path.slice(0, -1)) {
      const inner = group[step];
      group[step] = inner && inner.constructor === Object ? { ...inner } : {};
      group = group[step];
    }
    group[path.at(-1)] = value;
  }
  function context(request, given) {
    const declared = new Set(request.macro.fields.map((field) => field.name));
    const loose = Object.entries(given).filter(([name]) => !name.includes(".") && !declared.has(name));
    const values = {
      ...Object.fromEntries(loose.map(([name, text]) => [name, strip(text)])),
      agent: { ...request.agent }, ticket: { ...request.ticket }, kb: { ...request.kb },
      today: todayOf(request), now: request.now, reply: { first: true, last: true },
    };
    for (const [name, text] of Object.entries(given)) if (name.includes(".")) put(values, name.split("."), strip(text));
    return values;
  }
  function contextText(path, values) {
    let found = values;
    for (const step of path.split(".")) {
      found = found && found.constructor === Object && Object.hasOwn(found, step) ? found[step] : "";
    }
    return typeof found === "string" || typeof found === "number" ? strip(String(found)) : "";
  }
  const suits = (field, text, today) => {
    try {
      parseValue(field, text, today);
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  };

  /** The value last used, else the default filled in; null where neither can be had. */
  function proposal(field, request, values) {
    const candidates = [field.remember ? request.remembered[field.name] : null, defaultOf(field, request, values)];
    const found = candidates.find((text) => text && strip(text) && suits(field, text, todayOf(request)));
    return found === undefined ? null : strip(found);
  }
  function defaultOf(field, request, values) {
    // A form is laid out row by row, and each time with all defaults.
    const bound = { ...around(request), maxSteps: MAX_DEFAULT_STEPS };
    if (field.default === null || wants(field.default, values, bound).names.length) return null;
    const language = field.type === "date" ? "iso" : request.macro.language;
    try {
      const filled = fill(field.default, values, { ...bound, language });
      return unmark(filled.text, filled.values);
    } catch {
      return null; // empty: no default at all
    }
  }

  /** Which values there are, and which are wanted; `accept` takes the proposals as answers. */
  function survey(request, given, accept) {
    const values = context(request, given);
    const proposals = new Map();
    for (const field of request.macro.fields) {
      const answer = Object.hasOwn(given, field.name) ? given[field.name] : null;
      if (answer !== null) {
        values[field.name] = parseValue(field, answer, todayOf(request));
        continue;
      }
      const proposed = proposal(field, request, values);
      proposals.set(field.name, proposed);
      if (!accept) continue;
      if (proposed !== null) values[field.name] = parseValue(field, proposed, todayOf(request));
      else if (!field.required && !field.default) values[field.name] = empty(field);
    }
    return { values, open: open(request, values, proposals) };
  }
  function open(request, values, proposals) {
    const touched = new Map();
    for (const template of templates(request.macro)) {
      const found = wants(template, values, around(request));
      for (const name of found.names) touched.set(name, touched.get(name) || found.printed.has(name));
    }
    const roots = new Set([...touched.keys()].map(rootOf));
    const known = new Set(request.macro.fields.map((field) => field.name));
    const declared = request.macro.fields.filter((field) => roots.has(field.name) && proposals.has(field.name));
    const others = [...touched].filter(([name, printed]) => isAsked(name, printed, known)).map(([name]) => name);
    return [
      ...declared.map((field) => ({ field, proposal: proposals.get(field.name) })),
      ...others.map((name) => ({ field: { ...LOOSE, name }, proposal: null })),
    ];
  }
  function isAsked(name, printed, declared) {
    const root = rootOf(name);
    if (declared.has(root)) return false;
    return GROUPS.includes(root) ? printed : !CONTEXT.includes(root);
  }

  const isOpen = (row) => row.missing || Boolean(row.fault);
  function row(field, text, today) {
    if (!strip(text)) {
      if (field.required || field.default) return { field, text, missing: true };
      return { field, text, value: empty(field) };
    }
    try {
      return { field, text, value: parseValue(field, text, today) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { field, text, fault: error.message, hint: error.hint };
    }
  }

  /** The request with fields that take nothing from elsewhere where a person has typed. */
  function bare(request, typed) {
    const fields = request.macro.fields.map((field) =>
      Object.hasOwn(typed, field.name)
        ? { ...field, from: "", default: null, remember: false }
        : { ...field, from: "" });
    return { ...request, macro: { ...request.macro, fields } };
  }
  function rowsOf(asked, request, typed) {
    const today = todayOf(request);
    const sources = new Map(request.macro.fields.filter((field) => field.from).map((field) => [field.name, field.from]));
    const rows = new Map();
    const given = Object.fromEntries(Object.entries(request.given).filter(([name]) => !Object.hasOwn(typed, name)));
    for (;;) {
      const state = survey(asked, given, false);
      const next = state.open.find((item) => !rows.has(item.field.name));
      if (!next) return { rows: [...rows.values()], given };
      const { name } = next.field;
      let text = typed[name];
      if (text === undefined) {
        const known = sources.has(name) ? contextText(sources.get(name), state.values) : "";
        text = known && !row(next.field, known, today).fault ? known : next.proposal ?? "";
      }
      const found = row(next.field, text, today);
      rows.set(name, found);
      if (!isOpen(found)) given[name] = text;
    }
  }

  /**
   * The form as it stands: `rows`, and the `reply` with holes unless `isDone`; where there can be
   * no reply, `fault` says why. `request` has macro, agent, ticket, kb, given, remembered, now,
   * articleUrl.
   */
  function layOut(request, typed) {
    const asked = bare(request, typed);
    begin();
    try {
      const { rows, given } = rowsOf(asked, request, typed);
      const order = new Map(request.macro.fields.map((field, at) => [field.name, at]));
      rows.sort((a, b) => (order.get(a.field.name) ?? order.size) - (order.get(b.field.name) ?? order.size));
      const { reply, fault } = replyOf(asked, rows, given);
      return { rows, reply, fault, isDone: Boolean(reply) && !rows.some(isOpen) };
    } catch (error) {
      return { rows: [], reply: null, fault: error.message, isDone: false };
    }
  }
  function replyOf(asked, rows, given) {
    const { values } = survey(asked, given, true);
    let fault = "";
    for (const standIns of [{}, STAND_INS]) {
      const seen = { ...values };
      for (const { field } of rows.filter(isOpen)) put(seen, field.name.split("."), hole(field, standIns, todayOf(asked)));
      try {
        return { reply: compose(asked, seen), fault: "" };
      } catch (error) {
        fault = error.message;
      }
    }
    return { reply: null, fault };
  }
  function hole(field, standIns, today) {
    if (field.type === "yesno") return false;
    const text = standIns[field.type];
    if (text !== undefined) return parseValue({ ...field, pattern: null, required: false }, text, today);
    return `${HOLE[0]}${field.label || field.name}${HOLE[1]}`;
  }

  /** The macro filled in, in every form. Throws where it can't be. */
  function compose(request, values) {
    const filled = templates(request.macro).map((template) => fill(template, values, around(request)));
    for (const { text, values: placed } of filled) {
      if (!strip(unmark(text, placed))) throw new Error("nothing is left of it with these values");
    }
    const body = filled.at(-1);
    const subject = filled.length > 1 ? words(unmark(filled[0].text, filled[0].values)).join(" ") : "";
    const skeleton = parse(body.text);
    const nodes = tree(place(skeleton, body.values));
    return {
      subject,
      markdown: `${rtrimmed(placeInSource(body.text, skeleton, body.values).replace(/^\n+/, ""), "\n")}\n`,
      html: `${cannery.forms.html(nodes)}\n`,
      text: `${cannery.forms.text(nodes)}\n`,
      slack: `${cannery.forms.slack(nodes)}\n`,
    };
  }

  cannery.fill = { HOLE, isOpen, layOut };
})();
