// Liquid in the browser, within the portable profile: the twin of liquid/template.py.
//
// LiquidJS reads the very template that `kb reply` reads. What the two libraries do differently
// (filters, comparisons, what is missing) is ours on both sides; tests/site/liquid.json holds the
// cases that both must pass.
"use strict";

(() => {
  const { Day, Url, compareDays, dateOf, dateText, decimal, decimalText, honorific, isBlank, lstrip,
    moment, now, refuseForm, rounded, rstrip, strip, valueText, words } = cannery.words;
  const { Cost, MAX_PARTS, holds, refuseFilter, refuseLarge, refuseSource, sizeOf, withoutMarks } = cannery.bounds;
  const { Output, Context, AssignTag, ForTag, CaptureTag, CaseTag, RawTag, Drop, evalToken } = liquidjs;
  const OPEN = "\ue000";
  const CLOSE = "\ue001";
  const MARK = /\ue000([0-9]{1,7})\ue001/g;
  // As in util/plain.py: sequences to a terminal as a whole, then all other control characters.
  const CONTROLS = /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])(?:[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)|[0-9;]*)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|\x1b[!-/]*[0-~]?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

  /** A name without a value: false to a condition, and what it was is told to whoever asks. */
  class Missing extends Drop {
    constructor(name) {
      super();
      this.missing = name;
    }
    valueOf() {
      return undefined;
    }
  }

  // What one render has found so far. Renders are synchronous, so there is one at a time.
  let ledger = null;

  const printable = (text) => text.replace(CONTROLS, "");
  const unmark = (text, values) => text.replace(MARK, (_, index) => textOf(values[Number(index)] ?? ""));
  const textOf = (value) => (value instanceof Url ? value.text : value);

  function mark(value) {
    const plain = withoutMarks(printable(textOf(value)));
    ledger.values.push(value instanceof Url ? new Url(plain) : plain);
    return `${OPEN}${ledger.values.length - 1}${CLOSE}`;
  }

  const read = Context.prototype._get;
  Context.prototype._get = function* get(paths) {
    const found = yield* read.call(this, paths);
    if (found !== undefined && found !== null) {
      ledger.cost.read(textOf(found));
      return found;
    }
    const name = paths.join(".");
    ledger.touched.add(name);
    ledger.cost.touch(ledger.touched.size);
    return new Missing(name);
  };
  // A loop is on the stack for as long as its scope is; a part has a context of its own.
  const { push, pop, spawn } = Context.prototype;
  Context.prototype.push = function pushed(scope) {
    if (scope?.forloop) ledger.cost.enter(scope.forloop.length);
    return push.call(this, scope);
  };
  Context.prototype.pop = function popped() {
    const scope = pop.call(this);
    if (scope?.forloop) ledger.cost.leave();
    return scope;
  };
  Context.prototype.spawn = function spawned(scope) {
    const child = spawn.call(this, scope);
    child.depth = (this.depth ?? 0) + 1;
    if (child.depth > MAX_PARTS) throw new Error("parts are nested too deep");
    return child;
  };
  // Text between the tags, which a loop may print many times.
  const Text = new liquidjs.Liquid().parse("text")[0].constructor;
  Text.prototype.render = function* render(_, emitter) {
    ledger.cost.write(this.str);
    emitter.write(this.str);
  };
  const property = Context.prototype.readProperty;
  Context.prototype.readProperty = function readProperty(object, key) {
    if (typeof object === "string") return key === "size" ? [...object].length : undefined;
    if (object instanceof Url || object instanceof Missing || Day.is(object)) return undefined;
    return property.call(this, object, key);
  };

  Output.prototype.render = function* render(context, emitter) {
    const value = yield* this.value.value(context, false);
    if (value instanceof Missing) {
      if (!ledger.probing) throw new Error(`${value.missing} has no value`);
      ledger.needed.add(value.missing);
      return;
    }
    const text = value instanceof Url ? value : valueText(value, ledger.language);
    if (isBlank(textOf(text)) && !ledger.probing) {
      if (!mayBeEmpty(this.value)) throw new Error(`${this.token.getText()} is empty`);
      return;
    }
    ledger.cost.print(textOf(text));
    emitter.write(mark(text));
  };
  function mayBeEmpty(value) {
    if (value.filters.some((filter) => filter.name === "default")) return true;
    const [first, ...more] = value.initial.postfix;
    const root = first?.props?.[0]?.content;
    return !more.length && (root === "cursor" || ledger.optional.has(root));
  }

  class BoundedFor extends ForTag {
    *render(context, emitter) {
      const items = yield* evalToken(this.collection, context);
      if (items instanceof Missing && !ledger.probing) throw new Error(`${items.missing} has no value`);
      yield* super.render(context, emitter);
    }
  }
  class PlainCapture extends CaptureTag {
    *render(context) {
      yield* super.render(context);
      const text = unmark(context.bottom()[this.variable], ledger.values);
      ledger.cost.spend(text.length);
      context.bottom()[this.variable] = text;
    }
  }
  class CountedAssign extends AssignTag {
    *render(context) {
      yield* super.render(context);
      const value = textOf(context.bottom()[this.key]);
      if (typeof value === "string") ledger.cost.spend(value.length);
    }
  }
  class CountedRaw extends RawTag {
    render() {
      const text = this.tokens.map((token) => token.getText()).join("");
      ledger.cost.write(text);
      return text;
    }
  }
  /** Comparisons of `when` are those of `==`. */
  class SameCase extends CaseTag {
    *render(context, emitter) {
      const target = yield* this.value.value(context);
      let hit = false;
      for (const branch of this.branches) {
        for (const token of branch.values) {
          if (!equal(target, yield* evalToken(token, context))) continue;
          hit = true;
          yield this.liquid.renderer.renderTemplates(branch.templates, context, emitter);
          break;
        }
      }
      if (!hit) yield this.liquid.renderer.renderTemplates(this.elseTemplates, context, emitter);
    }
  }

  const isNothing = (value) => value === undefined || value === null || value instanceof Missing || isNil(value);
  const isNil = (value) => value instanceof Drop && value.constructor === NIL;
  const isEmptyMark = (value) => value instanceof Drop && (value.constructor === EMPTY || value.constructor === BLANK);
  const literal = (word) => new liquidjs.Tokenizer(word).readValue().content;
  const [NIL, EMPTY, BLANK] = ["nil", "empty", "blank"].map((word) => literal(word).constructor);

  const truthy = (value) => !(value === false || isNothing(value));
  function equal(left, right) {
    if (isNothing(left) || isNothing(right)) return isNothing(left) && isNothing(right);
    if (isEmptyMark(right)) return isEmptyMark(left) ? left.constructor === right.constructor : isEmpty(left, right);
    if (isEmptyMark(left)) return isEmpty(right, left);
    if (Day.is(left) && Day.is(right)) {
      return String(Day.parts(left).time) === String(Day.parts(right).time) && compareDays(left, right) === 0;
    }
    if (Array.isArray(left) && Array.isArray(right)) {
      return left.length === right.length && left.every((item, at) => equal(item, right[at]));
    }
    return textOf(left) === textOf(right);
  }
  function isEmpty(value, kind) {
    const plain = textOf(value);
    if (typeof plain === "string") return kind.constructor === BLANK ? isBlank(plain) : plain === "";
    return Array.isArray(plain) && plain.length === 0;
  }
  const byCodePoint = (a, b) => {
    const [one, two] = [[...a], [...b]];
    for (let at = 0; at < Math.min(one.length, two.length); at += 1) {
      if (one[at] !== two[at]) return one[at].codePointAt(0) - two[at].codePointAt(0);
    }
    return one.length - two.length;
  };
  /** Less than 0, 0 or more than 0; null for what has no order. */
  function order(left, right) {
    const [one, two] = [textOf(left), textOf(right)];
    if (isNothing(one) || isNothing(two)) return null;
    if (typeof one === "string" && typeof two === "string") return byCodePoint(one, two);
    if (typeof one === "number" && typeof two === "number") return one - two;
    throw new Error("'<' and '>' compare two numbers or two texts");
  }
  const ordered = (test) => (left, right) => {
    const found = order(left, right);
    return found !== null && test(found);
  };
  function contains(left, right) {
    if (!truthy(left) || !truthy(right)) return false;
    const plain = textOf(left);
    if (typeof plain === "string") return holds(plain, valueText(right, ledger.language));
    if (Array.isArray(plain)) return plain.some((item) => equal(item, right));
    throw new Error("'contains' looks into a text or a list");
  }
  const operators = {
    "==": equal,
    "!=": (left, right) => !equal(left, right),
    "<": ordered((found) => found < 0),
    ">": ordered((found) => found > 0),
    "<=": ordered((found) => found <= 0),
    ">=": ordered((found) => found >= 0),
    contains,
    and: (left, right) => truthy(left) && truthy(right),
    or: (left, right) => truthy(left) || truthy(right),
  };

  const points = (text) => [...text];
  const NUMBER = /^[+-]?\d{1,15}(?:\.\d{1,10})?$/;
  function number(value) {
    if (typeof value === "number") return value;
    const text = textOf(value);
    return typeof text === "string" && NUMBER.test(strip(text)) ? Number(strip(text)) : 0;
  }
  function aligned(left, right) {
    const [one, two] = [decimal(left), decimal(right)];
    const scale = Math.max(one.scale, two.scale);
    const raised = (item) => item.digits * 10n ** BigInt(scale - item.scale);
    return { one: raised(one), two: raised(two), scale };
  }
  const back = (digits, scale) => Number(decimalText({ digits, scale }));
  function exact(combine) {
    return (left, right) => {
      const { one, two, scale } = aligned(number(left), number(right));
      return combine(one, two, scale);
    };
  }
  const floored = (one, two) => ((one % two) + two) % two;
  function nonZero(value, name) {
    if (value === 0 || value === 0n) throw new Error(`${name}: can't divide by 0`);
    return value;
  }
  function dividedBy(left, right) {
    const [one, two] = [number(left), nonZero(number(right), "divided_by")];
    return Number.isInteger(one) && Number.isInteger(two) ? Math.floor(one / two) : one / two;
  }
  const MAX_PLACES = 10;
  const roundTo = (value, places) => Number(decimalText(rounded(decimal(number(value)), Math.min(MAX_PLACES, Math.max(0, Math.trunc(number(places ?? 0)))))));

  function whole(value, name) {
    const found = number(value);
    if (!Number.isInteger(found)) throw new Error(`${name} expected a whole number`);
    return found;
  }
  function slice(value, start, length = 1) {
    const items = Array.isArray(value) ? value : points(text(value));
    const [from, count] = [whole(start, "slice"), whole(length, "slice")];
    const begin = from < 0 ? Math.max(items.length + from, 0) : from;
    const end = from < 0 && from + count >= 0 ? items.length : from + count;
    const stop = end < 0 ? items.length + end : end;
    const found = items.slice(begin, Math.max(stop, begin));
    return Array.isArray(value) ? found : found.join("");
  }
  function truncate(value, size = 50, end = "...") {
    const [letters, tail, limit] = [points(value), text(end), whole(size, "truncate")];
    if (letters.length <= limit) return value;
    return letters.slice(0, Math.max(0, limit - points(tail).length)).join("") + tail;
  }
  function truncatewords(value, size = 15, end = "...") {
    const [all, limit] = [words(value), Math.max(1, whole(size, "truncatewords"))];
    return all.length <= limit ? all.join(" ") : all.slice(0, limit).join(" ") + text(end);
  }
  function replace(value, from, to = "") {
    const [old, fresh] = [text(from), text(to)];
    return old ? value.replaceAll(old, () => fresh) : value;
  }
  function replaceFirst(value, from, to = "") {
    const old = text(from);
    return old ? value.replace(old, () => text(to)) : value;
  }
  function replaceLast(value, from, to = "") {
    const old = text(from);
    const at = old ? value.lastIndexOf(old) : -1;
    return at < 0 ? value : value.slice(0, at) + text(to) + value.slice(at + old.length);
  }
  function split(value, by) {
    const mark_ = text(by);
    if (!mark_) return points(value);
    if (!value || value === mark_) return [];
    return mark_ === " " ? words(value) : value.split(mark_);
  }
  const list = (value) => (Array.isArray(value) ? value.flat(5) : [value]);
  function distinct(items) {
    return items.filter((item, at) => items.findIndex((other) => equal(other, item)) === at);
  }
  const capitalized = (value) => {
    const [first = "", ...rest] = points(value);
    return first.toUpperCase() + rest.join("").toLowerCase();
  };

  function orDefault(value, other = "", ...named) {
    const allowsFalse = named.some((pair) => Array.isArray(pair) && pair[0] === "allow_false" && pair[1] === true);
    if (typeof value === "number" || (value === false && allowsFalse)) return value;
    const plain = textOf(value);
    const nothing = isNothing(plain) || plain === false || plain === "" || (Array.isArray(plain) && !plain.length);
    return nothing ? other : value;
  }
  function date(value, form = "") {
    refuseForm(text(form));
    if (Day.is(value)) return dateText(value, ledger.language, text(form));
    const word = strip(text(value));
    if (!word) return ""; // an optional date that nobody gave
    if (word === "today") return dateText(dateOf(now()), ledger.language, text(form));
    return dateText(word === "now" ? now() : moment(word), ledger.language, text(form));
  }

  const text = (value) => valueText(value, ledger.language);
  const onText = (filter) => (value, ...rest) => filter(text(value), ...rest);
  const onList = (filter) => (value, ...rest) => filter(list(value), ...rest);
  const FILTERS = {
    abs: (value) => Math.abs(number(value)),
    append: onText((value, more) => value + text(more)),
    article_url: (name) => ledger.articleUrl(text(name)),
    at_least: (value, other) => Math.max(number(value), number(other)),
    at_most: (value, other) => Math.min(number(value), number(other)),
    capitalize: onText(capitalized),
    ceil: (value) => Math.ceil(number(value)),
    compact: onList((items) => items.filter((item) => !isNothing(item))),
    concat: onList((items, more) => {
      if (!Array.isArray(more)) throw new Error("concat expected a list");
      return [...items, ...more];
    }),
    date,
    default: orDefault,
    divided_by: dividedBy,
    downcase: onText((value) => value.toLowerCase()),
    first: (value) => (Array.isArray(value) ? value[0] ?? null : null),
    floor: (value) => Math.floor(number(value)),
    honorific: onText((value) => honorific(value, ledger.language)),
    join: onList((items, by = " ") => items.map(text).join(text(by))),
    last: (value) => (Array.isArray(value) ? value.at(-1) ?? null : null),
    lstrip: onText(lstrip),
    minus: exact((one, two, scale) => back(one - two, scale)),
    modulo: exact((one, two, scale) => back(floored(one, nonZero(two, "modulo")), scale)),
    plus: exact((one, two, scale) => back(one + two, scale)),
    prepend: onText((value, more) => text(more) + value),
    remove: onText((value, gone) => replace(value, gone)),
    remove_first: onText((value, gone) => replaceFirst(value, gone)),
    remove_last: onText((value, gone) => replaceLast(value, gone)),
    replace: onText(replace),
    replace_first: onText(replaceFirst),
    replace_last: onText(replaceLast),
    reverse: onList((items) => [...items].reverse()),
    round: roundTo,
    rstrip: onText(rstrip),
    size: (value) => (typeof textOf(value) === "string" ? points(textOf(value)).length : Array.isArray(value) ? value.length : 0),
    slice,
    sort: onList((items) => [...items].sort((a, b) => order(a, b) ?? 0)),
    split: onText(split),
    strip: onText(strip),
    strip_newlines: onText((value) => value.replace(/\r?\n/g, "")),
    times: exact((one, two, scale) => back(one * two, scale * 2)),
    truncate: onText(truncate),
    truncatewords: onText(truncatewords),
    uniq: onList(distinct),
    upcase: onText((value) => value.toUpperCase()),
  };
  const TAGS = ["#", "assign", "break", "capture", "case", "comment", "continue", "for", "if", "raw", "render", "unless"];

  /** The filter, refusing what is too large and passing on what is missing. */
  function guarded(name, filter) {
    return function call(value, ...rest) {
      const given = [value, ...rest.map((item) => (isNamed(item) ? item[1] : item))];
      const missing = given.filter((item) => item instanceof Missing);
      const matters = name === "default" ? ledger.probing && missing.some((item) => item !== value) : missing.length;
      if (matters) {
        if (!ledger.probing) throw new Error(`${missing[0].missing} has no value`);
        for (const item of missing) ledger.needed.add(item.missing);
        return missing[0];
      }
      refuseFilter(name, textOf(value), given.slice(1).map(textOf), ledger.cost);
      const result = filter(value, ...rest);
      refuseLarge(textOf(result));
      ledger.cost.spend(sizeOf(textOf(result)));
      return result;
    };
  }
  const isNamed = (item) => Array.isArray(item) && item.length === 2 && item[0] === "allow_false";

  /** The parts; one that is out of bounds costs those that call it. */
  function checked(parts) {
    const found = {};
    for (const [name, source] of Object.entries(parts)) {
      const get = () => {
        refuseSource(source);
        return withoutMarks(source);
      };
      Object.defineProperty(found, name, { get, enumerable: true });
    }
    return found;
  }
  function engine(parts) {
    const liquid = new liquidjs.Liquid({
      templates: checked(parts), cache: true, partials: [], extname: "", relativeReference: false, strictFilters: true,
      ownPropertyOnly: true, operators,
    });
    for (const name of Object.keys(liquid.filters)) delete liquid.filters[name];
    for (const [name, filter] of Object.entries(FILTERS)) liquid.registerFilter(name, guarded(name, filter));
    for (const name of Object.keys(liquid.tags)) if (!TAGS.includes(name)) delete liquid.tags[name];
    liquid.registerTag("assign", CountedAssign);
    liquid.registerTag("raw", CountedRaw);
    liquid.registerTag("for", BoundedFor);
    liquid.registerTag("capture", PlainCapture);
    liquid.registerTag("case", SameCase);
    return liquid;
  }

  /**
   * Render a template. `around` has language, parts (texts by name), optional (a Set of names),
   * articleUrl (a function) and, where it is to cost less than others, maxSteps; the result has the text with a marker for each of `values`.
   */
  function run(source, values, around, probing) {
    ledger = {
      language: around.language, optional: around.optional, articleUrl: around.articleUrl, probing,
      values: [], touched: new Set(), needed: new Set(), cost: new Cost(around.maxSteps),
    };
    const found = ledger;
    const liquid = engine(around.parts);
    refuseSource(source);
    const globals = { ...values, cursor: "" };
    const limits = {
      liquid, renderLimit: { check: () => found.cost.step() }, memoryLimit: { use: (length) => found.cost.range(length) },
    };
    const context = new Context({}, liquid.options, { globals, sync: true }, limits);
    const text_ = liquid.renderSync(liquid.parse(withoutMarks(source)), context);
    return { text: printable(text_), values: found.values, touched: [...found.touched], needed: found.needed };
  }
  const fill = (source, values, around) => run(source, values, around, false);
  /** The names that filling in would miss: `names` in order of use, `printed` those it needs. */
  function wants(source, values, around) {
    const found = run(source, values, around, true);
    return { names: found.touched, printed: found.needed };
  }

  cannery.template = { MARK, fill, textOf, unmark, wants };
})();
