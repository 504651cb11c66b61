"""Values that nothing reads are told of; those that do something, or may, are not."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.content.idle_values import idle_values
from cannery.content.layout import locate
from cannery.content.library import load_entry

ARTICLE, MACRO, FRONT = "kb/articles/a.md", "kb/macros/a.md", "kb/index.md"


@pytest.mark.parametrize(
    ("path", "header", "keys"),
    [
        (MACRO, "audience: public", ["audience"]),
        (MACRO, "audience: internal", []),
        (ARTICLE, "audience: public", []),
        (ARTICLE, "review_every: 90d", ["review_every"]),
        (ARTICLE, "review_every: 90d\nreviewed: 2026-01-31", []),
        (ARTICLE, "related: [articles/a, articles/b]", ["related"]),
        (ARTICLE, "tags: [Network, vpn, network]\nkeywords: [ＶＰＮ, vpn]", ["tags", "keywords"]),
        (ARTICLE, "tags: [network]\nkeywords: [network]", []),
        (ARTICLE, "redirect_from: [articles/x, articles/x]", ["redirect_from"]),
        (ARTICLE, "icon: key\norder: 3", []),
        ("kb/articles/net/a.md", "icon: key", ["icon"]),
        ("kb/articles/net/a.md", "icon: fa-solid fa-rocket", []),
        (MACRO, "icon: key\norder: 3", ["icon"]),
        (FRONT, "icon: key\norder: 0", ["icon", "order"]),
        (FRONT, "summary: x\ntags: [a]\nkeywords: [b]", ["summary", "tags", "keywords"]),
        (FRONT, "title: Welcome\naudience: internal\nowner: us\nreviewed: 2026-01-31", []),
        (MACRO, "fields:\n- {name: x, choices: [a, b]}", ["fields.x.choices"]),
        (MACRO, "fields:\n- {name: x, type: choice, choices: [a, b]}", []),
        (MACRO, "fields:\n- {name: x, type: multichoice, choices: [a, b]}", []),
    ],
)
def test_a_value_has_no_effect_where_nothing_reads_it(
    base: Base, path: str, header: str, keys: list[str]
) -> None:
    base.write(path.removeprefix("kb/"), f"---\n{header}\n---\nText\n")
    workspace = base.workspace
    entry = load_entry(workspace, locate(path, workspace.settings))
    assert [item.key for item in idle_values(entry)] == keys
