// Exact decimals: what a number looks like in a reply must not depend on binary fractions.
"use strict";

const kbNumbers = (() => {
  const MAX_PLACES = 10; // behind the point, of a number as text

  /** @param {number} number @returns {KbDecimal} */
  function decimal(number) {
    const [mantissa, exponent = "0"] = String(number).split("e");
    const [whole, fraction = ""] = mantissa.split(".");
    const scale = fraction.length - Number(exponent);
    const digits = BigInt(whole + fraction);
    if (scale >= 0) return { digits, scale };
    return { digits: digits * 10n ** BigInt(-scale), scale: 0 };
  }
  /**
   * Half goes away from zero, as people round.
   * @param {KbDecimal} number
   * @param {number} places
   */
  function rounded({ digits, scale }, places) {
    if (scale <= places) return { digits, scale };
    const unit = 10n ** BigInt(scale - places);
    const size = digits < 0n ? -digits : digits;
    const up = (size + unit / 2n) / unit;
    return { digits: digits < 0n ? -up : up, scale: places };
  }
  /** @param {KbDecimal} number */
  function decimalText({ digits, scale }) {
    const size = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
    const whole = size.slice(0, size.length - scale);
    const fraction = kbText.rtrimmed(size.slice(size.length - scale), "0");
    const text = fraction && scale ? `${whole}.${fraction}` : whole;
    return digits < 0n && /[1-9]/.test(text) ? `-${text}` : text;
  }
  /** @param {number} number */
  const numberText = (number) => decimalText(rounded(decimal(number), MAX_PLACES));

  /**
   * A number that keeps the form in which it was written: `49.00` is 49 to whoever reckons. No
   * template reads its parts.
   */
  class Written {
    #number;
    #text;
    /**
     * @param {number} number
     * @param {string} text
     */
    constructor(number, text) {
      this.#number = number;
      this.#text = text;
      Object.freeze(this);
    }
    valueOf() {
      return this.#number;
    }
    toString() {
      return this.#text;
    }
    /**
     * @param {unknown} value
     * @returns {value is Written}
     */
    static is(value) {
      return typeof value === "object" && value !== null && #number in value;
    }
  }

  return { decimal, decimalText, MAX_PLACES, numberText, rounded, Written };
})();
