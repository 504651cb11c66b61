// Liquid's comparisons as python-liquid has them: the twin of liquid/sandbox.py's.
"use strict";

const kbOperators = (() => {
  const { compareDays, Day } = kbDates;
  const { compare, isBlank } = kbText;
  const { holds } = kbLimits;
  const { Missing, plainOf } = kbLiquidValues;
  const { stateOf } = kbLiquidContext;
  const { Drop } = liquidjs;

  // LiquidJS exports the values of its words, but not their classes.
  const [NIL, EMPTY, BLANK] = ["nil", "empty", "blank"].map((word) => {
    const token = new liquidjs.Tokenizer(word).readValue();
    if (!(token && "content" in token)) throw new Error(`LiquidJS has no ${word}`);
    return new Object(token.content).constructor;
  });

  /** @param {unknown} value */
  const isNothing = (value) =>
    value === undefined ||
    value === null ||
    value instanceof Missing ||
    (value instanceof Drop && value.constructor === NIL);
  /** @param {unknown} value @returns {value is InstanceType<typeof Drop>} */
  const isEmptyWord = (value) =>
    value instanceof Drop && (value.constructor === EMPTY || value.constructor === BLANK);
  /** @param {unknown} value */
  const isTruthy = (value) => !(value === false || isNothing(value));

  /**
   * @param {unknown} left
   * @param {unknown} right
   * @returns {boolean}
   */
  function equal(left, right) {
    if (isNothing(left) || isNothing(right)) return isNothing(left) && isNothing(right);
    if (isEmptyWord(right)) return isEmpty(left, right);
    return isEmptyWord(left) ? isEmpty(right, left) : isSame(left, right);
  }
  /**
   * @param {unknown} left
   * @param {unknown} right
   */
  function isSame(left, right) {
    if (Day.is(left) && Day.is(right)) return isSameMoment(left, right);
    if (Array.isArray(left) && Array.isArray(right)) {
      return left.length === right.length && left.every((item, at) => equal(item, right[at]));
    }
    return plainOf(left) === plainOf(right);
  }
  /**
   * @param {KbDay} left
   * @param {KbDay} right
   */
  function isSameMoment(left, right) {
    const [one, two] = [Day.parts(left).time, Day.parts(right).time];
    return JSON.stringify(one) === JSON.stringify(two) && compareDays(left, right) === 0;
  }
  /**
   * Whether a value is what the words `empty` and `blank` stand for.
   * @param {unknown} value
   * @param {InstanceType<typeof Drop>} word
   */
  function isEmpty(value, word) {
    if (isEmptyWord(value)) return value.constructor === word.constructor;
    const plain = plainOf(value);
    if (typeof plain === "string")
      return word.constructor === BLANK ? isBlank(plain) : plain === "";
    return Array.isArray(plain) && plain.length === 0;
  }
  /**
   * Less than 0, 0 or more than 0; null for what has no order.
   * @param {unknown} left
   * @param {unknown} right
   */
  function order(left, right) {
    const [one, two] = [plainOf(left), plainOf(right)];
    if (isNothing(one) || isNothing(two)) return null;
    if (typeof one === "string" && typeof two === "string") return compare(one, two);
    if (typeof one === "number" && typeof two === "number") return one - two;
    throw new Error("'<' and '>' compare two numbers or two texts");
  }
  /** @param {(order: number) => boolean} test */
  const ordered = (test) => (/** @type {unknown} */ left, /** @type {unknown} */ right) => {
    const found = order(left, right);
    return found !== null && test(found);
  };
  /**
   * @param {unknown} left
   * @param {unknown} right
   * @param {string} language
   */
  function contains(left, right, language) {
    if (!(isTruthy(left) && isTruthy(right))) return false;
    const plain = plainOf(left);
    if (typeof plain === "string") return holds(plain, kbWording.valueText(right, language));
    if (Array.isArray(plain)) return plain.some((item) => equal(item, right));
    throw new Error("'contains' looks into a text or a list");
  }

  /** @type {Record<string, (left: unknown, right: unknown, context: unknown) => boolean>} */
  const OPERATORS = {
    "==": equal,
    "!=": (left, right) => !equal(left, right),
    "<": ordered((found) => found < 0),
    ">": ordered((found) => found > 0),
    "<=": ordered((found) => found <= 0),
    ">=": ordered((found) => found >= 0),
    contains: (left, right, context) => contains(left, right, stateOf(context).language),
    and: (left, right) => isTruthy(left) && isTruthy(right),
    or: (left, right) => isTruthy(left) || isTruthy(right),
  };

  return { equal, isNothing, isTruthy, OPERATORS, order };
})();
