// Keys that do something on a page: how they are pressed, and what they are called.
"use strict";

const kbKeys = (() => {
  const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);
  const LETTER = /^[a-z]$/i;

  /**
   * Whether an event is a key with Alt. With Option, a Mac types another sign for each letter: then
   * it is the key of that place that counts.
   * @param {KeyboardEvent} event
   * @param {string} letter
   */
  function isAlt({ altKey, code, ctrlKey, key, metaKey }, letter) {
    if (!altKey || ctrlKey || metaKey) return false;
    return LETTER.test(key)
      ? key.toLowerCase() === letter.toLowerCase()
      : code === `Key${letter.toUpperCase()}`;
  }
  /** Whether an event is Enter with Control or Command. @param {KeyboardEvent} event */
  const isControlEnter = ({ code, ctrlKey, key, metaKey }) =>
    (ctrlKey || metaKey) && (key === "Enter" || code === "Enter" || code === "NumpadEnter");

  /** What is on the keys. @param {string} letter */
  const altName = (letter) => (IS_MAC ? `⌥${letter}` : `Alt+${letter}`);
  const CONTROL_ENTER = IS_MAC ? "⌘⏎" : "Ctrl+Enter";

  return { altName, CONTROL_ENTER, isAlt, isControlEnter };
})();
