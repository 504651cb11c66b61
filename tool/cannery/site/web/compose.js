// A macro's templates with their values -> the reply, in every format: the twin of
// reply/compose.py.
"use strict";

const kbCompose = (() => {
  const { words } = kbText;
  const { showsNothing } = kbSeen;
  const { unmark } = kbLiquidValues;
  const { parse, tree } = kbMarkdown;

  /** What all templates of a request are rendered with. @param {KbRequest} request */
  function renderContext({ macro, articleUrl }) {
    const optional = macro.fields.filter((field) => !field.required).map((field) => field.name);
    const { language, parts } = macro;
    return { language, parts, optional: new Set(optional), articleUrl };
  }
  /** @param {KbMacro} macro */
  const templates = (macro) => (macro.subject ? [macro.subject, macro.body] : [macro.body]);

  /**
   * The macro filled in, in every format. Throws where it can't be.
   * @param {KbRequest} request
   * @param {Record<string, unknown>} values
   * @returns {KbReply}
   */
  function compose(request, values) {
    const context = renderContext(request);
    const filled = templates(request.macro).map((source) =>
      kbTemplate.fill(source, values, context),
    );
    const texts = filled.map((template) => unmark(template.text, template.values));
    if (texts.some((text) => showsNothing(text))) {
      throw new Error("the reply is empty with these values");
    }
    const [body] = filled.slice(-1);
    const written = request.keepsLines ? kbLineEnds.kept(body.text) : body.text;
    const { language } = request.macro;
    const tokens = parse(written, language);
    const nodes = tree(kbInterpolate.interpolate(tokens, body.values));
    const subject = texts.length > 1 ? words(texts[0]).join(" ") : "";
    const parts = { source: written, language, tokens, values: body.values, nodes };
    const subjects = filled.slice(0, -1).flatMap(({ text }) => kbHoles.inText(text));
    const left = [...subjects, ...kbHoles.inTokens(tokens)];
    const allowed = request.macro.allowedHoles;
    const holes = [
      ...left.filter((hole) => !allowed.includes(hole)),
      ...kbHoles.inDefaults(request.macro.fields, values, texts.join("\n")),
    ];
    return { subject, formats: inFormats(parts), holes };
  }
  /** @param {KbBody} body */
  function inFormats(body) {
    const rows = Object.entries(kbRenderers.RENDERERS);
    return Object.fromEntries(rows.map(([name, { render }]) => [name, `${render(body)}\n`]));
  }

  return { compose, renderContext, templates };
})();
