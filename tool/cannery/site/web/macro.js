// A macro's page: its fields as a form, the reply beside it as it will be, and the copy buttons.
"use strict";

(() => {
  const form = JSON.parse(document.querySelector("script#kb-form").textContent);
  const page = JSON.parse(document.querySelector("script#kb-page").textContent);
  const T = page.texts;
  const root = document.querySelector(".kb-macro");
  const fieldsBox = root.querySelector(".kb-form");
  const replyBox = root.querySelector(".kb-reply__text");
  const said = root.querySelector(".kb-reply__said");
  const faultBox = root.querySelector(".kb-reply__fault");
  const subjectBox = root.querySelector(".kb-reply__subject");
  const buttons = [...root.querySelectorAll("[data-kb-copy]")];
  const YOU = ["name", "email"];

  /** What this browser keeps, where it keeps anything: the agent, and values to propose. */
  const kept = {
    get(name) {
      try {
        return localStorage.getItem(`kb:${name}`) ?? "";
      } catch {
        return ""; // a browser that keeps nothing
      }
    },
    set(name, value) {
      try {
        localStorage.setItem(`kb:${name}`, value);
      } catch {
        return; // likewise: the page works without
      }
    },
  };

  // Values from the address: after `?` for links from elsewhere, after `#` from another language's
  // page, which no server sees.
  const given = new Map([...new URLSearchParams(location.search), ...new URLSearchParams(location.hash.slice(1))]);
  const typed = Object.fromEntries(form.fields.filter((field) => given.has(field.name)).map((field) => [field.name, given.get(field.name)]));
  const agent = () => Object.fromEntries(YOU.map((name) => [name, kept.get(`agent.${name}`)]).filter(([, value]) => value));
  const remembered = () =>
    Object.fromEntries(form.fields.filter((field) => field.remember).map((field) => [field.name, kept.get(`value.${field.name}`)]).filter(([, value]) => value));

  function request() {
    const fields = new Set(form.fields.map((field) => field.name));
    const others = [...given].filter(([name]) => !fields.has(name) && /^(?:ticket|agent)\./.test(name));
    return {
      macro: form, agent: agent(), ticket: {}, kb: cannery.kb, given: Object.fromEntries(others),
      remembered: remembered(), now: cannery.words.now(), articleUrl,
    };
  }
  function articleUrl(name) {
    const found = Object.hasOwn(form.articles, name) ? form.articles[name] : null;
    if (!found?.url) throw new Error(found?.error ?? `article_url: ${name}`);
    return new cannery.words.Url(found.url);
  }

  const element = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...inside);
    return made;
  };

  const idOf = (name) => `kb-${name.replace(/[^\w-]/g, "_")}`;
  const controls = new Map(); // by field name: {box, get, set, fault}

  function control(row) {
    const { field } = row;
    const id = idOf(field.name);
    const said_ = element("small", { id: `${id}-said`, class: "kb-field__fault", "aria-live": "polite" });
    const about = { id, name: field.name, "aria-describedby": `${id}-help ${id}-said`, autocomplete: "off" };
    const made = (KINDS[field.type] ?? KINDS.text)(field, about);
    const optional = !field.required && !field.default ? ` (${T.optional})` : "";
    const title = (field.label || field.name) + optional;
    const help = element("small", { id: `${id}-help` }, field.help);
    const box = made.group
      ? element("div", { class: "kb-field" }, element("fieldset", { "aria-describedby": `${id}-help ${id}-said` }, element("legend", {}, title), help, made.group), said_)
      : element("div", { class: "kb-field" }, element("label", { for: id }, title), help, made.input, said_);
    box.addEventListener("input", () => {
      typed[field.name] = made.get();
      draw();
    });
    return { box, ...made, said: said_ };
  }
  const line = (type, mode) => (field, about) => {
    const input = element("input", { type, inputmode: mode, ...about });
    return { input, get: () => input.value, set: (text) => { input.value = text; } };
  };
  const KINDS = {
    text: line("text"), number: line("text", "decimal"), date: line("text"), email: line("text", "email"),
    url: line("text", "url"),
    multiline(field, about) {
      const input = element("textarea", about);
      return { input, get: () => input.value, set: (text) => { input.value = text; } };
    },
    choice(field, about) {
      const blank = element("option", { value: "" }, T.choose);
      const options = field.choices.map(([value, label]) => element("option", { value }, label));
      const input = element("select", about, blank, ...options);
      return { input, get: () => input.value, set: (text) => { input.value = text; } };
    },
    multichoice(field, about) {
      const boxes = field.choices.map(([value]) => element("input", { type: "checkbox", value, name: about.name }));
      const labels = boxes.map((box, at) => element("label", {}, box, field.choices[at][1]));
      return {
        group: element("div", {}, ...labels),
        get: () => boxes.filter((box) => box.checked).map((box) => box.value).join("\n"),
        set: (text) => {
          const chosen = text.split(/[,、\n]/).map((item) => item.trim());
          for (const box of boxes) box.checked = chosen.includes(box.value);
        },
      };
    },
    yesno(field, about) {
      const boxes = ["yes", "no"].map((value) => element("input", { type: "radio", value, name: about.name }));
      const labels = boxes.map((box) => element("label", {}, box, T[box.value]));
      return {
        group: element("div", {}, ...labels),
        get: () => boxes.find((box) => box.checked)?.value ?? "",
        set: (text) => {
          const word = text.trim().toLowerCase();
          const value = ["yes", "y", "true", "1", "on", "はい", "有", "する"].includes(word) ? "yes" : word ? "no" : "";
          for (const box of boxes) box.checked = box.value === value;
        },
      };
    },
  };

  let sheet = null;
  /** The form and the reply as they stand now. Controls stay where they are, with their caret. */
  function draw() {
    sheet = cannery.fill.layOut(request(), typed);
    if (sheet.rows.length || !sheet.fault) arrange(sheet.rows);
    showReply();
    carryValues();
  }
  function arrange(rows) {
    const names = new Set(rows.map((row) => row.field.name));
    for (const [name, made] of controls) made.box.hidden = !names.has(name);
    let before = null;
    for (const row of rows) {
      const { name } = row.field;
      if (!controls.has(name)) {
        const made = control(row);
        controls.set(name, made);
        if (before) before.after(made.box);
        else fieldsBox.prepend(made.box);
        made.set(row.text);
      } else if (!Object.hasOwn(typed, name)) controls.get(name).set(row.text);
      const made = controls.get(name);
      const shown = row.field.type === "date" && row.value ? cannery.words.dateText(row.value, form.language) : "";
      made.said.textContent = row.fault ? `${row.fault}. ${row.hint ?? ""}` : shown && shown !== row.text ? `→ ${shown}` : "";
      const open = cannery.fill.isOpen(row);
      made.box.classList.toggle("kb-field--open", open && Object.hasOwn(typed, name));
      (made.input ?? made.group).setAttribute("aria-invalid", String(Boolean(row.fault)));
      before = made.box;
    }
  }
  const [OPEN, CLOSE] = cannery.fill.HOLE;
  function showReply() {
    const { reply, fault, isDone, rows } = sheet;
    faultBox.hidden = !fault;
    faultBox.textContent = fault;
    subjectBox.hidden = !reply?.subject;
    if (reply) {
      subjectBox.querySelector("output").replaceChildren(...marked(reply.subject));
      // Our own writer's HTML: each text in it is escaped, and it knows no tag that runs anything.
      replyBox.innerHTML = reply.html;
      for (const node of [...texts(replyBox)]) node.replaceWith(...marked(node.data));
    }
    const open = rows.filter(cannery.fill.isOpen).map((row) => row.field.label || row.field.name);
    for (const button of buttons) button.setAttribute("aria-disabled", String(!isDone));
    said.textContent = open.length ? `${T.missing}: ${open.join(", ")}` : "";
  }
  function* texts(node) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE && child.data.includes(OPEN)) yield child;
      else yield* texts(child);
    }
  }
  function marked(text) {
    return text.split(new RegExp(`(${OPEN}[^${OPEN}${CLOSE}]*${CLOSE})`)).map((piece) =>
      piece.startsWith(OPEN) ? element("mark", {}, piece.slice(1, -1)) : piece);
  }

  /** Another language's page begins with what was typed here. */
  function carryValues() {
    const values = new URLSearchParams([...given].filter(([name]) => name.includes(".")));
    for (const [name, text] of Object.entries(typed)) values.set(name, text);
    for (const link of document.querySelectorAll("[data-kb-language]")) {
      link.hash = values.toString();
    }
  }

  const asText = { rich: "text", markdown: "markdown", text: "text", slack: "slack" };
  async function copy(kind) {
    if (!sheet.isDone) {
      const open = sheet.rows.find(cannery.fill.isOpen);
      if (open) focusOn(open.field.name);
      said.textContent = sheet.fault || `${T.missing}: ${sheet.rows.filter(cannery.fill.isOpen).map((row) => row.field.label || row.field.name).join(", ")}`;
      return;
    }
    const plain = cannery.words.rtrimmed(sheet.reply[asText[kind]], "\n");
    const html = kind === "rich" ? sheet.reply.html : "";
    const copied = (await write(plain, html)) || writeByEvent(plain, html);
    said.textContent = copied ? `${T.copied}: ${T[`format_${kind}`]}` : T.copy_failed;
    if (!copied) getSelection().selectAllChildren(replyBox);
    for (const field of form.fields) if (field.remember && typed[field.name]) kept.set(`value.${field.name}`, typed[field.name]);
    if (copied) tellNext();
  }
  function focusOn(name) {
    const made = controls.get(name);
    (made?.input ?? made?.group?.querySelector("input"))?.focus();
    made?.box.classList.add("kb-field--open");
  }
  async function write(plain, html) {
    if (!navigator.clipboard?.write || !window.ClipboardItem) return false;
    const kinds = { "text/plain": new Blob([plain], { type: "text/plain" }) };
    if (html) kinds["text/html"] = new Blob([html], { type: "text/html" });
    try {
      await navigator.clipboard.write([new ClipboardItem(kinds)]);
      return true;
    } catch {
      return false; // not allowed here: the copy event is asked next
    }
  }
  /** Where there is no clipboard interface (plain http, file://), the copy event has both kinds. */
  function writeByEvent(plain, html) {
    let done = false;
    const give = (event) => {
      event.clipboardData.setData("text/plain", plain);
      if (html) event.clipboardData.setData("text/html", html);
      event.preventDefault();
      done = true;
    };
    document.addEventListener("copy", give, { once: true });
    const ran = document.execCommand("copy");
    document.removeEventListener("copy", give);
    return ran && done;
  }
  function tellNext() {
    const box = root.querySelector(".kb-reply__then");
    const actions = Object.entries(form.actions).map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(", ") : value}`);
    box.hidden = !actions.length;
    box.textContent = actions.length ? `${T.then}: ${actions.join("; ")}` : "";
  }

  function you() {
    const boxes = YOU.map((name) => {
      const id = `kb-you-${name}`;
      const input = element("input", { id, type: "text", autocomplete: name, "aria-describedby": `${id}-help` });
      input.value = kept.get(`agent.${name}`);
      input.addEventListener("input", () => {
        kept.set(`agent.${name}`, input.value.trim());
        draw();
      });
      const title = name === "name" ? T.you : T.email;
      return element("div", { class: "kb-field" }, element("label", { for: id }, title), element("small", { id: `${id}-help` }, T.you_hint), input);
    });
    const mentions = JSON.stringify([form.body, form.subject, form.parts, form.fields]);
    return element("div", { class: "kb-you" }, ...boxes.filter((_, at) => mentions.includes(`agent.${YOU[at]}`)));
  }

  const KEYS = { m: "markdown", t: "text", s: "slack" };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return; // an Enter that ends a word is no command
    const kind = (event.ctrlKey || event.metaKey) && event.key === "Enter" ? "rich" : event.altKey && !event.ctrlKey ? KEYS[event.key.toLowerCase()] : undefined;
    if (!kind) return;
    event.preventDefault();
    copy(kind);
  });
  fieldsBox.addEventListener("submit", (event) => event.preventDefault());
  for (const button of buttons) button.addEventListener("click", () => copy(button.dataset.kbCopy));
  fieldsBox.append(you());
  root.hidden = false;
  draw();
  const first = sheet.rows.find(cannery.fill.isOpen) ?? sheet.rows[0];
  if (first) focusOn(first.field.name);
  for (const made of controls.values()) made.box.classList.remove("kb-field--open");
})();
