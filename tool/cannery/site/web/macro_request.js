// A macro's page -> what its form is built from.
"use strict";

const kbMacroRequest = (() => {
  const { browser } = kbStore;
  const { Url } = kbWording;

  /**
   * @param {KbMacro} macro
   * @param {Record<string, string>} agent
   * @param {Record<string, string>} given values of the ticket and the agent, by path
   * @returns {KbRequest}
   */
  function requestFor(macro, agent, given) {
    const remembered = macro.fields.filter((field) => field.remember).map((field) => field.name);
    return {
      macro,
      agent,
      ticket: {},
      kb: kbShared.kb,
      team: kbShared.team[macro.language] ?? {},
      keepsLines: kbShared.keepsLines,
      given,
      remembered: browser.texts("value", remembered),
      now: kbDates.now(),
      locale: navigator.language,
      country: kbShared.country,
      articleUrl: (name) => articleUrl(macro, name),
    };
  }
  /**
   * @param {KbMacro} macro
   * @param {string} name
   */
  function articleUrl({ articles }, name) {
    const article = Object.hasOwn(articles, name) ? articles[name] : null;
    if (!article?.url) throw new Error(article?.error ?? `article_url: ${name}`);
    return new Url(article.url);
  }

  const AGENT = "agent.";
  const { email, you } = kbPage.texts;
  /** @type {Record<string, string>} what the agent's own values are called, as far as we know them */
  const YOURS = { "agent.name": you ?? "", "agent.email": email ?? "" };
  const MENTION = /\bagent\.([A-Za-z_]\w*)/g;
  /** The agent's values that a macro mentions, by name. @param {KbMacro} macro @returns {string[]} */
  function mentioned({ body, fields, parts, subject }) {
    const text = JSON.stringify([body, subject, parts, fields]);
    return [...new Set([...text.matchAll(MENTION)].map(([, name]) => name))];
  }
  /** The values that a path of an address may give, besides a macro's fields. @param {string} name */
  const isContext = (name) => /^(?:ticket|agent)\./.test(name);

  return { AGENT, isContext, mentioned, requestFor, YOURS };
})();
