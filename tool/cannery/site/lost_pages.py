"""The page that is not there, in each language of a site.

A host shows `404.html` for every address that leads nowhere; some show the one of the folder that
is next, such as `ja/404.html`. It may stand for an address of any depth, so all of its links begin
at the root of the host.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment

NAME = "404.html"


def lost_pages(env: Environment, context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The pages of the languages but the default one, by their place on the site."""
    for front in _fronts(env)[1:]:
        folder = front[2]
        kb = lost_context(env, front)
        yield f"{folder}{NAME}", env.get_template(NAME).render({**context, "lost": kb})


def lost_context(env: Environment, front: Sequence[str] = ()) -> dict[str, Any]:
    """What templates know of such a page, as of any: in the default language without a `front`."""
    fronts = _fronts(env)
    language, _, root = front or fronts[0]
    return {"lang": language, "root": root, "kind": "lost", "variants": fronts}


def _fronts(env: Environment) -> Sequence[Sequence[str]]:
    """The front pages: language, its name, and the address, which is empty for the default one."""
    module: Any = env.get_template("kb-site.html").module
    fronts: Sequence[Sequence[str]] = module.SITE["fronts"]
    return fronts
