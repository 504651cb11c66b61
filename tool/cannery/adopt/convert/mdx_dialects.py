"""Markdown with JSX, as Docusaurus and Astro Starlight have it -> ours."""

from __future__ import annotations

from cannery.adopt.convert.components import COMPONENTS
from cannery.adopt.convert.containers import CONTAINER, container_tags
from cannery.adopt.convert.containers import NAME as CONTAINERS
from cannery.adopt.convert.dialect import Dialect, kept_text
from cannery.adopt.convert.elements import Element, Rule
from cannery.adopt.convert.fences import FENCE, fence_tags
from cannery.adopt.convert.fences import NAME as FENCES
from cannery.adopt.convert.includes import included
from cannery.adopt.convert.link_targets import LINK_RULES, link_tags
from cannery.adopt.convert.markup_tags import Syntax
from cannery.adopt.convert.mdx import MDX_RULES, expression_tags, module_tags
from cannery.adopt.convert.notes import Notes
from cannery.content.files import ENDINGS


def _component(element: Element, notes: Notes) -> str:
    """A page that is imported as a component is part of the page; of others the text is kept."""
    named = notes.variables.get(element.name, "")
    if not named.endswith(ENDINGS):
        return kept_text(element, notes)
    base = notes.variables.get("base", "")
    return included(element, notes, named.removeprefix("@site/").removeprefix("~/"), [base], MDX)


_RULES = {**COMPONENTS, **MDX_RULES, **LINK_RULES, CONTAINERS: CONTAINER, FENCES: FENCE}
MDX = Dialect(
    (module_tags, expression_tags, container_tags, fence_tags, link_tags),
    _RULES,
    Syntax(jsx=True),
    Rule(_component),
    indented_code=False,
)
# A `.md` file of Starlight's is no MDX.
STARLIGHT = Dialect(
    (container_tags, fence_tags, link_tags), {**LINK_RULES, CONTAINERS: CONTAINER, FENCES: FENCE}
)
