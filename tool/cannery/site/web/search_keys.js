// The keys that open the search: `/`, and K with Ctrl or Cmd. Neither takes a letter from a text.
"use strict";

const kbSearchKeys = (() => {
  const TEXT =
    "input:not([type=button], [type=checkbox], [type=radio], [type=submit], [type=reset], [type=range], [type=color], [type=file]), textarea, select";
  const ROLES =
    "[role=textbox], [role=searchbox], [role=combobox], [role=spinbutton], [role=application]";
  const IS_MAC = /^(?:Mac|iP)/.test(navigator.platform);

  /** Whether a key opens the search. @param {KeyboardEvent} event */
  function isAsking(event) {
    if (event.defaultPrevented || event.altKey || isComposing(event)) return false;
    const target = targetOf(event);
    if (event.key === "/") return !(event.ctrlKey || event.metaKey || isTyping(target));
    return isShortcut(event) && !isEditor(target);
  }
  /** @param {KeyboardEvent} event */
  const isShortcut = ({ ctrlKey, key, metaKey, shiftKey }) =>
    key.toLowerCase() === "k" && !shiftKey && (IS_MAC ? metaKey && !ctrlKey : ctrlKey && !metaKey);
  /** While an input method makes a word, keys are its own. @param {KeyboardEvent} event */
  const isComposing = ({ isComposing: is, key, keyCode }) =>
    is || key === "Process" || keyCode === 229;
  /** What has the key, inside of open shadow trees, too. @param {Event} event */
  function targetOf(event) {
    const [target] = event.composedPath();
    return target instanceof Element ? target : null;
  }
  /**
   * Whether keys with Ctrl are an editor's own: one of rich text, or what hides what is in it.
   * @param {Element | null} target
   */
  const isEditor = (target) =>
    target !== null &&
    ((target instanceof HTMLElement && target.isContentEditable) ||
      target.closest("[role=textbox], [role=application]") !== null ||
      (target.localName.includes("-") && target.shadowRoot === null));
  /** @param {Element | null} target */
  const isTyping = (target) =>
    target !== null && (isEditor(target) || target.closest(`${TEXT}, ${ROLES}`) !== null);

  return { IS_MAC, isAsking, isComposing };
})();
