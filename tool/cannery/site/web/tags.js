// What stands between `{%` and `%}` or `{{` and `}}`, and the text around: each is counted, and
// refuses what has no value.
"use strict";

const kbTags = (() => {
  const { showsNothing } = kbSeen;
  const { valueText, Url } = kbWording;
  const { Missing, plainOf, textOf, unmark } = kbLiquidValues;
  const { stateOf } = kbLiquidContext;
  const { AssignTag, CaptureTag, CaseTag, evalToken, ForTag, Output, Parser, RawTag, TypeGuards } =
    liquidjs;
  /** @typedef {import("liquidjs").Context} Context */
  /** @typedef {import("liquidjs").Emitter} Emitter */

  /** A parser whose templates count what they print, and mark it. */
  class MarkingParser extends Parser {
    /** What is being parsed, the innermost last. @type {import("liquidjs").TopLevelToken[]} */
    opened = [];
    /** @type {InstanceType<typeof Parser>["parse"]} */
    parse(source, path) {
      try {
        return super.parse(source, path);
      } catch (error) {
        throw kbUnclosed.explained(error, this.opened);
      }
    }
    /** @type {InstanceType<typeof Parser>["parseToken"]} */
    parseToken(token, remaining) {
      this.opened.push(token);
      const template = super.parseToken(token, remaining);
      this.opened.pop();
      if (template instanceof Output) {
        template.render = (context, emitter) => printValue(template, context, emitter);
      } else if (TypeGuards.isHTMLToken(token)) {
        const text = token.getContent();
        template.render = (context, emitter) => printText(text, context, emitter);
      }
      return template;
    }
  }
  /**
   * Text between the tags, which a loop may print many times.
   * @param {string} text
   * @param {Context} context
   * @param {Emitter} emitter
   * @returns {Generator<void>}
   */
  // biome-ignore lint/correctness/useYield: LiquidJS asks for a generator
  function* printText(text, context, emitter) {
    stateOf(context).budget.write(text);
    emitter.write(text);
  }
  /**
   * A value: a marker stands for it in the text that is made.
   * @param {import("liquidjs").Output} output
   * @param {Context} context
   * @param {Emitter} emitter
   * @returns {Generator<unknown, void, unknown>}
   */
  function* printValue(output, context, emitter) {
    const state = stateOf(context);
    const value = yield* output.value.value(context, false);
    if (value instanceof Missing) {
      needed(value.missing, state);
      return;
    }
    const text = value instanceof Url ? value : valueText(value, state.language);
    if (showsNothing(textOf(text)) && !state.isProbing) {
      if (mayBeEmpty(output, state)) return;
      throw new Error(`${output.token.getText()} is empty`);
    }
    state.budget.print(textOf(text));
    emitter.write(state.mark(text));
  }
  /**
   * @param {string} name
   * @param {KbRenderState} state
   */
  function needed(name, state) {
    if (!state.isProbing) throw new Error(`${name} has no value`);
    state.needed.add(name);
  }
  /**
   * @param {import("liquidjs").Output} output
   * @param {KbRenderState} state
   */
  function mayBeEmpty({ value }, { optional }) {
    if (value.filters.some((filter) => filter.name === "default")) return true;
    const [first, ...more] = value.initial.postfix;
    if (more.length || !TypeGuards.isPropertyAccessToken(first)) return false;
    const [root] = first.props;
    const name = root && "content" in root ? String(root.content) : "";
    return name === "cursor" || optional.has(name);
  }

  class BoundedFor extends ForTag {
    /**
     * @param {Context} context
     * @param {Emitter} emitter
     */
    *render(context, emitter) {
      const items = yield* evalToken(this.collection, context);
      if (items instanceof Missing && !stateOf(context).isProbing) {
        throw new Error(`${items.missing} has no value`);
      }
      yield* super.render(context, emitter);
    }
  }
  class PlainCapture extends CaptureTag {
    /** @param {Context} context */
    *render(context) {
      yield* super.render(context);
      const state = stateOf(context);
      const text = unmark(context.bottom()[this.variable], state.values);
      state.budget.spend(text.length);
      context.bottom()[this.variable] = text;
    }
  }
  class CountedAssign extends AssignTag {
    /** @param {Context} context */
    *render(context) {
      yield* super.render(context);
      const [name] = [...this.localScope()].map((token) => token.content);
      const value = plainOf(context.bottom()[name]);
      if (typeof value === "string") stateOf(context).budget.spend(value.length);
    }
  }
  class CountedRaw extends RawTag {
    /** @param {Context} [context] */
    render(context) {
      const text = super.render();
      stateOf(context).budget.write(text);
      return text;
    }
  }
  /** Comparisons of `when` are those of `==`. */
  class SameCase extends CaseTag {
    /**
     * @param {Context} context
     * @param {Emitter} emitter
     */
    *render(context, emitter) {
      const { renderer } = this.liquid;
      const target = yield* this.value.value(context);
      let isMatched = false;
      for (const branch of this.branches) {
        for (const token of branch.values) {
          if (!kbOperators.equal(target, yield* evalToken(token, context))) continue;
          isMatched = true;
          yield renderer.renderTemplates(branch.templates, context, emitter);
          break;
        }
      }
      if (!isMatched) yield renderer.renderTemplates(this.elseTemplates, context, emitter);
    }
  }

  const KEPT = ["#", "break", "comment", "continue", "if", "render", "unless"];
  const OWN = {
    assign: CountedAssign,
    capture: PlainCapture,
    case: SameCase,
    for: BoundedFor,
    raw: CountedRaw,
  };
  /** Leave no tag but those of the portable profile. @param {import("liquidjs").Liquid} liquid */
  function registerTags(liquid) {
    // LiquidJS has no interface to take a tag away.
    for (const name of Object.keys(liquid.tags)) if (!KEPT.includes(name)) delete liquid.tags[name];
    for (const [name, tag] of Object.entries(OWN)) liquid.registerTag(name, tag);
  }

  return { MarkingParser, registerTags };
})();
