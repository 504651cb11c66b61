// Choices by what people type for them: the twin of content/choosing.py.
"use strict";

const kbChoosing = (() => {
  const { foldName, strip } = kbText;
  const { quoted, Refused } = kbRefusal;

  /** @type {KbParser} */
  const choice = (field, text) => meant(field, text)[0];
  /**
   * The values that are meant, in the field's order: each in a line, or with commas between.
   * @type {KbParser}
   */
  function multichoice(field, text) {
    const names = text.split(/[\r\n]/).flatMap((line) => namesIn(field, line));
    const chosen = new Set(names.map((name) => meant(field, name)[0]));
    return field.choices.map(([value]) => value).filter((value) => chosen.has(value));
  }
  /**
   * The names in a line, which may be one with a comma in it.
   * @param {KbField} field
   * @param {string} line
   */
  function namesIn(field, line) {
    const wanted = foldName(line);
    if (field.choices.flat().some((name) => foldName(name) === wanted)) return [line];
    return line
      .split(/[,、，､;；]/)
      .map(strip)
      .filter(Boolean);
  }
  /**
   * @param {KbField} field
   * @param {string} text
   * @returns {KbChoice}
   */
  function meant(field, text) {
    const wanted = foldName(text);
    const isNamed = (/** @type {0 | 1} */ part) => (/** @type {KbChoice} */ names) =>
      foldName(names[part]) === wanted;
    const begun = field.choices.filter((names) => isBegun(wanted, names));
    const only = begun.length === 1 ? begun[0] : undefined;
    const found = field.choices.find(isNamed(0)) ?? field.choices.find(isNamed(1)) ?? only;
    if (found) return found;
    const what = begun.length ? "matches several choices" : "is not one of the choices";
    const allowed = (begun.length ? begun : field.choices).map(([value]) => value).join(", ");
    throw new Refused(`${quoted(text)} ${what}`, `Choose from: ${allowed}.`, "choice");
  }
  /**
   * @param {string} wanted
   * @param {KbChoice} names
   */
  function isBegun(wanted, names) {
    return wanted !== "" && names.some((name) => foldName(name).startsWith(wanted));
  }

  return { choice, multichoice };
})();
