"""What is printed, and that there is one way of it."""

from __future__ import annotations

import ast
import io
import json
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import cannery
from cannery.cli import output
from cannery.model.hit import Snippet
from cannery.model.location import Problem
from cannery.serve import client

ROOT = Path(cannery.__file__).parent
EVIL = "a\x1b]0;title\x07b\x1b[31mc\x9b32md\u202ee"

WRITE = ("cli/output.py", "util/terminal.py")
# Where else something is written, and why.
ELSEWHERE = {
    "cli/prompts.py": {"input": "reads a line; its prompt is cleaned"},
    "serve/client.py": {"sys.stdout": "shows what was printed elsewhere", "sys.stderr": "likewise"},
    "cli/progress.py": {"progressbar": "a bar on stderr", "sys.stderr": "likewise"},
    "tui/terminal_guard.py": {
        "os.write": "mends the terminal after a killed program",
        "sys.stderr": "tells the name of a signal",
        "sys.__stderr__": "the terminal that is mended",
    },
    "tui/app.py": {"Console": "cleans what it prints"},
    "tui/dialogs.py": {"prompt": "an option's text in a list"},
    "tui/drawn_lines.py": {"Console": "renders to segments"},
    "start.py": {
        "sys.stdout": "help that is ready",
        "sys.stderr": "errors where nothing is loaded",
    },
    "util/streams.py": {"sys.stdout": "made ready, and flushed", "sys.stderr": "likewise"},
    "liquid/sandbox.py": {"print": "counts what a template prints"},
    "util/lock.py": {"os.write": "into a file"},
    "util/dated_lines.py": {"os.write": "into a file"},
    "clipboard/owner_wayland.py": {"sys.stdout": "a pipe to the process that started it"},
    "clipboard/owner_x11.py": {"sys.stdout": "likewise"},
    "clipboard/with_pyperclip.py": {"sys.stdout": "likewise", "sys.stderr": "likewise"},
}
WRITERS = {
    "print", "input", "Console", "StreamHandler", "os.write", "os.writev", "pprint",
    "sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__", "sys.displayhook",
    "print_exc", "print_exception", "print_tb", "print_stack", "getpass",
    "echo", "secho", "prompt", "confirm", "progressbar", "launch",
}  # fmt: skip
ASKED = {"isatty", "flush", "fileno", "reconfigure"}  # of a stream, and no writing


