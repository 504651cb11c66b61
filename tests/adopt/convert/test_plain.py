"""What is our Markdown already stays as it is, and what was converted is not converted again."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adopt.convert.converting import DIALECTS, convert

from cannery.adopt.convert.dialect import MAX_TAGS, Dialect

_SPECIFICATION = Path(__file__).parents[3] / "node_modules/commonmark-spec/spec.txt"
_FENCE = "`" * 32
_EXAMPLE = re.compile(rf"^{_FENCE} example\n([\s\S]*?)^\.\n[\s\S]*?^{_FENCE}$", re.MULTILINE)
_LEAST = 650
_HTML = re.compile(r"</?[A-Za-z][\w-]*[\s/>]")
# What CommonMark's examples have of the syntax of others.
_OWN = {"obsidian": re.compile(r"\[\["), "mdx": re.compile(r"<>|<[a-z]+\."), "vitepress": re.compile(r"<[a-z]+\.")}  # fmt: skip
_PLAIN = """# A heading {#id}

Text with *emphasis*, **strong**, `code`, ~~none~~, [a link](x.md "T"), ![a picture](<a b.png>) and <https://a.test>.
A second line\\
and a third, 5 < 6 > 4, a_b_c, {x} and $y.

> [!NOTE]
> A quote with `code`
> > in another
lazy

- a
  - b

    c
1. [ ] d
   ```js title="a.js" hl_lines="1"
   <b>{{ x }}</b>
   ```

| A | B |
| --- | --- |
| 1 \\| 2 | `x` |

!!! warning "T"
    text

=== "Tab"

    text[^1]

<details>
<summary>S</summary>

text <kbd>F5</kbd><br>more

</details>

<!-- {{ x }} {% y %} <b> -->

[^1]: note
[ref]: https://a.test/x
"""
_PIECES = st.sampled_from(
    ["a", " ", "\n", "\n\n", "- ", "  ", "> ", "# ", "`", "```\n", "*", "[a](b)", "{", "}", "|", "<!-- a -->", "[[a]]", "![[b]]",
     ":::note[T]\n\na\n\n:::\n", "::: details b\na\n:::\n", "<b>a</b>", "<div>\na\n</div>\n", "{{< note >}}\na\n{{< /note >}}\n",
     "{% hint %}\na\n{% endhint %}\n", "{{ a }}", "==a==", "%%a%%", "> [!tip]- T\n> a\n", "<Tabs>\n<TabItem value='a'>\nb\n</TabItem>\n</Tabs>\n",
     "++a+b++", "{: .note }\n", "[x]: y\n", "$", "~~~\n", "!!! note\n    a\n", '=== "A"\n\n    b\n']
)  # fmt: skip


@pytest.fixture(scope="module")
def examples() -> list[str]:
    if not _SPECIFICATION.exists():
        if os.environ.get("CI"):
            pytest.fail("CI lacks commonmark-spec: run npm ci")
        pytest.skip("npm ci installs commonmark-spec")
    found = _EXAMPLE.findall(_SPECIFICATION.read_text("utf-8").replace("\u2192", "\t"))
    assert len(found) >= _LEAST
    return found


@pytest.mark.parametrize("name", DIALECTS)
def test_commonmark_stays_as_it_is(name: str, examples: list[str]) -> None:
    own = _OWN.get(name)
    plain = [text for text in examples if not _HTML.search(text) and not (own and own.search(text))]
    assert [text for text in plain if convert(text, DIALECTS[name]).text != text] == []


@pytest.mark.parametrize("name", DIALECTS)
def test_a_converted_example_stays_as_it_is(name: str, examples: list[str]) -> None:
    once = [convert(text, DIALECTS[name]).text for text in examples]
    assert [text for text in once if convert(text, DIALECTS[name]).text != text] == []


@pytest.mark.parametrize("name", sorted({*DIALECTS} - {"mdx", "mkdocs with macros"}))
def test_our_markdown_stays_as_it_is(name: str) -> None:
    assert convert(_PLAIN, DIALECTS[name]) == (_PLAIN, [])


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(_PIECES, max_size=8), dialect=st.sampled_from([*DIALECTS.values()]))
def test_what_was_converted_is_no_longer_of_that_tool(pieces: list[str], dialect: Dialect) -> None:
    once = convert("".join(pieces), dialect).text
    assert convert(once, dialect).text == once


def test_a_page_of_nothing_but_constructs_stays_as_it_is() -> None:
    text = "<b>" * (MAX_TAGS + 1)
    made = convert(text, DIALECTS["mkdocs"])
    assert (made.text == text, made.losses) == (True, [(0, "the page")])


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize(
    "piece",
    ["<div>", "<b", "<a href='", "{", "{{<", "{{< a ", "{% a ", "[[", "![[a", ":::note\n", ":::\n", "```\n", "`", "<!--", "{/*", "> ", ">\n", "<pre>",
     "<td>", "==", "%%", "{: .note }\n", "--8<--\n", "import a from 'b'\n", "export const a = {\n", "- ", "[a](", "<details>"],
)  # fmt: skip
def test_much_of_the_same_ends(name: str, piece: str) -> None:
    """Each is tried in `tests/patterns` for its patterns; here for what stands around them."""
    assert isinstance(convert(piece * 2_000, DIALECTS[name]).text, str)
