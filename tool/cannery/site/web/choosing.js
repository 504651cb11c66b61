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
      .split(/[,、，､]/)
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
    for (const part of [0, 1]) {
      const found = field.choices.find((names) => foldName(names[part]) === wanted);
      if (found) return found;
    }
    const values = field.choices.map(([value]) => value).join(", ");
    throw new Refused(`${quoted(text)} is not one of its choices`, `Choose from: ${values}.`);
  }

  return { choice, multichoice };
})();
