"""What the picker takes from a key to what it finds on the screen, and to start.

python tests/benchmarks/picker.py KNOWLEDGE_BASE [--runs 15]
python tests/benchmarks/picker.py KNOWLEDGE_BASE --form refund

With `--form` it opens the form of a macro instead, types into each of its lines, and tells the
processor time that a key takes, of all threads, at a quick typist's pace.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import time
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

from textual import events

from cannery.cli.commands.edit import edit_file
from cannery.tui.app import Picker
from cannery.tui.controls import FieldRow
from cannery.tui.finder import Finder
from cannery.tui.items import Results, Search
from cannery.tui.text_inputs import SearchInput
from cannery.workspace import open_workspace

_WORDS = (
    "proxy certificate", "メモリ確保 エラー", "docker build cache", "ログイン できない",
    "kubernetes ingress timeout", "バックアップ 復元", "merge conflict rebase", "証明書 期限切れ",
)  # fmt: skip
_TYPED = "2026x" * 4  # into each line of a form
_BETWEEN = 0.12  # seconds from one answer to the next key: a quick typist
_EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("Search")
Empty().run()
"""


class _Timed(Finder):
    """Tells when what was found for some words stands on the screen."""

    seen: tuple[str, float] = ("", 0.0)

    def show_results(self, results: Results, search: Search) -> None:
        super().show_results(results, search)
        self.call_after_refresh(self._note, search.words)

    def _note(self, words: str) -> None:
        self.seen = (words, time.perf_counter())


async def _keys(root: Path, size: tuple[int, int]) -> list[float]:
    """Milliseconds from each key to the repaint with what it finds."""
    picker = Picker(open_workspace(root), {}, edit_file)
    picker.finder = finder = _Timed(picker.finder.services, "", picker.open_form)
    taken: list[float] = []
    async with picker.run_test(size=size) as pilot:
        await pilot.pause(3)  # the index is open by then
        for words in _WORDS:
            finder.query_one(SearchInput).value = ""
            await asyncio.sleep(0.3)
            for letter in words:
                key = {" ": "space"}.get(letter, letter)
                begun = time.perf_counter()
                picker.post_message(events.Key(key, letter))
                while (  # noqa: ASYNC110 - looks as a terminal does
                    finder.seen[1] < begun
                    or finder.seen[0] != finder.query_one(SearchInput).value.strip()
                ):
                    await asyncio.sleep(0.0005)
                taken.append((finder.seen[1] - begun) * 1000)
                await asyncio.sleep(_BETWEEN)
    picker.worker.end()
    return sorted(taken)


async def _form_keys(root: Path, macro: str) -> float:
    """Milliseconds of processor time for a key in the macro's form."""
    picker = Picker(open_workspace(root), {}, edit_file, macro)
    count, spent = 0, 0.0
    async with picker.run_test(size=(120, 50)) as pilot:
        await pilot.pause(3)  # the index is open by then
        await pilot.press("enter")
        await pilot.pause(1)
        fields = [*picker.screen.query(FieldRow)]
        for field in fields:
            picker.screen.set_focus(field.query("Input").first())
            for letter in _TYPED:
                begun = time.process_time()
                picker.post_message(events.Key(letter, letter))
                await asyncio.sleep(_BETWEEN)  # the reply is up to date long before
                spent += time.process_time() - begun
                count += 1
    picker.worker.end()
    return spent / count * 1000


def _start(command: list[str], root: Path) -> float:
    """Seconds until `Search` (its S under the cursor) stands on a terminal of its own."""
    begun = time.perf_counter()
    child, terminal = pty.fork()
    if not child:
        os.chdir(root)
        os.environ["TERM"] = "xterm-256color"
        os.execvp(command[0], command)  # noqa: S606
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    while b"earch" not in seen:
        if not select.select([terminal], [], [], 20)[0]:
            raise TimeoutError(seen[-500:])
        seen += os.read(terminal, 65_536)
    taken = time.perf_counter() - begun
    os.kill(child, signal.SIGTERM)
    while True:
        try:
            if not os.read(terminal, 65_536):
                break
        except OSError:  # Linux says so at the end
            break
    os.close(terminal)
    os.waitpid(child, 0)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--form", default="", metavar="MACRO")
    options = parser.parse_args()
    if options.form:
        spent = asyncio.run(_form_keys(options.base, options.form))
        sys.stdout.write(f"{spent:.1f} ms of processor time for a key in {options.form}\n")
        return
    for size in ((80, 24), (200, 60)):
        taken = asyncio.run(_keys(options.base, size))
        p95 = taken[int(len(taken) * 0.95)]
        sys.stdout.write(
            f"{size[0]}x{size[1]}: {len(taken)} keys, median {statistics.median(taken):.1f} ms, "
            f"p95 {p95:.1f} ms, slowest {taken[-1]:.1f} ms\n"
        )
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(_EMPTY)
        commands = {
            "empty": [sys.executable, str(empty)],
            "kb": [str(Path(sys.executable).with_name("kb"))],
        }
        found: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(options.runs):
            for name, command in commands.items():
                found[name].append(_start(command, options.base))
    medians = {name: statistics.median(values) for name, values in found.items()}
    ratio = statistics.median(k / e for k, e in zip(found["kb"], found["empty"], strict=True))
    sys.stdout.write(
        f"first frame: empty Textual app {medians['empty'] * 1000:.0f} ms, "
        f"kb {medians['kb'] * 1000:.0f} ms, ratio {ratio:.2f}\n"
    )


if __name__ == "__main__":
    main()
