"""Lines of bash, read and quoted; bash itself has the last word on what a quoted name is."""

from __future__ import annotations

import subprocess

import pytest

from cannery.cli.completion.line import Typed, quoted, read_line

BREAKS = " \t\n\"'><=;|&(:@"
NAMES = (
    "a b", "it's", 'dq"x', "$(touch x)", "`touch x`", "star*", "a{b,c}", "a;b", "#h", "~root", "a\\b", "a|b", "a&b",
    "sub[a]", "q?x", "=ls", "返金 の", "%", "a:b=c@d", "^x", "<x>", "-n",
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kb show re", Typed(["kb", "show"], "re")),
        ("kb show ", Typed(["kb", "show"])),
        ("kb find tag:ne", Typed(["kb", "find"], "tag:ne", 4)),
        ("kb find --lang=j", Typed(["kb", "find"], "--lang=j", 7)),
        ("kb find a\\:b", Typed(["kb", "find"], "a:b")),
        ("kb find 'tag:ne", Typed(["kb", "find"], "tag:ne", 0, "'")),
        ('kb find tag:"two w', Typed(["kb", "find"], "tag:two w", 4, '"')),
        ("kb find 'a b'c", Typed(["kb", "find"], "a bc")),
        ('kb find "a\\$b\\c', Typed(["kb", "find"], "a$b\\c", 0, '"')),
        ("kb find a\\ b '' c", Typed(["kb", "find", "a b", ""], "c")),
        ("kb find x >out y", Typed(["kb", "find", "x"], "y")),
        ("kb find x 2> o", Typed(["kb", "find", "x"], "o", is_redirected=True)),
        ("kb find x\\", Typed(["kb", "find"], "x")),
    ],
)
def test_a_line_is_read_as_bash_reads_it(line: str, expected: Typed) -> None:
    assert read_line(line, BREAKS) == expected


@pytest.mark.parametrize("quote", ["", "'", '"'])
@pytest.mark.needs("bash")
def test_a_quoted_name_is_that_name_to_bash(quote: str) -> None:
    words = " ".join(f"{quote}{quoted(name, quote)}{quote}" for name in NAMES)
    done = subprocess.run(
        ["bash", "-c", f"printf '%s\\0' {words}"], capture_output=True, check=True
    )
    assert tuple(done.stdout.decode().split("\0")[:-1]) == NAMES


def test_no_name_is_offered_that_double_quotes_would_expand() -> None:
    assert quoted("a!b", '"') is None
    assert quoted("a!b", "") == "a\\!b"
