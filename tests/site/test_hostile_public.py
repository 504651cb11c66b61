"""A public site whose every word means ill, in all that it tells search engines and programs."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cannery.content.markdown import parse
from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.workspace import open_workspace

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
X = "hacked()"
ILL = (
    f"</script><script>{X}</script>", f"<!--<script>{X}", f"--><script>{X}</script>", f"</title><script>{X}</script>",
    f'"><script>{X}</script>', f"' onload='{X}", f'" onload="{X}', f"</head><body onload={X}>", f"\u2028{X}\u2029", f'\\"}};{X};//',
    f"\\u003c/script\\u003e{X}", "{{ 7 * 7 }}", "{% include 'x' %}", "{# x #}", "%}{{ 7 * 7 }}", f"]]><x>{X}</x>",
    f'"/><meta http-equiv="refresh" content="0;url=//e.test/?{X}">', '"><base href="//e.test/">', '"><link rel="canonical" href="//e.test/">',
    '"><meta name="robots" content="noindex">', f"javascript:{X}", f"](javascript:{X})", f"![x](https://e.test/{X})", "<https://e.test/>",
    "a\n# b\n\n- [x](https://e.test/)", "\nDisallow: /\nSitemap: https://e.test/s.xml", "\nSet-Cookie: a=b\r\nX-Ill: 1", "&lt;script&gt;&#60;script&#62;",
    "\x00\x01\x1b[31m\x7f\ufffe", "\U0001f3ee" * 400, "a" * 5_000, "\u202e\u2066rtl", "`" * 40, "=" * 300, "<" * 300,
)  # fmt: skip
NAME = f'</script><script>{X}</script>" onload="{X}\nDisallow: / {{{{ 7 * 7 }}}}'


def _yaml(text: str) -> str:
    """A text as a scalar of YAML, in letters that it takes."""
    return json.dumps(text).replace("\x7f", "\\x7f")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    for number, ill in enumerate(ILL):
        word = _yaml(ill)
        name = ("{}", "{}.ja")[number % 2].format(f"a{number}")
        path = root / f"kb/articles/s{number % 3}/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        summary = f"summary: {word}\n" if number % 3 else ""
        text = " ".join(ill.split()).replace("\x00", "").replace("<", "\\<")[:300]
        asked = f"## {text}?\n\n{text}\n\n## And {text}?\n\n{text}\n"
        asked = asked.replace("javascript:", "java-script:")
        head = f"title: {word}\n{summary}tags: [{word}]\naudience: public\n"
        path.write_text(f"---\n{head}---\n{asked}", "utf-8", "surrogatepass")
    settings = f'name = {json.dumps(NAME)}\nsite_url = "https://help.example.com/sub"\n'
    (root / "kb/kb.toml").write_text(settings)
    (root / "mkdocs.yml").write_text(CONFIG.read_text())
    mode = Mode(alone=True, lenient=True)
    build_site(open_workspace(root), Audience.PUBLIC, root / "out", mode=mode)
    return root / "out"


class _Scripts(HTMLParser):
    """The elements of a page as a browser splits them, and what stands in its scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self._is_data = "src" not in dict(attrs)
            self.scripts += [""] if self._is_data else []

    def handle_endtag(self, tag: str) -> None:
        self._is_data = self._is_data and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.scripts[-1] += data


def _read(path: Path) -> _Scripts:
    page = _Scripts()
    page.feed(path.read_text("utf-8"))
    return page


def test_heads_have_nothing_of_what_content_says_but_as_text(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 2 * len(ILL)
    for path in pages:
        page = _read(path)
        tags = [tag for tag, _ in page.elements]
        assert "base" not in tags, path
        assert tags.count("title") <= 1 + tags.count("svg"), path
        for tag, attributes in page.elements:
            assert not [name for name in attributes if name.startswith("on")], path
            if tag == "meta":
                assert attributes.get("http-equiv") != "refresh", path
            if tag == "link" and attributes.get("rel") == "canonical":
                assert str(attributes["href"]).startswith("https://help.example.com/sub/"), path


def test_data_in_pages_is_json_that_no_script_element_ends_in(site: Path) -> None:
    titles = set()
    for path in site.rglob("index.html"):
        for script in _read(path).scripts:
            assert "<" not in script, path
            for item in json.loads(script).get("@graph", ()):
                titles.add(item.get("headline"))
    assert {"".join(ill.split())[:40] for ill in ILL[3:8]} <= {
        "".join(str(title).split())[:40] for title in titles
    }


def test_sitemaps_and_feeds_are_xml_with_addresses_of_the_site_alone(site: Path) -> None:
    files = [path for path in site.rglob("*.xml") if path.is_file()]
    assert len(files) >= 3
    for path in files:
        raw = path.read_text("utf-8")
        for element in ET.fromstring(raw).iter():  # noqa: S314 - our own
            if element.tag.endswith("}loc"):
                assert str(element.text).startswith("https://help.example.com/sub/")
            if "href" in element.attrib:
                assert element.attrib["href"].startswith("https://help.example.com/sub/")


def test_robots_and_headers_have_our_lines_alone(site: Path) -> None:
    robots = (site / "robots.txt").read_text().split("\n")
    assert robots == [
        "User-agent: *", "Allow: /", "", "Sitemap: https://help.example.com/sub/sitemap.xml", "",
    ]  # fmt: skip
    text = (site / "_headers").read_text() + (site / "vercel.json").read_text()
    assert X not in text


def test_lists_for_programs_link_to_nothing_but_pages_of_the_site(site: Path) -> None:
    for path in site.rglob("llms.txt"):
        tokens = parse(path.read_text("utf-8"), bare_links=False)
        children = [child for token in tokens for child in token.children or ()]
        addresses = [str(child.attrs["href"]) for child in children if child.type == "link_open"]
        assert len(addresses) > len(ILL) // 3
        assert {address[:29] for address in addresses} == {"https://help.example.com/sub/"}
        assert not [child for child in children if child.type == "image"]


def test_the_titles_of_markdown_pages_are_text(site: Path) -> None:
    pages = [path for path in site.rglob("a*.md") if re.fullmatch(r"a\d+\.md", path.name)]
    assert len(pages) >= len(ILL) - 1  # one can't be read as YAML
    for path in pages:
        first = parse(path.read_text("utf-8").partition("\n")[0], bare_links=False)
        assert [token.type for token in first] == ["heading_open", "inline", "heading_close"], path
        assert {child.type for child in first[1].children or ()} <= {"text"}, path


def test_articles_have_pictures_whatever_their_titles_hold(site: Path) -> None:
    pages = [_read(path) for path in site.glob("articles/s*/a*/index.html")]
    told = [
        dict(attributes) for page in pages for tag, attributes in page.elements if tag == "meta"
    ]
    pictures = [str(item["content"]) for item in told if item.get("property") == "og:image"]
    missing = [item for item in pictures if not (site / item.partition("/sub/")[2]).is_file()]
    assert missing == []