def writers(tree: ast.AST) -> Iterator[str]:
    """What a module writes with: the names of streams, functions and classes."""
    harmless = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ASKED
    }
    ours = {
        id(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("output", "self")
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in harmless | ours:
            whole = ast.unparse(node)
            yield from {whole, node.attr} & WRITERS
        elif isinstance(node, ast.Name):
            yield from {node.id} & {"print", "input", "Console", "StreamHandler", "pprint"}
        elif isinstance(node, ast.ImportFrom) and node.module in ("sys", "typer", "click", "os"):
            names = {item.name for item in node.names} & {*WRITERS, "stdout", "stderr", "write"}
            yield from names - {"launch"}


def test_only_output_writes() -> None:
    found: dict[str, set[str]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text("utf-8")
        if name not in WRITE and (used := {*writers(ast.parse(text))}):
            found[name] = used - ASKED_OF_STREAMS.get(name, set())
    found = {name: used for name, used in found.items() if used}
    assert found == {name: {*used} for name, used in ELSEWHERE.items()}


# Streams that are handed on, to ask whether they are a terminal or to set them up.
ASKED_OF_STREAMS = {
    "cli/app.py": {"sys.stdout"},
    "util/local.py": {"sys.stdout", "sys.stderr"},
    "cli/commands/history.py": {"sys.stdout"},
    "cli/commands/show.py": {"sys.stdout"},
}


@pytest.mark.parametrize("line", ["print(1)", "sys.stdout.write('')", "typer.echo('')", "os.write(1, b'')",
                                  "Console().print('')", "logging.StreamHandler()", "from sys import stdout",
                                  "typer.confirm('')", "traceback.print_exc()", "sys.stderr.buffer.write(b'')"])  # fmt: skip
def test_the_test_above_sees_who_writes(line: str) -> None:
    assert [*writers(ast.parse(line))]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(what: Callable[[], None]) -> str:
    """What a terminal is sent meanwhile."""
    terminal = _Terminal()
    with redirect_stdout(terminal), redirect_stderr(terminal):
        what()
    return terminal.getvalue()


def test_a_text_is_cleaned_where_colours_are_on_too() -> None:
    assert shown(lambda: output.say(EVIL)) == "abcde\n"
    said = "\x1b[1;31mkb:\x1b[0m abcde\n    abcde\n"
    assert shown(lambda: output.error(EVIL, EVIL)) == said


def test_only_styled_text_has_colours() -> None:
    red = output.style(EVIL, bold=True, fg="red")
    assert shown(lambda: output.say(red, EVIL)) == "\x1b[1;31mabcde\x1b[0mabcde\n"
    cyan = output.style(EVIL, fg="cyan")
    assert shown(lambda: output.note(cyan)) == "\x1b[2;36mabcde\x1b[0m\n"


def test_styled_text_in_another_text_is_its_words() -> None:
    assert shown(lambda: output.say(f"{output.style(EVIL, bold=True)}!")) == "abcde!\n"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_off(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert shown(lambda: output.say(output.style(EVIL, bold=True))) == "abcde\n"


def test_matches_are_told_within_a_cleaned_snippet() -> None:
    snippet = output.highlighted(Snippet("\x1b[2Jone two", ((8, 11),)))
    assert shown(lambda: output.say(snippet)) == "one \x1b[1;33mtwo\x1b[0m\n"


def test_a_rendered_text_keeps_its_colours_and_nothing_else() -> None:
    said = output.rendered(f"\x1b[1ma\x1b[0m\x1b[2J{EVIL}\x1b[36mb\x1b[0m")
    assert shown(lambda: output.say(said)) == (
        "\x1b[1ma\x1b[0mab\x1b[31mcde\x1b[0m\x1b[36mb\x1b[0m\n"
    )


def test_a_program_that_talks_has_its_colours_and_nothing_else() -> None:
    talk = output.Talk()
    assert shown(lambda: print("\x1b[1ma\x1b[0m\x1b[2J\x9d0;x\x07\u202e", file=talk)) == (
        "\x1b[1ma\x1b[0m\n"
    )


def test_a_file_s_name_makes_no_line_of_a_problem_s_own() -> None:
    forged = "a\nkb/macros/hello.md: error: forged"
    told = shown(lambda: output.problems([Problem(forged, 1, "file-name", f"{forged} is bad")]))
    assert told.count("\n") == 1


def test_a_problem_is_told_in_lines_of_its_own() -> None:
    found = [Problem("kb/a\nb\x1b[2J.md", 1, "link", EVIL, EVIL)]
    assert shown(lambda: output.problems(found)) == (
        "kb/a b.md:1: \x1b[31merror\x1b[0m: abcde [link]\n\x1b[2m    abcde\x1b[0m\n"
    )


def test_json_is_lossless_and_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    output.as_json({"text": EVIL})
    out = capsys.readouterr().out
    assert json.loads(out) == {"text": EVIL}
    assert out == ('{\n  "text": "a\\u001b]0;title\\u0007b\\u001b[31mc\\u009b32md\\u202ee"\n}\n')


def test_what_other_programs_take_is_exact_and_a_terminal_gets_it_cleaned(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert shown(lambda: output.payload_bytes(EVIL.encode())) == "abcde"
    assert shown(lambda: output.payload(EVIL)) == "abcde"
    output.payload_bytes(EVIL.encode())
    output.payload(EVIL)
    assert capfdbinary.readouterr().out == EVIL.encode() * 2


@pytest.mark.parametrize("text", ["::add-mask::x", "  ::stop-commands::x", "a ##[add-matcher]x"])
def test_a_runner_of_github_is_given_no_commands(
    text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    output.say(f"first\n{text}")
    output.error("x", text)
    output.as_json([text])
    captured = capsys.readouterr()
    for line in (captured.out + captured.err).splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


def test_a_helper_can_colour_what_it_says_and_no_more() -> None:
    said = f"\x1b[1;31ma\x1b[0m b\x1b[2J{EVIL}\r\x08\t\n"
    assert client.shown(said) == "\x1b[1;31ma\x1b[0m b[2Ja]0;titleb\x1b[31mc32mde\t\n"
