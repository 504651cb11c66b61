// Liquid in the browser, within the portable profile: the twin of liquid/template.py.
//
// LiquidJS reads the very template that `kb reply` reads. What the two libraries do differently
// (filters, comparisons, what is missing) is ours on both sides; tests/site/liquid.json holds the
// cases that both must pass. LiquidJS is extended by its own interfaces alone: classes that it
// exports, its operators and filters. None of its prototypes is changed.
"use strict";

const kbTemplate = (() => {
  const { refuseSource, withoutMarks } = kbLimits;
  const { RenderState } = kbLiquidValues;
  const { printable } = kbSeen;
  const { FILTERS, guarded } = kbFilters;
  const { MarkingParser, registerTags } = kbTags;
  const { Liquid, LookupType } = liquidjs;

  /** LiquidJS with our parser, for templates and for the parts that they render. */
  class PortableLiquid extends Liquid {
    /** @param {Record<string, string>} parts texts by name */
    constructor(parts) {
      super({
        templates: guardedParts(parts),
        cache: true,
        partials: [],
        extname: "",
        relativeReference: false,
        strictFilters: true,
        ownPropertyOnly: true,
        operators: kbOperators.OPERATORS,
      });
      for (const name of Object.keys(this.filters)) this.unregisterFilter(name);
      for (const [name, filter] of Object.entries(FILTERS)) {
        this.registerFilter(name, guarded(name, filter));
      }
      registerTags(this);
    }
    /** @type {InstanceType<typeof Liquid>["parse"]} */
    parse(source, path) {
      return new MarkingParser(this).parse(source, path);
    }
    /** @type {InstanceType<typeof Liquid>["_parsePartialFile"]} */
    _parsePartialFile(file, sync, currentFile) {
      return new MarkingParser(this).parseFile(file, sync, LookupType.Partials, currentFile);
    }
  }
  /**
   * The parts; one that is out of limits costs those that render it.
   * @param {Record<string, string>} parts
   */
  function guardedParts(parts) {
    /** @type {Record<string, string>} */
    const templates = {};
    for (const [name, source] of Object.entries(parts)) {
      const get = () => {
        refuseSource(source);
        return withoutMarks(source);
      };
      Object.defineProperty(templates, name, { get, enumerable: true });
    }
    return templates;
  }

  // An environment is dear, and a form renders the same parts with each key: one for each macro.
  /** @type {WeakMap<Record<string, string>, PortableLiquid>} */
  const engines = new WeakMap();
  /** @param {Record<string, string>} parts */
  function engineOf(parts) {
    const engine = engines.get(parts) ?? new PortableLiquid(parts);
    engines.set(parts, engine);
    return engine;
  }

  /**
   * @param {string} source
   * @param {Record<string, unknown>} values
   * @param {KbRenderContext} context
   * @param {boolean} isProbing
   */
  function render(source, values, context, isProbing) {
    const state = new RenderState(context, isProbing);
    const engine = engineOf(context.parts);
    refuseSource(source);
    const globals = { ...values, cursor: "" };
    const scope = new kbLiquidContext.BoundedContext(engine, globals, state);
    const text = engine.renderSync(engine.parse(withoutMarks(source)), scope);
    return { text: printable(String(text)), state };
  }
  /**
   * The template's text with a marker for each of `values`. Throws where it can't be filled in.
   * @param {string} source
   * @param {Record<string, unknown>} values
   * @param {KbRenderContext} context
   */
  function fill(source, values, context) {
    const { text, state } = render(source, values, context, false);
    return { text, values: state.values };
  }
  /**
   * The names that filling in would miss: `names` in order of use, `printed` those it needs.
   * @param {string} source
   * @param {Record<string, unknown>} values
   * @param {KbRenderContext} context
   */
  function missingNames(source, values, context) {
    const { state } = render(source, values, context, true);
    return { names: [...state.touched], printed: state.needed };
  }

  return { fill, missingNames };
})();
