// The controls of a form: for each kind of input, what stands on the page and holds a text.
"use strict";

const kbControls = (() => {
  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Record<string, string | boolean | undefined>} attributes true for one without a value; none for false
   * @param {(Node | string)[]} inside
   */
  function element(tag, attributes = {}, ...inside) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) node.setAttribute(key, "");
      else if (value !== false && value !== undefined) node.setAttribute(key, value);
    }
    node.append(...inside);
    return node;
  }

  /**
   * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} input
   * @returns {KbControl}
   */
  const single = (input) => ({
    node: input,
    input,
    isGroup: false,
    get: () => input.value,
    set: (text) => {
      input.value = text;
    },
    focus: () => input.focus(),
  });
  /**
   * One line; `mode` chooses the keyboard of a telephone.
   * @param {string} [mode]
   * @returns {KbControlMaker}
   */
  const line = (mode) => (_, attributes) =>
    single(element("input", { type: "text", inputmode: mode, ...attributes }));
  /**
   * A line for a date in any words, and beside it the browser's own calendar.
   * @type {KbControlMaker}
   */
  function date(_, attributes, texts) {
    const text = single(element("input", { type: "text", ...attributes }));
    // It is shown by its button alone: two boxes for one date would be read out as two fields.
    const calendar = element("input", {
      type: "date",
      class: "kb-date__calendar",
      tabindex: "-1",
      "aria-hidden": "true",
    });
    const open = element("button", {
      type: "button",
      class: "kb-date__open",
      "aria-label": texts.pick_date,
    });
    open.append(...iconOf("calendar"));
    open.addEventListener("click", () => calendar.showPicker());
    calendar.addEventListener("input", () => text.set(calendar.value));
    const node = element("span", { class: "kb-date" }, text.node, calendar, open);
    /** @param {string} iso */
    const picked = (iso) => {
      calendar.value = iso;
    };
    return { ...text, node, picked };
  }
  /** The icon that a page holds ready under a name. @param {string} name */
  function iconOf(name) {
    const held = document.querySelector(`template#kb-icon-${name}`);
    return held instanceof HTMLTemplateElement ? [held.content.cloneNode(true)] : [];
  }
  /** @type {KbControlMaker} */
  const textArea = (_, attributes) => single(element("textarea", attributes));
  /** @type {KbControlMaker} */
  function select(field, attributes, texts) {
    const blank = element("option", { value: "" }, texts.choose);
    const options = field.choices.map(([value, label]) => element("option", { value }, label));
    return single(element("select", attributes, blank, ...options));
  }
  /**
   * Boxes to tick, each beside its label.
   * @param {"checkbox" | "radio"} type
   * @param {string} name
   * @param {[string, string][]} choices
   */
  function boxesOf(type, name, choices) {
    const boxes = choices.map(([value]) => element("input", { type, value, name }));
    const labels = choices.map(([, label], at) => element("label", {}, boxes[at], label));
    return { boxes, node: element("div", {}, ...labels) };
  }
  /** @type {KbControlMaker} */
  function checkboxes(field, attributes) {
    const { boxes, node } = boxesOf("checkbox", attributes.name, field.choices);
    const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
    return {
      node,
      input: node,
      isGroup: true,
      get: () => chosen().join("\n"),
      set: (text) => {
        const wanted = text.split("\n");
        for (const box of boxes) box.checked = wanted.includes(box.value);
      },
      focus: () => boxes[0]?.focus(),
    };
  }
  /** @type {KbControlMaker} */
  function radios(_, attributes, texts) {
    const { boxes, node } = boxesOf("radio", attributes.name, [
      ["yes", texts.yes],
      ["no", texts.no],
    ]);
    return {
      node,
      input: node,
      isGroup: true,
      get: () => boxes.find((box) => box.checked)?.value ?? "",
      set: (text) => {
        for (const box of boxes) box.checked = box.value === text;
      },
      focus: () => boxes[0]?.focus(),
    };
  }

  return { checkboxes, date, element, line, radios, select, textArea };
})();
