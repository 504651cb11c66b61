from __future__ import annotations

from xml.etree import ElementTree as ET

from tests.conftest import Base

from cannery.model.entry import Audience
from cannery.operations.stage import view_for
from cannery.site.stage import render_stage

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_each_language_has_a_feed_of_what_changed_and_nothing_hidden(base: Base) -> None:
    base.git("init", "-q")
    for day, path, title in (
        ("2026-01-01", "a.md", "First <&> \\u0007"),
        ("2026-01-03", "b.md", "Second"),
        ("2026-01-02", "b.ja.md", "二番目"),
    ):
        base.write(
            f"articles/{path}", f'---\ntitle: "{title}"\nsummary: S\naudience: public\n---\nx\n'
        )
        base.git("add", ".")
        base.git("-c", f"user.name={day}", "commit", "-q", "-m", "x")
    base.write("articles/secret.md", "---\ntitle: Secret\n---\nx\n")
    base.git("add", ".")
    base.git("commit", "-q", "-m", "x")
    files = render_stage(view_for(base.workspace, Audience.PUBLIC)).files
    root = ET.fromstring(files["changes.xml"])  # noqa: S314 - our own
    assert {item.text for item in root.findall("a:entry/a:title", ATOM)} == {"First <&> ", "Second"}
    links = {item.attrib["href"] for item in root.findall("a:entry/a:link", ATOM)}
    assert links == {"https://help.example.com/articles/a/", "https://help.example.com/articles/b/"}
    japanese = ET.fromstring(files["ja/changes.xml"])  # noqa: S314 - our own
    assert [item.text for item in japanese.findall("a:entry/a:title", ATOM)] == ["二番目"]
    assert b"Secret" not in b"".join(files.values())


def test_without_an_address_there_is_no_feed(base: Base) -> None:
    base.write("kb.toml", "")
    base.write("articles/a.md", "---\ntitle: A\naudience: public\n---\nx\n")
    files = render_stage(view_for(base.workspace, Audience.PUBLIC)).files
    assert "changes.xml" not in files
