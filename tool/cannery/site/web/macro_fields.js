// The fields of a macro's form on the page: their controls, and what is said of what is typed.
"use strict";

const kbMacroFields = (() => {
  const { element } = kbControls;
  const { texts } = kbPage;
  const { YOURS } = kbMacroRequest;

  /** @param {string} name of a field */
  const idOf = (name) => `kb-${name.replace(/[^\w-]/g, "_")}`;

  /**
   * A value as the controls for boxes and choices name it; the text where there is none.
   * @param {KbValue | undefined} value
   * @param {string} text
   */
  function shownValue(value, text) {
    if (typeof value === "boolean") return value ? "yes" : "no";
    if (Array.isArray(value)) return value.join("\n");
    return typeof value === "string" ? value : text;
  }

  /** @param {KbField} field */
  const labelOf = (field) => field.label || YOURS[field.name] || field.name;

  /** A field on the page. */
  class FieldBox {
    /**
     * @param {KbField} field
     * @param {(text: string) => void} changed told what is typed
     */
    constructor(field, changed) {
      const id = idOf(field.name);
      const about = `${id}-help ${id}-said`;
      // Whether a copy was tried: only then is it said of an untouched field that it is empty.
      this.isTried = false;
      this.isOptional = !(field.required || field.default);
      this.said = element("small", {
        id: `${id}-said`,
        class: "kb-field__fault",
        "aria-live": "polite",
      });
      this.control = kbFieldTypes.FIELD_TYPES[field.type].control(
        field,
        {
          id,
          name: field.name,
          "aria-describedby": about,
          autocomplete: "off",
          ...(this.isOptional ? {} : { "aria-required": "true" }),
        },
        texts,
      );
      this.box = element("div", { class: "kb-field" }, ...this.parts(field, id, about));
      this.box.addEventListener("input", () => changed(this.control.get()));
    }
    /**
     * @param {KbField} field
     * @param {string} id
     * @param {string} about
     */
    parts(field, id, about) {
      const title = [
        labelOf(field),
        ...(this.isOptional
          ? [" ", element("span", { class: "kb-note" }, `(${texts.optional})`)]
          : []),
      ];
      const help = element("small", { id: `${id}-help` }, field.help);
      const { isGroup, node } = this.control;
      if (!isGroup) return [element("label", { for: id }, ...title), help, node, this.said];
      const legend = element("legend", {}, ...title);
      return [element("fieldset", { "aria-describedby": about }, legend, help, node), this.said];
    }
    /**
     * @param {KbRow} row
     * @param {string} language
     * @param {boolean} isTyped
     */
    show(row, language, isTyped) {
      const isEmpty = Boolean(row.isMissing) && (isTyped || this.isTried);
      this.said.textContent = isEmpty ? texts.fault_empty : this.message(row, language);
      this.box.classList.toggle("kb-field--empty", isEmpty);
      this.box.classList.toggle("kb-field--invalid", Boolean(row.fault));
      const { input, isGroup, picked } = this.control;
      picked?.(kbDates.Day.is(row.value) ? kbWording.dateText(row.value, "iso") : "");
      if (!isGroup) input.setAttribute("aria-invalid", String(Boolean(row.fault) || isEmpty));
    }
    /**
     * @param {KbRow} row
     * @param {string} language
     */
    message(row, language) {
      return row.fault ? this.refusal(row) : this.reading(row, language);
    }
    /**
     * What is wrong in the page's language; of a type that it has no words for, in the type's own.
     * @param {KbRow} row
     */
    refusal({ fault, hint, kind }) {
      return texts[`fault_${kind}`] ?? `${fault}. ${hint ?? ""}`;
    }
    /**
     * What stands in the control from here on: of boxes and choices, those that are meant.
     * @param {KbRow} row
     */
    put({ field, text, value }) {
      const isBoxes = field.choices.length > 0 || typeof value === "boolean";
      this.control.set(isBoxes && text ? shownValue(value, text) : text);
    }
    /**
     * The date that a word such as `friday` is read as.
     * @param {KbRow} row
     * @param {string} language
     */
    reading({ text, value }, language) {
      const shown = kbDates.Day.is(value) ? kbWording.dateText(value, language) : "";
      return shown && shown !== text ? `→ ${shown}` : "";
    }
    focus() {
      this.control.focus();
    }
  }

  return { FieldBox, labelOf };
})();
