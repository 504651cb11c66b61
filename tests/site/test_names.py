"""Names with letters and marks apart, and front matter that is not where it belongs, on a site."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from tests.conftest import Base

from cannery.model.entry import Audience
from cannery.operations.stage import view_for
from cannery.site.stage import render_stage

_NAME = "パスワード"
_APART = normalize("NFD", _NAME)
_HEAD = "title: A\naudience: public\n"


@pytest.mark.parametrize(("file", "typed"), [(_NAME, _APART), (_APART, _NAME)])
def test_links_and_pictures_lead_to_composed_names(base: Base, file: str, typed: str) -> None:
    base.write(f"articles/{file}.md", f"---\n{_HEAD}---\nx\n\n![p]({typed}.svg)\n")
    base.write(f"articles/{file}.svg", '<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    base.write(
        "articles/link.md", f"---\n{_HEAD}related: [articles/{typed}]\n---\n[x]({typed}.md)\n"
    )
    files = render_stage(view_for(base.workspace, Audience.PUBLIC)).files
    assert f"articles/{_NAME}.md" in files
    assert b"%E3%83%91%E3%82%B9%E3%83%AF%E3%83%BC%E3%83%89" in files["articles/link.md"]


@pytest.mark.parametrize("audience", [*Audience])
@pytest.mark.parametrize(
    "text",
    [f"---\n{_HEAD}\nqzlost\n", f"\n---\n{_HEAD}---\nqzlost\n", f"<!-- c -->\n---\n{_HEAD}---\nqzlost\n",
     f" ---\n{_HEAD}---\nqzlost\n", f"{_HEAD}---\nqzlost\n"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["articles/a.md", "macros/a.md", "index.md"])
def test_what_has_misplaced_front_matter_is_on_no_site(
    base: Base, text: str, path: str, audience: Audience
) -> None:
    base.write(path, text)
    stage = render_stage(view_for(base.workspace, audience))
    assert not any(b"qzlost" in data for data in stage.files.values())
    assert not any("qzlost" in record.body for record in stage.records)
