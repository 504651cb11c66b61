from __future__ import annotations

import pytest
from tests.conftest import Base, Run

from cannery.operations.check import check

HEAD = "---\ntitle: A\n---\n"


def _found(base: Base) -> list[tuple[int, str]]:
    return [(item.line, item.message) for item in check(base.workspace).problems]


@pytest.mark.parametrize(
    ("body", "line", "count"),
    [
        ("Kind regards,\nKim\n", 4, "a line break "),
        ("・一\n・二\n・三\n", 4, "2 line breaks"),
        ("x\n\n> 上の行\n> 下の行\n", 6, "a line break "),
        ("{% render 'p' %}\nThanks\n", 4, "a line break "),
        ("Kind\rregards,\r\n\r\nKim\nTeam", 4, "2 line breaks"),
    ],
)
def test_a_macro_whose_lines_run_together_is_told(
    base: Base, body: str, line: int, count: str
) -> None:
    base.write("macros/_parts/p.md", "Hello\n")
    base.write("macros/a.md", HEAD + body)
    ((number, message),) = _found(base)
    assert number == line
    assert message.startswith(count)
    base.write("kb.toml", "format = 2\n")
    assert _found(base) == []


@pytest.mark.parametrize(
    "body",
    [
        "Kind regards,\\\nKim  \nTeam\n", "- a\n- b\n", "1. a\n2. b\n", "```\na\nb\n```\n", "| a |\n|--|\n| b |\n",
        "{% if true %}\nHello\n{% endif %}\nyou\n", "a\n{%- if true %} b{% endif -%}\nc\n", "1. a\n{% if true %}2. b\n{% else %}2. c\n{% endif %}",
    ],
)  # fmt: skip
def test_lines_that_stay_lines_are_left_alone(base: Base, body: str) -> None:
    base.write("macros/a.md", HEAD + body)
    base.write("articles/a.md", "---\ntitle: B\n---\nWrapped\nhere.\n")
    assert _found(base) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We look\ninto it.\n\nBest,\nKim\n", "We look into it.\n\nBest, Kim\n"),
        ("調べて\nおります。\n**次**\nは a\nです\n", "調べております。**次**は a です\n"),
        ("> - a \n>   b\n> c\r\nd\n", "> - a b c d\n"),
        ("{{ b }}\n様\n{% if b %}x\ny{% endif %}\n", "{{ b }} 様 {% if b %}x y{% endif %}\n"),
    ],
)
def test_a_fix_keeps_the_reply_as_it_was(base: Base, kb: Run, before: str, after: str) -> None:
    base.write("macros/a.md", HEAD + before)
    given = ("-s", "b=B") if "{{ b }}" in before else ()
    reply = ("reply", "macros/a", *given, "--print", "-f", "text")
    known = kb(*reply).out
    kb("check", "--fix")
    path = base.root / "kb" / "macros" / "a.md"
    assert path.read_bytes().decode() == HEAD + after
    assert kb(*reply).out == known
    base.write("kb.toml", "format = 2\n")
    assert kb(*reply).out == known
