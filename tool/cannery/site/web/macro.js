// A macro's page: its fields as a form, the reply beside it as it will be, and what copies it.
"use strict";

(() => {
  const { element } = kbControls;
  const { embedded, one, texts } = kbPage;
  const { buildForm, isOpen } = kbForm;
  const { RENDERERS } = kbRenderers;
  const { requestFor } = kbMacroRequest;
  const { browser } = kbStore;
  // Milliseconds: a form that takes longer to draw is drawn when the typing pauses.
  const QUICK = 40;
  const LONGEST_PAUSE = 3000;
  /** @type {KbMacro} */
  const macro = embedded("kb-form");
  const root = one(document, ".kb-macro");
  const form = one(root, ".kb-form");
  const fieldsBox = one(form, ".kb-form__fields");
  const said = one(root, ".kb-reply__said");
  const bar = one(root, ".kb-bar");
  const names = macro.fields.map((field) => field.name);
  const draft = new kbDraft.Draft(macro.id, names);
  const preview = new kbMacroReply.Preview(root);
  const agent = new kbMacroAgent.Agent(one(form, ".kb-you"), macro, changed);

  /** @type {Map<string, InstanceType<typeof kbMacroFields.FieldBox>>} */
  const boxes = new Map(); // by field name
  /** @type {KbFormState} */
  let state = { rows: [], reply: null, fault: "", isDone: false };
  let cost = 0;
  let timer = 0;
  /** A value is another one: draw at once where that is quick. */
  function changed() {
    clearTimeout(timer);
    if (cost < QUICK) draw();
    else timer = globalThis.setTimeout(draw, Math.min(cost * 2, LONGEST_PAUSE));
  }
  /** The form and the reply as they stand now. Controls stay where they are, with their caret. */
  function draw() {
    const begun = performance.now();
    clearTimeout(timer);
    timer = 0;
    state = buildForm(requestFor(macro, agent.values(), draft.others()), draft.typed);
    held = "";
    if (state.rows.length || !state.fault) arrange(agent.take(state.rows));
    preview.show(state);
    one(bar, ".kb-copy__main").setAttribute("aria-disabled", String(!state.isDone));
    say("");
    preview.layOut();
    cost = performance.now() - begun;
  }
  /** @param {KbRow[]} rows */
  function arrange(rows) {
    const shown = new Set(rows.map((row) => row.field.name));
    for (const [name, { box }] of boxes) box.hidden = !shown.has(name);
    /** @type {HTMLElement | null} */
    let before = null;
    for (const row of rows) {
      const { name } = row.field;
      const isTyped = Object.hasOwn(draft.typed, name);
      /** @type {InstanceType<typeof kbMacroFields.FieldBox>} */
      const field = boxes.get(name) ?? added(row.field, before);
      if (!(isTyped && boxes.has(name))) field.put(row);
      boxes.set(name, field);
      field.show(row, macro.language, isTyped);
      before = field.box;
    }
  }
  /**
   * @param {KbField} field
   * @param {HTMLElement | null} before what it stands behind
   */
  function added(field, before) {
    const made = new kbMacroFields.FieldBox(field, (text) => {
      draft.typed[field.name] = text;
      draft.save();
      changed();
    });
    if (before) before.after(made.box);
    else fieldsBox.prepend(made.box);
    return made;
  }

  /**
   * @param {string} text
   * @param {"" | "done" | "stopped"} [kind]
   * @param {[label: string, act: () => void] | null} [choice] a button behind it
   */
  function say(text, kind = "", choice = null) {
    said.replaceChildren(text);
    said.dataset.kind = kind;
    if (!choice) return;
    const button = element("button", { type: "button", class: "kb-link" }, choice[0]);
    button.addEventListener("click", choice[1]);
    said.append(" ", button);
  }
  /** Why nothing was copied, and so what a paste would bring. @param {string[]} reasons */
  const notCopied = (...reasons) =>
    `${[texts.not_copied, ...reasons].join(". ")}. ${texts.still_there}`;

  /** The format that a hole held back. */
  let held = "";
  /**
   * @param {string} format
   * @param {boolean} [isAllowed] with its holes
   */
  async function copy(format, isAllowed = false) {
    if (timer) draw();
    const { reply, isDone } = state;
    if (!(isDone && reply)) {
      tellMissing();
      return;
    }
    if (reply.holes.length && !isAllowed) {
      hold(format, reply.holes);
      return;
    }
    held = "";
    const outcome = await written(format, reply);
    if (outcome === "copied") tellCopied(format);
    else tellFailed(outcome);
  }
  /**
   * @param {string} format
   * @param {KbReply} reply
   */
  function written(format, { formats }) {
    const { plain, html } = RENDERERS[format];
    return kbClipboard.copy(kbText.rtrimmed(formats[plain], "\n"), html ? formats[html] : "");
  }
  /** @param {KbCopied} outcome */
  function tellFailed(outcome) {
    const before = outcome === "refused" ? texts.still_there : texts.clipboard_unsure;
    say(`${texts.copy_failed} ${before} ${texts.copy_by_hand}`, "stopped");
    preview.select();
  }
  /** The subject has a field of its own in a help desk. */
  async function copySubject() {
    if (timer) draw();
    const { isDone, reply } = state;
    if (!(isDone && reply)) {
      tellMissing();
      return;
    }
    const outcome = await kbClipboard.copy(reply.subject, "");
    if (outcome === "copied") say(`${texts.copied}: ${texts.subject}`, "done");
    else tellFailed(outcome);
  }
  /** @param {string} format */
  function tellCopied(format) {
    remember();
    draft.forget();
    kbRecents.add(macro.id);
    say(`${texts.copied}: ${texts[`format_${format}`] ?? format}`, "done");
    tellNext();
  }
  /**
   * Copy nothing yet, and say which holes stand in the way.
   * @param {string} format
   * @param {string[]} holes
   */
  function hold(format, holes) {
    held = format;
    const some = [...new Set(holes)].slice(0, 5).join(", ");
    say(`${texts.hole}: ${some}. ${texts.still_there} ${texts.hole_key}`, "stopped", [
      texts.copy_anyway,
      () => copy(format, true),
    ]);
  }
  /** Why nothing is copied, and to the first field that is open. */
  function tellMissing() {
    for (const field of boxes.values()) field.isTried = true;
    draw();
    const row = state.rows.find(isOpen);
    const field = row && boxes.get(row.field.name);
    if (field) field.focus();
    else if (row) agent.focus(row.field.name);
    say(notCopied(...(state.fault ? [state.fault] : kbMacroReply.lacks(state.rows))), "stopped");
  }
  function remember() {
    for (const { name, remember: isKept } of macro.fields) {
      if (isKept && draft.typed[name]) browser.set(`value.${name}`, draft.typed[name]);
    }
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

  /** The controls as the draft has them now. */
  function redraw() {
    for (const { box } of boxes.values()) box.remove();
    boxes.clear();
    one(root, ".kb-reply__then").hidden = true;
    draw();
    focusFirst();
  }
  /** A form for the next ticket: nothing of this one's stays, until that is undone. */
  function clear() {
    const undo = draft.clear();
    redraw();
    earlier.show();
    say(texts.cleared, "", [
      texts.undo,
      () => {
        undo();
        redraw();
      },
    ]);
  }
  const earlier = new kbMacroOffer.Offer(one(form, ".kb-form__offer"), draft, (isTaken) => {
    if (isTaken) redraw();
    else focusFirst();
  });
  function focusFirst() {
    const first = state.rows.find(isOpen) ?? state.rows[0];
    const field = first && boxes.get(first.field.name);
    if (field) field.control.focus();
    else if (first) agent.focus(first.field.name);
  }

  document.addEventListener("keydown", (event) => {
    // An Enter that ends a word is no command.
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const isAllowed = event.key === "F9" && held !== "";
    const format = isAllowed ? held : kbMacroCopy.formatOf(event);
    if (!(format || kbMacroCopy.isClear(event))) return;
    event.preventDefault();
    if (format) copy(format, isAllowed);
    else clear();
  });
  /** Another language's page begins with what was typed here. @param {Event} event */
  function carry({ target }) {
    const link = target instanceof Element && target.closest("a[data-kb-language]");
    if (link instanceof HTMLAnchorElement) link.hash = draft.carried();
  }
  for (const event of ["pointerdown", "focusin", "click"]) {
    document.addEventListener(event, carry, true);
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  kbMacroCopy.fill(bar, { copy, clear });
  one(root, ".kb-reply__subject button").addEventListener("click", copySubject);
  root.hidden = false;
  draw();
  earlier.show();
  focusFirst();
})();
