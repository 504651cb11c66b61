"""What our site would show raw is counted, and code is not."""

from __future__ import annotations

import pytest

from cannery.adopt.constructs import occurrences


@pytest.mark.parametrize(
    ("body", "name", "times"),
    [
        ("{{< note >}}\nx\n{{< /note >}}\n{{% tip %}}", "shortcode", 2),
        ("{% hint style='info' %}\nx\n{% endhint %}", "tag", 2),
        ("Version {{ site.version }}.", "variable", 1),
        ('import Tabs from "@theme/Tabs";\n\nexport const a = 1;', "import", 2),
        ('<Tabs>\n<TabItem value="a">x</TabItem>\n</Tabs>', "component", 2),
        (":::note\nx\n:::", "container", 1),
        ("See [[Other note|this]].", "wikilink", 1),
        ("![[picture.png]]", "embed", 1),
        ('--8<-- "parts/a.md"', "snippet", 1),
        ("<!--@include: ./part.md-->", "include", 1),
        ("[x](y){: target=_blank}", "attributes", 1),
    ],
)
def test_a_construct_is_counted(body: str, name: str, times: int) -> None:
    assert occurrences(body) == {name: times}


@pytest.mark.parametrize(
    "body",
    [
        "```\n{{< note >}}\n```",
        "Write `{{< note >}}`.",
        "a < B, 1{2",
        "import is what customs does",
    ],
)
def test_code_and_text_are_none(body: str) -> None:
    assert occurrences(body) == {}
