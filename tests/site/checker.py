"""What a checker finds wrong with a page for those who do not see it: axe-core, in its tab."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_IS_THERE = "typeof axe !== 'undefined'"
# What is right is a long list too: to hand it over takes as long as to look at the page.
_RUN = """([within, without]) => {
  const rules = Object.fromEntries(without.map((id) => [id, { enabled: false }]));
  return axe.run(within ?? document, { resultTypes: ["violations"], rules })
    .then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`));
}"""


def violations(page: Page, within: str | None = None, without: tuple[str, ...] = ()) -> list[str]:
    """Each rule that the page breaks, and the first place where."""
    if not page.evaluate(_IS_THERE):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_RUN, [within, without])
    return found
