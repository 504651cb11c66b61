// The formats of a reply. A new format is one row here, and one in Python.
"use strict";

const kbRenderers = (() => {
  const { rtrimmed } = kbText;

  /** The source with the values in it, as an author would have written it. @param {KbBody} body */
  function markdown({ source, language, tokens, values }) {
    const text = kbInterpolateSource.interpolateSource(source, tokens, values);
    const trimmed = rtrimmed(text.replace(/^\n+/, ""), "\n");
    return kbRenderMarkdown.asAllRead(trimmed, language);
  }
  // In the order of the buttons that copy them. `plain` names the format that is on the clipboard
  // as plain text, alone or beside the HTML of the format that `html` names; `key` copies when it is
  // pressed with Alt, and for HTML with Control. Without a key there is no button. The words of the buttons are in texts.json, as copy_NAME and format_NAME.
  /** @type {Record<string, KbRenderer>} */
  const RENDERERS = {
    html: {
      render: ({ nodes }) => kbRenderHtml.html(nodes),
      plain: "text",
      html: "html",
      key: "Enter",
    },
    markdown: { render: markdown, plain: "markdown", key: "M" },
    text: { render: ({ nodes }) => kbRenderText.text(nodes), plain: "text", key: "T" },
    slack: {
      render: ({ nodes }) => kbRenderSlack.slack(nodes),
      plain: "slack",
      html: "slack-html",
      key: "S",
    },
    "slack-api": { render: ({ nodes }) => kbRenderSlack.mrkdwn(nodes), plain: "slack-api" },
    "slack-html": { render: ({ nodes }) => kbRenderSlack.slackHtml(nodes), plain: "slack-html" },
  };

  return { RENDERERS };
})();
