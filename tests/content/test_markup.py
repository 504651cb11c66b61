from __future__ import annotations

import pytest

from cannery.content.markup import is_active_address, markup


def _told(body: str, *, active: bool) -> list[tuple[int, str]]:
    return [(item.line, item.what) for item in markup(body) if item.is_active is active]


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("<script>x()</script>", 1, "<script>"),
        ("a\nb <SCRIPT src=//e.test/x.js></SCRIPT>", 2, "<script>"),
        ("- item\n\n    <script>x()</script>", 3, "<script>"),
        ("> quoted <iframe src=x></iframe>", 1, "<iframe>"),
        ("| a |\n| - |\n| <object data=x> |", 3, "<object>"),
        ("<img src=x onerror=x()>", 1, "<img onerror=>"),
        ("<b\nonmouseover = 'x()'>b</b>", 1, "<b onmouseover=>"),
        ("<x/onclick=x()>", 1, "<x onclick=>"),
        ("<svg><animate onbegin=x()></svg>", 1, "<animate onbegin=>"),
        ("<a href=javascript:x()>a</a>", 1, "<a> with a script address"),
        ("<math><a xlink:href='java&Tab;script:x()'>", 1, "<a> with a script address"),
        ("<form action=/steal>", 1, "<form>"),
        ("<meta http-equiv=refresh content='0;url=//e.test'>", 1, "<meta>"),
        ("<base href=//e.test>", 1, "<base>"),
        ("<p style='background: url(//e.test/x)'>", 1, "<p style=>"),
        ("<style>p {}</style>", 1, "<style>"),
        ("[a](javascript:x())", 1, "javascript:x("),
        ("[a](java\tscript:x)", 1, "java\tscript:x"),
        ("[a]( <JaVaScRiPt:x> 'title')", 1, "JaVaScRiPt:x"),
        ("[a](&#106;avascript:x)", 1, "javascript:x"),
        ("[a](java&#10;script:x)", 1, "java%0Ascript:x"),
        ("a\n![a](vbscript:x)", 2, "vbscript:x"),
        ("[a](data:text/html;base64,PHNj)", 1, "data:text/html;base64,PHNj"),
        ("[a]\n\n[a]: javascript:x", 3, "javascript:x"),
        ("![<img src=x onerror=x()>](a.png)", 1, "<img onerror=>"),
        ("## A heading <script>", 1, "<script>"),
        ('## A heading {#x onclick="x()"}', 1, "onclick="),
        ("text {: .a onfocus='x()' }", 1, "onfocus="),
        ('``` {.sh #a"><script>x()</script> }\na\n```', 1, "<script>"),
        ("a\n\n~~~ {.sh onclick='x()'}\na\n~~~", 3, "onclick="),
        ('```sh title="<iframe src=x>"\na\n```', 1, "<iframe>"),
        ('!!! note "<script>"\n    a', 1, "<script>"),
        ("!!! note\n\n    a\n\n    <script>", 5, "<script>"),
        ('=== "Tab"\n\n    !!! note\n\n        <script>', 5, "<script>"),
    ],
)  # fmt: skip
def test_what_would_run_is_told_with_its_line(body: str, line: int, what: str) -> None:
    assert (line, what) in _told(body, active=True)


@pytest.mark.parametrize(
    "body",
    [
        "`<script>x()</script>`",
        "``a ` <script>``",
        "```html\n<script>x()</script>\n```",
        "    <script>indented()</script>",
        "- item\n\n  ```\n  <img src=x onerror=x()>\n  ```",
        "!!! note\n\n    ```\n    <script>\n    ```",
        "&lt;script&gt; and \\<script>",
        "<!-- <script>x()</script> -->",
        "<!--\n\n<script>x()</script>\n\n-->",
        "<https://e.test> <a@e.test> a < b > c <br",
        "javascript: is a scheme, and onclick=x a handler",
        "Use <NAME> and <your-token> as in <pod>.",
        '## A place <a id="x"></a> and <a name=y></a>',
        "[a](https://e.test/?javascript:x) [b](mailto:a@e.test) [c](#data:x) [d](x/a:b.md)",
        "![a](data:image/png;base64,AAAA)",
    ],
)
def test_code_and_text_are_no_markup_that_runs(body: str) -> None:
    assert _told(body, active=True) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Press <kbd>F12</kbd>\nand <center>", [(2, "<center>")]),
        ("Press <kbd class=x>F12</kbd>", [(1, "<kbd>")]),
        ("[a](slack://channel)", [(1, "an address that starts with slack:")]),
        ("<NAME> <br/> <hr/> `<b>` \\<b> &lt;b&gt;", [(1, "<hr>")]),
        ('<a id="x"></a>', []),
        ("<!-- <b> -->", []),
    ],
)
def test_other_tags_are_told_as_what_nobody_makes_anything_of(
    body: str, told: list[tuple[int, str]]
) -> None:
    assert _told(body, active=False) == told


def test_the_few_elements_that_a_text_may_have_are_none_of_them() -> None:
    assert [*markup("<kbd>F12</kbd><br>")] == []


@pytest.mark.parametrize(
    ("address", "runs"),
    [
        ("javascript:x", True), (" \x01Java\tScript\n:x", True), ("java%0ascript:x", True), ("&#x6a;avascript&colon;x", True),
        ("data:text/html,x", True), ("data:image/svg+xml,x", True), ("vbscript:x", True), ("blob:x", True),
        ("https://e.test/javascript:x", False), ("javascript", False), ("#javascript:x", False), ("data:image/png;base64,x", False),
        ("//e.test", False), ("javascript%3Ax", False),
    ],
)  # fmt: skip
def test_an_address_that_runs_is_known_however_it_is_written(address: str, runs: bool) -> None:
    assert is_active_address(address) is runs


@pytest.mark.parametrize(
    "piece", ['<a "', "<a '", "[a](", "[a]:", "{: ", "<!--", "![", "](<", "<b x=", "!!! "]
)
def test_looking_costs_no_more_than_the_text_is_long(piece: str) -> None:
    for body in (piece * 4_000, f"{piece}\n" * 4_000, f"<b>{piece}" + " " * 50_000):
        assert len([*markup(body)]) <= 8_001
