// All filters of the portable profile, each within limits: the twin of liquid/portable_filters.py.
"use strict";

const kbFilters = (() => {
  const { refuseFilter, refuseLarge, sizeOf } = kbLimits;
  const { Missing, plainOf } = kbLiquidValues;
  const { equal, isNothing, order } = kbOperators;
  const { NUMBER_FILTERS, wholeNumber } = kbNumberFilters;
  const { showsNothing } = kbSeen;
  const { points, TEXT_FILTERS } = kbTextFilters;
  const { valueText } = kbWording;

  /** @param {unknown} value @returns {unknown[]} */
  const listOf = (value) => (Array.isArray(value) ? value.flat(5) : [value]);
  /**
   * @param {(items: unknown[]) => unknown} filter
   * @returns {KbFilter}
   */
  const onList = (filter) => (_, value) => filter(listOf(value));

  /** @type {KbFilter} */
  function slice({ language }, value, start, length = 1) {
    const items = Array.isArray(value) ? value : points(valueText(value, language));
    const [from, count] = [wholeNumber(start, "slice"), wholeNumber(length, "slice")];
    const begin = from < 0 ? Math.max(items.length + from, 0) : from;
    const end = from < 0 && from + count >= 0 ? items.length : from + count;
    const stop = end < 0 ? items.length + end : end;
    const part = items.slice(begin, Math.max(stop, begin));
    return Array.isArray(value) ? part : part.join("");
  }
  /** @type {KbFilter} */
  function concat(_, value, more) {
    if (!Array.isArray(more)) throw new Error("concat expected a list");
    return [...listOf(value), ...more];
  }
  /** @type {KbFilter} */
  function join({ language }, value, by = " ") {
    const texts = listOf(value).map((item) => valueText(item, language));
    return texts.join(valueText(by, language));
  }
  /** @param {unknown} value */
  function size(value) {
    const plain = plainOf(value);
    if (typeof plain === "string") return points(plain).length;
    return Array.isArray(plain) ? plain.length : 0;
  }
  /** @type {KbFilter} */
  function orDefault(_, value, other = "", ...named) {
    const allowsFalse = named.some((item) => isNamed(item) && item[1] === true);
    const plain = plainOf(value);
    if (typeof plain === "number" || (plain === false && allowsFalse)) return value;
    const isEmpty =
      (typeof plain === "string" && showsNothing(plain)) || (Array.isArray(plain) && !plain.length);
    return isEmpty || plain === false || isNothing(plain) ? other : value;
  }

  /** @type {Record<string, KbFilter>} */
  const FILTERS = {
    ...NUMBER_FILTERS,
    ...TEXT_FILTERS,
    article_url: (state, name) => state.articleUrl(valueText(name, state.language)),
    compact: onList((items) => items.filter((item) => !isNothing(item))),
    concat,
    default: orDefault,
    first: (_, value) => (Array.isArray(value) ? (value[0] ?? null) : null),
    join,
    last: (_, value) => (Array.isArray(value) ? (value.at(-1) ?? null) : null),
    reverse: onList((items) => [...items].reverse()),
    size: (_, value) => size(value),
    slice,
    sort: onList((items) => [...items].sort((one, two) => order(one, two) ?? 0)),
    uniq: onList((items) =>
      items.filter((item, at) => items.findIndex((other) => equal(other, item)) === at),
    ),
  };

  /**
   * Whether it is an argument with a name: LiquidJS hands those on as pairs.
   * @param {unknown} item
   * @returns {item is [string, unknown]}
   */
  const isNamed = (item) => Array.isArray(item) && item.length === 2 && item[0] === "allow_false";

  /**
   * The filter as LiquidJS calls it: it refuses what is too large, and hands on what is missing.
   * @param {string} name
   * @param {KbFilter} filter
   * @returns {(this: { context: unknown }, value: unknown, ...args: unknown[]) => unknown}
   */
  function guarded(name, filter) {
    return function call(value, ...args) {
      const state = kbLiquidContext.stateOf(this.context);
      const given = [value, ...args.map((item) => (isNamed(item) ? item[1] : item))];
      const missing = missingFor(name, value, given, state);
      if (missing.length) return handedOn(missing, state);
      refuseFilter(name, plainOf(value), given.slice(1).map(plainOf), state.budget);
      const result = filter(state, value, ...args);
      refuseLarge(plainOf(result));
      state.budget.spend(sizeOf(plainOf(result)));
      return result;
    };
  }
  /**
   * What a filter can't do without: `default` is there for a value that is missing.
   * @param {string} name
   * @param {unknown} value
   * @param {unknown[]} given
   * @param {KbRenderState} state
   */
  function missingFor(name, value, given, state) {
    const missing = given.filter((item) => item instanceof Missing);
    if (name !== "default") return missing;
    return state.isProbing && missing.some((item) => item !== value) ? missing : [];
  }
  /**
   * @param {InstanceType<typeof Missing>[]} missing
   * @param {KbRenderState} state
   */
  function handedOn(missing, state) {
    const [first] = missing;
    if (!state.isProbing) throw new Error(`${first.missing} has no value`);
    for (const item of missing) state.needed.add(item.missing);
    return first;
  }

  return { FILTERS, guarded };
})();
