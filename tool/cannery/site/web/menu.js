// A button that opens a menu: arrows choose, Escape and Tab close.
"use strict";

const kbMenu = (() => {
  /** @type {Record<string, (at: number, count: number) => number>} */
  const MOVES = {
    ArrowDown: (at, count) => (at + 1) % count,
    ArrowUp: (at, count) => (at - 1 + count) % count,
    Home: () => 0,
    End: (_, count) => count - 1,
  };

  /** The buttons in `list` as a menu of `button`, which stands before it. */
  class Menu {
    /**
     * @param {HTMLElement} button
     * @param {HTMLElement} list
     */
    constructor(button, list) {
      this.button = button;
      this.list = list;
      this.items = [...list.querySelectorAll("button")];
      for (const item of this.items) {
        item.setAttribute("role", "menuitem");
        item.tabIndex = -1;
      }
      list.setAttribute("role", "menu");
      button.setAttribute("aria-haspopup", "menu");
      this.show(false);
      this.hearButton();
      this.hearList();
    }
    /** @param {boolean} isShown */
    show(isShown) {
      this.list.hidden = !isShown;
      this.button.setAttribute("aria-expanded", String(isShown));
    }
    /** @param {number} at */
    open(at) {
      this.show(true);
      this.items.at(at)?.focus();
    }
    hearButton() {
      const { button, list } = this;
      let wasOpen = false; // as the pointer went down, which may take the focus from the list
      button.addEventListener("pointerdown", () => {
        wasOpen = !list.hidden;
      });
      button.addEventListener("click", () => {
        if (wasOpen) this.show(false);
        else this.open(0);
        wasOpen = false;
      });
      button.addEventListener("focus", () => this.show(false));
      button.addEventListener("keydown", (event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        this.open(event.key === "ArrowUp" ? -1 : 0);
      });
    }
    hearList() {
      const { button, items, list } = this;
      list.addEventListener("keydown", (event) => {
        const at = items.findIndex((item) => item.matches(":focus"));
        const move = MOVES[event.key];
        if (move) items[move(at, items.length)].focus();
        else if (event.key === "Escape") button.focus();
        else return;
        event.preventDefault();
      });
      // Whichever way the focus leaves: by Tab, by a choice or by a click elsewhere.
      list.addEventListener("focusout", ({ relatedTarget }) => {
        const isInside = relatedTarget instanceof Node && list.contains(relatedTarget);
        if (!isInside) this.show(false);
      });
      list.addEventListener(
        "click",
        ({ target }) => {
          if (target instanceof Element && target.closest("button")) button.focus();
        },
        true,
      );
    }
  }

  /**
   * @param {HTMLElement} button
   * @param {HTMLElement} list
   */
  const menu = (button, list) => new Menu(button, list);

  return { menu };
})();
