from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.model.entry import Audience
from cannery.operations.stage import view_for
from cannery.site import llms
from cannery.site.stage import render_stage


@pytest.fixture
def site(base: Base) -> Base:
    public = "---\ntitle: {}\nsummary: {}\naudience: public\n---\n"
    base.write("articles/net/a.md", f"{public.format('A', 'About a.')}Text of a.\n")
    base.write("articles/net/a.ja.md", f"{public.format('あ', '要約')}本文。\n")
    base.write("articles/b.md", f"{public.format('B', '')}<!-- hush -->\n\nText of b.\n")
    base.write("articles/secret.md", "---\ntitle: Secret\n---\nbluewhale\n")
    return base


def _files(base: Base, audience: Audience = Audience.PUBLIC) -> dict[str, str]:
    files = render_stage(view_for(base.workspace, audience)).files
    return {name: raw.decode() for name, raw in files.items() if "llms" in name}


def test_each_language_has_a_list_of_its_pages(site: Base) -> None:
    files = _files(site)
    assert files["llms.txt"].splitlines() == [
        "# Test",
        "",
        "> How can we help?",
        "",
        "## Articles",
        "",
        "- [B](https://help.example.com/articles/b.md)",
        "",
        "## Net",
        "",
        "- [A](https://help.example.com/articles/net/a.md): About a.",
        "",
        "## Optional",
        "",
        "- [llms-full.txt](https://help.example.com/llms-full.txt)",
        "- [日本語](https://help.example.com/ja/llms.txt)",
    ]
    assert "- [あ](https://help.example.com/ja/articles/net/a.md): 要約\n" in files["ja/llms.txt"]


def test_all_texts_are_in_one_file_and_nothing_that_is_hidden(site: Base) -> None:
    files = _files(site)
    assert files["llms-full.txt"] == (
        "# Test\n\n# B\n\n<https://help.example.com/articles/b.md>\n\nText of b.\n"
        "\n# A\n\n<https://help.example.com/articles/net/a.md>\n\nText of a.\n"
    )
    everything = "\n".join(files.values())
    assert "bluewhale" not in everything
    assert "hush" not in everything


def test_the_file_of_all_texts_ends_with_a_whole_one(
    site: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llms, "_LONGEST", 70)
    text = _files(site)["llms-full.txt"]
    assert text.endswith("Text of b.\n\nhttps://help.example.com/llms.txt\n")
    assert "Text of a." not in text


def test_a_list_that_would_be_too_long_has_the_sections(
    site: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llms, "_MOST", 1)
    text = _files(site)["llms.txt"]
    assert "- [Net](https://help.example.com/articles/net/index.md)\n" in text
    assert "a.md" not in text


def test_an_internal_site_and_one_without_address_have_none(site: Base) -> None:
    assert _files(site, Audience.INTERNAL) == {}
    site.write("kb.toml", 'name = "Test"\n')
    assert _files(site) == {}
