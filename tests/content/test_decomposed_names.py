"""Names whose letters and marks stand apart, as macOS writes them, and as people type them."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from tests.conftest import Base

from cannery.content.library import resolve
from cannery.content.links import article_url
from cannery.model.entry import Article
from cannery.operations.check import check
from cannery.operations.rename import rename

_NAME = "パスワード"
_APART = normalize("NFD", _NAME)
_BOTH = pytest.mark.parametrize(("file", "typed"), [(_NAME, _APART), (_APART, _NAME)])


def _told(base: Base) -> list[str]:
    return [f"{item.line} {item.message}" for item in check(base.workspace).problems]


@_BOTH
def test_an_entry_is_found_by_its_id_and_its_tail(base: Base, file: str, typed: str) -> None:
    base.write(f"articles/guides/{file}.md", "---\ntitle: A\n---\nx")
    for name in (typed, f"articles/guides/{typed}", f"kb/articles/guides/{typed}.md"):
        found = resolve(base.workspace, base.scan(), name)
        assert found.id == f"articles/guides/{_NAME}"
        assert found.by_language["en"].path == f"kb/articles/guides/{file}.md"


@_BOTH
@pytest.mark.parametrize(
    "text",
    ["related: [articles/{}]\n---\nx", "---\n[x]({}.md)", "---\n[x]({}.md#a)", "---\n![x]({}.png)"],
)
def test_related_links_and_pictures_lead_there(
    base: Base, file: str, typed: str, text: str
) -> None:
    base.write(f"articles/{file}.md", "---\ntitle: A\n---\n## A\nx")
    base.write(f"articles/{file}.png", b"x")
    base.write("articles/link.md", f"---\ntitle: Link\n{text.format(typed)}")
    assert _told(base) == []


@_BOTH
def test_a_macro_tells_the_article_s_address(base: Base, file: str, typed: str) -> None:
    base.write(f"articles/{file}.md", "---\ntitle: A\naudience: public\n---\nx")
    address = article_url(base.workspace, base.scan(), "en")(typed)
    assert address.endswith("/articles/%E3%83%91%E3%82%B9%E3%83%AF%E3%83%BC%E3%83%89/")


@_BOTH
def test_a_macro_renders_the_part(base: Base, file: str, typed: str) -> None:
    base.write(f"macros/_parts/{file}.md", "Regards")
    base.write("macros/a.md", f"---\ntitle: A\n---\n{{% render '{typed}' %}}")
    assert _told(base) == []


@_BOTH
@pytest.mark.parametrize("place", ["---\n{{{{ {} }}}}", "subject: '{{{{ {} }}}}'\n---\nx"])
def test_a_template_names_the_field(base: Base, file: str, typed: str, place: str) -> None:
    base.write("macros/a.md", f"---\ntitle: A\nfields: [{file}]\n{place.format(typed)}")
    assert _told(base) == []


def test_two_fields_of_one_name_are_a_fault(base: Base) -> None:
    base.write("macros/a.md", f"---\nfields: [{_NAME}, {_APART}]\n---\n{{{{ {_NAME} }}}}")
    assert base.macro("a.md").faults[0].message == f"the field {_NAME} is defined twice"


def test_the_text_of_a_reply_stays_as_it_was_written(base: Base) -> None:
    base.write("macros/a.md", f"---\ntitle: A\n---\n{_APART} {{{{ {_APART} }}}}")
    assert base.macro("a.md").body == f"{_APART} {{{{ {_NAME} }}}}"


@pytest.mark.parametrize("key", ["tags", "related", "redirect_from"])
def test_names_in_front_matter_are_read_composed(base: Base, key: str) -> None:
    base.write("articles/a.md", f"---\n{key}: [{_APART}]\n---\nx")
    assert getattr(base.article("a.md").header, key) == (_NAME,)


def test_a_link_to_an_earlier_id_is_corrected(base: Base) -> None:
    base.write("articles/new.md", f"---\nredirect_from: [articles/{_APART}]\n---\nx")
    base.write("articles/a.md", f"---\nrelated: [articles/{_NAME}]\n---\nx")
    assert check(base.workspace).whole.moved == {f"articles/{_NAME}": "articles/new"}


def test_a_file_with_a_decomposed_name_is_renamed_and_links_follow(base: Base) -> None:
    base.write(f"articles/{_APART}.ja.md", "---\ntitle: A\n---\nx")
    base.write("articles/link.md", f"---\ntitle: Link\n---\n[x]({_NAME}.ja.md)")
    renamed = rename(base.workspace, _NAME, "password")
    assert renamed
    assert (base.workspace.content / "articles/password.ja.md").exists()
    link = (base.workspace.content / "articles/link.md").read_text("utf-8")
    assert "[x](password.ja.md)" in link
    assert isinstance(base.article("password.ja.md"), Article)
