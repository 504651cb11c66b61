"""Record the README's picture from the real program: `xvfb-run python .ci/record.py`."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

import pexpect
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parents[1]
SCENES = (
    ("kb find 返金 --kind macro --lang ja --limit 2", ()),
    (
        "kb reply refund --lang ja --set customer=田中",
        ("2", "INV-2041", "24,500 円", "", "利用期間が 11 か月を超えているため"),
    ),
)


# What a first search says once: readers would take it for what each one says.
PASSING = "Indexing"


def play(command: str, answers: tuple[str, ...], home: str) -> str:
    """What a terminal shows while somebody runs the command and answers."""
    env = {**os.environ, "XDG_CACHE_HOME": home, "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home}
    arguments = ["-c", command.replace("kb ", f"{sys.executable} -m cannery ", 1)]
    child = pexpect.spawn(
        "bash", arguments, cwd=ROOT, env=env, encoding="utf-8", dimensions=(50, 92)
    )
    shown = ""
    for answer in answers:
        child.expect(r"\w+: ")
        shown += child.before + child.after
        child.sendline(answer)
    child.expect(pexpect.EOF)
    return left_standing(re.sub(r"\x1b\[\?\d+[hl]", "", shown + child.before))


def left_standing(text: str) -> str:
    """What of a terminal's lines is there in the end: a bar is drawn over itself."""
    return re.sub(r"[^\n]*\r(?!\n)", "", re.sub(r"\r+\n", "\n", text)).replace("\r", "")


def main() -> None:
    with tempfile.TemporaryDirectory() as home, Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=92, file=nowhere)
        play("kb find 返金", (), home)  # makes the index
        for command, answers in SCENES:
            console.print(Text(f"$ {command}", style="bold"))
            console.print(Text.from_ansi(play(command, answers, home)))
    # No fonts from elsewhere: the reader's own will do.
    template = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    svg = console.export_svg(title="kb", theme=MONOKAI, code_format=template, unique_id="kb")
    # The lengths count letters, not columns: Japanese would be squeezed to half its width.
    svg = re.sub(r' textLength="[^"]*"', "", svg).replace("Fira Code", "monospace")
    if PASSING in svg:
        sys.exit(f"the picture shows {PASSING!r}: the index was not there yet")
    (ROOT / ".github" / "kb.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
