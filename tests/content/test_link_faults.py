"""Why a link or a picture can't be on a site, in words that name the cause."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.content.files import MAX_BYTES
from cannery.content.link_faults import LinkFault, file_fault
from cannery.content.relative_links import link_tokens, relative_links


def _fault(base: Base, markdown: str) -> LinkFault | None:
    (link,) = relative_links("kb/articles/net/a.md", link_tokens(markdown))
    return file_fault(base.workspace, link)


@pytest.fixture
def files(base: Base) -> Base:
    for name in ("proxy.md", "proxy.ja.md", "sub/z.ja.md", "sub/z.md", "part #1.txt", "a b.txt"):
        base.write(f"articles/net/{name}", "x")
    base.write("articles/net/tool.exe", "x")
    base.write("articles/net/plain", "x")
    base.write("articles/net/.cache/a.png", "x")
    base.write("assets/search/a.json", "x")
    base.write("articles/net/bad.svg", "<svg/>")
    base.write("articles/net/huge.pdf", b"x" * (MAX_BYTES + 1))
    (base.root / "kb/articles/net/link.txt").symlink_to("/etc/hostname")
    (base.root / "kb/articles/net/etc").symlink_to("/etc")
    return base


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("[x](apps.example.com)", "Write https://apps.example.com."),
        ("[x](www.example.co.jp/a?b#c)", "Write https://www.example.co.jp/a?b#c."),
        ("[x](help@example.com)", "Write mailto:help@example.com."),
        ("[x](sub/)", "articles/net/sub is a folder|in it, such as z.md."),
        ("[x](.)", "articles/net is a folder"),
        ("[x](proxy.html#top)", "pages end in .md, not in .html|Did you mean articles/net/proxy.md?"),
        ("[x](gone.html)", "pages end in .md, not in .html|write the full address."),
        ("[x](proxy)", "file not found: articles/net/proxy|Did you mean articles/net/proxy.md?"),
        ("[x](proxy/)", "Did you mean articles/net/proxy.md?"),
        ("[x](gone.pdf)", "file not found: articles/net/gone.pdf|Add the file below kb/"),
        ("![x](gone.png)", "image not found: articles/net/gone.png"),
        ("[x](<{{ site.url }}/a>)", "has a placeholder, which articles don't fill in"),
        ("[x](../../../etc/x.txt)", "etc/x.txt is outside kb/"),
        ("[x](../../../../../x.txt)", "../../x.txt is outside kb/"),
        ("[x](../../../)", ". is outside kb/"),
        ("[x](<part #1.txt>)", "has a # or ?|Write # as %23"),
        ("[x](tool.exe)", "tool.exe: .exe files are not published"),
        ("[x](plain)", "plain: files without an ending are not published"),
        ("![x](.cache/a.png)", "a name with a dot before it"),
        ("[x](../../assets/search/a.json)", "a folder that the site needs for itself"),
        ("![x](bad.svg)", "its xmlns is different|Export it again"),
        ("[x](huge.pdf)", "the limit is 5 MB"),
        ("[x](link.txt)", "a symbolic link"),
        ("[x](etc/os-release.txt)", "file not found"),
        ("[x](a%00.png)", "file not found"),
        (f"![x]({'a' * 300}.png)", "image not found"),
        (f"![x]({'é' * 300}.png)", "image not found"),
    ],
)  # fmt: skip
def test_a_fault_names_its_cause_and_what_to_do(files: Base, markdown: str, said: str) -> None:
    fault = _fault(files, markdown)
    assert fault
    assert fault.code == ("image" if markdown.startswith("!") else "link")
    for piece in said.split("|"):
        assert piece in f"{fault.message} {fault.hint}"


def test_nothing_is_published_from_behind_a_linked_folder(files: Base) -> None:
    outside = files.root / "outside"
    outside.mkdir()
    (outside / "token.json").write_text("{}")
    (files.root / "kb/articles/net/shared").symlink_to(outside)
    fault = _fault(files, "[x](shared/token.json)")
    assert fault
    assert "goes through a symbolic link" in fault.message


@pytest.mark.parametrize("markdown", ["[x](part%20%231.txt)", "[x](<a b.txt>)", "[x](a%20b.txt#c)"])
def test_a_file_that_is_there_has_no_fault(files: Base, markdown: str) -> None:
    assert _fault(files, markdown) is None
