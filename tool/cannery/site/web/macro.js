// A macro's page: its fields as a form, the reply beside it as it will be, and the copy buttons.
"use strict";

(() => {
  const { element } = kbControls;
  const { embedded, one, texts } = kbPage;
  const { buildForm, HOLE, isOpen } = kbForm;
  const { RENDERERS } = kbRenderers;
  const { Url } = kbWording;
  /** @type {KbMacro} */
  const macro = embedded("kb-form");
  const root = one(document, ".kb-macro");
  const fieldsBox = one(root, ".kb-form");
  const replyBox = one(root, ".kb-reply__text");
  const said = one(root, ".kb-reply__said");
  const faultBox = one(root, ".kb-reply__fault");
  const subjectBox = one(root, ".kb-reply__subject");
  const YOU = ["name", "email"];

  /** What this browser keeps, where it keeps anything: the agent, and values to propose. */
  const kept = {
    /** @param {string} name */
    get(name) {
      try {
        return localStorage.getItem(`kb:${name}`) ?? "";
      } catch {
        return ""; // a browser that keeps nothing
      }
    },
    /**
     * @param {string} name
     * @param {string} value
     */
    set(name, value) {
      try {
        localStorage.setItem(`kb:${name}`, value);
      } catch {
        // likewise: the page works without
      }
    },
    /**
     * Those of the values that there are.
     * @param {string} group
     * @param {string[]} names
     */
    all(group, names) {
      const pairs = names.map((name) => [name, kept.get(`${group}.${name}`)]);
      return Object.fromEntries(pairs.filter(([, value]) => value));
    },
  };

  // Values from the address: after `?` for links from elsewhere, after `#` from another language's
  // page, which no server sees.
  const given = new Map([
    ...new URLSearchParams(location.search),
    ...new URLSearchParams(location.hash.slice(1)),
  ]);
  const fieldNames = macro.fields.map((field) => field.name);
  /** @type {Record<string, string>} */
  const typed = Object.fromEntries([...given].filter(([name]) => fieldNames.includes(name)));

  /** @returns {KbRequest} */
  function request() {
    const others = [...given].filter(
      ([name]) => !fieldNames.includes(name) && /^(?:ticket|agent)\./.test(name),
    );
    const remembered = macro.fields.filter((field) => field.remember).map((field) => field.name);
    return {
      macro,
      agent: kept.all("agent", YOU),
      ticket: {},
      kb: kbShared.kb,
      team: kbShared.team[macro.language] ?? {},
      keepsLines: kbShared.keepsLines,
      given: Object.fromEntries(others),
      remembered: kept.all("value", remembered),
      now: kbDates.now(),
      locale: navigator.language,
      country: kbShared.country,
      articleUrl,
    };
  }
  /** @param {string} name */
  function articleUrl(name) {
    const article = Object.hasOwn(macro.articles, name) ? macro.articles[name] : null;
    if (!article?.url) throw new Error(article?.error ?? `article_url: ${name}`);
    return new Url(article.url);
  }

  /** @type {Map<string, InstanceType<typeof kbMacroFields.FieldBox>>} */
  const boxes = new Map(); // by field name
  /** @type {KbFormState} */
  let state = { rows: [], reply: null, fault: "", isDone: false };
  /** The form and the reply as they stand now. Controls stay where they are, with their caret. */
  function draw() {
    state = buildForm(request(), typed);
    held = "";
    if (state.rows.length || !state.fault) arrange(state.rows.filter(kbMacroFields.isAsked));
    showReply();
    carryValues();
  }
  /** @param {KbRow[]} rows */
  function arrange(rows) {
    const shown = new Set(rows.map((row) => row.field.name));
    for (const [name, { box }] of boxes) box.hidden = !shown.has(name);
    /** @type {HTMLElement | null} */
    let before = null;
    for (const row of rows) {
      const { name } = row.field;
      /** @type {InstanceType<typeof kbMacroFields.FieldBox>} */
      const field = boxes.get(name) ?? added(row.field, before);
      if (!(Object.hasOwn(typed, name) && boxes.has(name))) field.put(row);
      boxes.set(name, field);
      field.show(row, macro.language, Object.hasOwn(typed, name));
      before = field.box;
    }
  }
  /**
   * @param {KbField} field
   * @param {HTMLElement | null} before what it stands behind
   */
  function added(field, before) {
    const added_ = new kbMacroFields.FieldBox(field, (text) => {
      typed[field.name] = text;
      draw();
    });
    if (before) before.after(added_.box);
    else fieldsBox.prepend(added_.box);
    return added_;
  }

  const [OPEN, CLOSE] = HOLE;
  const openRows = () => state.rows.filter(isOpen);
  const missingText = () =>
    `${texts.missing}: ${openRows()
      .map(({ field }) => kbMacroFields.labelOf(field))
      .join(", ")}`;
  function showReply() {
    const { reply, fault, isDone } = state;
    faultBox.hidden = !fault;
    faultBox.textContent = fault;
    subjectBox.hidden = !reply?.subject;
    if (reply) {
      one(subjectBox, "output").replaceChildren(...marked(reply.subject));
      // Our own writer's HTML: each text in it is escaped, and it knows no tag that runs anything.
      replyBox.innerHTML = reply.formats.html;
      for (const node of [...holeTexts(replyBox)]) node.replaceWith(...marked(node.data));
    }
    for (const button of buttons) button.setAttribute("aria-disabled", String(!isDone));
    said.textContent = openRows().length ? missingText() : "";
  }
  /** @param {Node} node @returns {Generator<Text>} */
  function* holeTexts(node) {
    for (const child of node.childNodes) {
      if (child instanceof Text && child.data.includes(OPEN)) yield child;
      else yield* holeTexts(child);
    }
  }
  /** The text with its holes marked. @param {string} text */
  const marked = (text) =>
    text
      .split(new RegExp(`(${OPEN}[^${OPEN}${CLOSE}]*${CLOSE})`))
      .map((piece) => (piece.startsWith(OPEN) ? element("mark", {}, piece.slice(1, -1)) : piece));

  /** Another language's page begins with what was typed here. */
  function carryValues() {
    const values = new URLSearchParams([...given].filter(([name]) => name.includes(".")));
    for (const [name, text] of Object.entries(typed)) values.set(name, text);
    for (const link of document.querySelectorAll("a[data-kb-language]")) {
      if (link instanceof HTMLAnchorElement) link.hash = values.toString();
    }
  }

  /** The format that a hole held back. */
  let held = "";
  /**
   * @param {string} format
   * @param {boolean} [isAllowed] with its holes
   */
  async function copy(format, isAllowed = false) {
    const { reply, isDone } = state;
    if (!(isDone && reply)) {
      tellMissing();
      return;
    }
    if (reply.holes.length && !isAllowed) {
      hold(format, reply.holes);
      return;
    }
    const { plain, html } = RENDERERS[format];
    const text = kbText.rtrimmed(reply.formats[plain], "\n");
    const isCopied = await kbClipboard.copy(text, html ? reply.formats[html] : "");
    remember();
    if (isCopied) {
      said.textContent = `${texts.copied}: ${texts[`format_${format}`] ?? format}`;
      tellNext();
    } else {
      said.textContent = texts.copy_failed;
      getSelection()?.selectAllChildren(replyBox);
    }
  }
  /**
   * Copy nothing yet, and say which holes stand in the way.
   * @param {string} format
   * @param {string[]} holes
   */
  function hold(format, holes) {
    held = format;
    const some = [...new Set(holes)].slice(0, 5).join(", ");
    said.textContent = `${texts.hole}: ${some}. ${texts.hole_key}`;
  }
  /** Why nothing is copied, and to the field that is open. */
  function tellMissing() {
    const [row] = openRows();
    if (row) boxes.get(row.field.name)?.focus();
    said.textContent = state.fault || missingText();
  }
  function remember() {
    const fields = macro.fields.filter((field) => field.remember && typed[field.name]);
    for (const { name } of fields) kept.set(`value.${name}`, typed[name]);
  }
  /** What is left to do by hand in the help desk. */
  function tellNext() {
    const box = one(root, ".kb-reply__then");
    const actions = Object.entries(macro.actions).map(
      ([name, value]) => `${name}: ${Array.isArray(value) ? value.join(", ") : value}`,
    );
    box.hidden = !actions.length;
    box.textContent = actions.length ? `${texts.then}: ${actions.join("; ")}` : "";
  }

  /** The agent's own name and address, as far as the macro mentions them. */
  function you() {
    const mentions = JSON.stringify([macro.body, macro.subject, macro.parts, macro.fields]);
    const asked = YOU.filter((name) => mentions.includes(`agent.${name}`));
    return element("div", { class: "kb-you" }, ...asked.map(yourBox));
  }
  /** @param {string} name */
  function yourBox(name) {
    const id = `kb-you-${name}`;
    const input = element("input", {
      id,
      type: "text",
      autocomplete: name,
      "aria-describedby": `${id}-help`,
    });
    input.value = kept.get(`agent.${name}`);
    input.addEventListener("input", () => {
      kept.set(`agent.${name}`, input.value.trim());
      draw();
    });
    const label = element("label", { for: id }, kbMacroFields.YOURS[`agent.${name}`]);
    const help = element("small", { id: `${id}-help` }, texts.you_hint);
    return element("div", { class: "kb-field" }, label, help, input);
  }

  const offered = Object.entries(RENDERERS).filter(([, { key }]) => key);
  const buttons = offered.map(([format, { key }]) => {
    const isRich = format === "html";
    const button = element(
      "button",
      {
        type: "button",
        class: isRich ? "kb-button kb-button--primary" : "kb-button",
        "aria-keyshortcuts": `${isRich ? "Control" : "Alt"}+${key}`,
      },
      texts[`copy_${format}`] ?? format,
    );
    button.addEventListener("click", () => copy(format));
    return button;
  });
  /** The format that a key copies. @param {KeyboardEvent} event */
  function formatOf({ altKey, ctrlKey, key, metaKey }) {
    const isControl = ctrlKey || metaKey;
    const found = offered.find(([format, row]) => {
      const isHeld = format === "html" ? isControl : altKey && !ctrlKey;
      return isHeld && key.toLowerCase() === row.key?.toLowerCase();
    });
    return found?.[0];
  }
  document.addEventListener("keydown", (event) => {
    // An Enter that ends a word is no command.
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const isAllowed = event.key === "F9" && held !== "";
    const format = isAllowed ? held : formatOf(event);
    if (!format) return;
    event.preventDefault();
    held = "";
    copy(format, isAllowed);
  });
  fieldsBox.addEventListener("submit", (event) => event.preventDefault());
  one(root, ".kb-copy").append(...buttons);
  fieldsBox.append(you());
  root.hidden = false;
  draw();
  const first = openRows()[0] ?? state.rows[0];
  if (first) boxes.get(first.field.name)?.focus();
  for (const { box } of boxes.values()) box.classList.remove("kb-field--open");
})();
