// Where LiquidJS looks names up, within limits.
"use strict";

const kbLiquidContext = (() => {
  const { MAX_PARTS } = kbLimits;
  const { Missing, plainOf } = kbLiquidValues;
  const { Context } = liquidjs;

  /** A context that counts what is read, and hands out a `Missing` where a name has no value. */
  class BoundedContext extends Context {
    /**
     * @param {import("liquidjs").Liquid} liquid
     * @param {object} globals the values by name
     * @param {KbRenderState} state of this render, shared with the contexts of its parts
     * @param {object} scope names of its own, for a part
     * @param {number} depth how many parts it is in
     */
    constructor(liquid, globals, state, scope = {}, depth = 0) {
      const { budget } = state;
      super(scope, liquid.options, { globals, sync: true }, { liquid });
      // LiquidJS asks them before each step, and of each range.
      this.renderLimit.check = () => budget.step();
      this.memoryLimit.use = (length) => budget.range(length);
      if (depth > MAX_PARTS) throw new Error("parts are nested too deeply");
      this.state = state;
      this.depth = depth;
    }
    /** @param {Parameters<InstanceType<typeof Context>["_get"]>[0]} paths */
    *_get(paths) {
      const value = yield* super._get(paths);
      if (value !== undefined && value !== null) {
        this.state.budget.read(plainOf(value));
        return value;
      }
      const name = paths.join(".");
      this.state.touched.add(name);
      this.state.budget.touch(this.state.touched.size);
      return new Missing(name);
    }
    /** A loop is on the stack for as long as its scope is. @param {KbScope} scope */
    push(scope) {
      if (scope.forloop) this.state.budget.enter(scope.forloop.length);
      return super.push(scope);
    }
    pop() {
      const scope = super.pop();
      if (scope && "forloop" in scope && scope.forloop) this.state.budget.leave();
      return scope;
    }
    /** A part has a context of its own. */
    spawn(scope = {}) {
      return new BoundedContext(this.liquid, this.globals, this.state, scope, this.depth + 1);
    }
    /**
     * @param {import("liquidjs").Scope} object
     * @param {Parameters<InstanceType<typeof Context>["readProperty"]>[1]} key
     */
    readProperty(object, key) {
      if (typeof object === "string") return key === "size" ? [...object].length : undefined;
      const isClosed =
        object instanceof kbWording.Url ||
        object instanceof Missing ||
        kbDates.Day.is(object) ||
        kbNumbers.Written.is(object);
      return isClosed ? undefined : super.readProperty(object, key);
    }
  }
  /** @param {unknown} context */
  function stateOf(context) {
    if (!(context instanceof BoundedContext)) throw new Error("not a context of ours");
    return context.state;
  }

  return { BoundedContext, stateOf };
})();
