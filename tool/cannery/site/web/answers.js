// What is typed is answered a moment later. A key that comes before the answer is meant for what the
// answer will show, not for what still stands there.
"use strict";

const kbAnswers = (() => {
  /** Of all that is asked, only the last question counts. */
  class Answers {
    turn = 0;
    timer = 0;
    isDue = false; // whether something was typed that is not asked yet
    /** @type {Promise<void>} */
    answer = Promise.resolve();
    /**
     * @param {(isCurrent: () => boolean) => Promise<void>} show asks, and shows the answer unless
     *   something else was asked meanwhile; it tells itself what went wrong
     * @param {number} [pause] milliseconds after a key until `askSoon` asks
     */
    constructor(show, pause = 0) {
      this.show = show;
      this.pause = pause;
    }
    ask() {
      this.drop();
      const mine = this.turn;
      this.answer = this.show(() => mine === this.turn);
      return this.answer;
    }
    askSoon() {
      clearTimeout(this.timer);
      this.isDue = true;
      this.timer = globalThis.setTimeout(() => this.ask(), this.pause);
    }
    /** What is still on its way is not shown. */
    drop() {
      clearTimeout(this.timer);
      this.isDue = false;
      this.turn += 1;
    }
    /** Waits for the answer to what was typed; false if something else was asked meanwhile. */
    async settled() {
      if (this.isDue) this.ask();
      const mine = this.turn;
      await this.answer;
      return mine === this.turn;
    }
  }

  return { Answers };
})();
