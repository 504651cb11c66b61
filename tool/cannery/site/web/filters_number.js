// The filters of numbers: the twin of liquid/portable_filters.py. They reckon with exact decimals.
"use strict";

const kbNumberFilters = (() => {
  const { decimal, decimalText, MAX_PLACES, rounded } = kbNumbers;
  const { plainOf } = kbLiquidValues;
  const NUMBER = /^[+-]?\d{1,15}(?:\.\d{1,10})?$/;

  /** The number that a value is or writes, or else 0. @param {unknown} value */
  function numberOf(value) {
    const plain = plainOf(value);
    if (typeof plain === "number") return plain;
    const text = typeof plain === "string" ? kbText.strip(plain) : "";
    return NUMBER.test(text) ? Number(text) : 0;
  }
  /**
   * @param {unknown} value
   * @param {string} filter its name, for the refusal
   */
  function wholeNumber(value, filter) {
    const number = numberOf(value);
    if (!Number.isInteger(number)) throw new Error(`${filter} expected a whole number`);
    return number;
  }
  /**
   * @param {bigint} digits
   * @param {number} scale
   */
  const back = (digits, scale) => Number(decimalText({ digits, scale }));
  /**
   * A filter of two numbers, as whole numbers of the same scale.
   * @param {(one: bigint, two: bigint, scale: number) => number} combine
   * @returns {KbFilter}
   */
  const exact = (combine) => (_, left, right) => {
    const [one, two] = [decimal(numberOf(left)), decimal(numberOf(right))];
    const scale = Math.max(one.scale, two.scale);
    const raised = (/** @type {KbDecimal} */ item) =>
      item.digits * 10n ** BigInt(scale - item.scale);
    return combine(raised(one), raised(two), scale);
  };
  /**
   * The remainder that has the sign of the divisor, as in Python.
   * @param {bigint} one
   * @param {bigint} two
   */
  function modulo(one, two) {
    refuseZero(two === 0n, "modulo");
    return ((one % two) + two) % two;
  }
  /**
   * @param {boolean} isZero
   * @param {string} filter
   */
  function refuseZero(isZero, filter) {
    if (isZero) throw new Error(`${filter}: can't divide by 0`);
  }
  /** @type {KbFilter} */
  function dividedBy(_, left, right) {
    const [one, two] = [numberOf(left), numberOf(right)];
    refuseZero(two === 0, "divided_by");
    return Number.isInteger(one) && Number.isInteger(two) ? Math.floor(one / two) : one / two;
  }
  /** @type {KbFilter} */
  function round(_, value, places = 0) {
    const wanted = Math.min(MAX_PLACES, Math.max(0, Math.trunc(numberOf(places))));
    return Number(decimalText(rounded(decimal(numberOf(value)), wanted)));
  }

  /** @type {Record<string, KbFilter>} */
  const NUMBER_FILTERS = {
    abs: (_, value) => Math.abs(numberOf(value)),
    at_least: (_, value, other) => Math.max(numberOf(value), numberOf(other)),
    at_most: (_, value, other) => Math.min(numberOf(value), numberOf(other)),
    ceil: (_, value) => Math.ceil(numberOf(value)),
    divided_by: dividedBy,
    floor: (_, value) => Math.floor(numberOf(value)),
    minus: exact((one, two, scale) => back(one - two, scale)),
    modulo: exact((one, two, scale) => back(modulo(one, two), scale)),
    pluralize: (_, value, one = "", many = "") => (numberOf(value) === 1 ? one : many),
    plus: exact((one, two, scale) => back(one + two, scale)),
    round,
    times: exact((one, two, scale) => back(one * two, scale * 2)),
  };

  return { NUMBER_FILTERS, wholeNumber };
})();
