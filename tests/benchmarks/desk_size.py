"""How long `kb desk diff` takes with 5,000 macros and 10,000 articles, and in how many requests.

    python tests/benchmarks/desk_size.py [--macros 5000] [--articles 10000] [--profile FILE]

All have a translation. They are pushed once to a Zendesk on loopback, and then compared: as they
are, after one change on each side, and with nothing kept of the time before.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.desks.zendesk.fake import FakeZendesk  # noqa: E402

_PAGE = 100
_WORDS = "refund order parcel invoice account password screen printer delivery address".split()  # noqa: SIM905


class Run(NamedTuple):
    """What a command took: seconds by the clock and of the processor, megabytes, requests.

    `server` are the seconds of the processor that the desk took meanwhile.
    """

    seconds: float
    cpu: float
    server: float
    memory: float
    requests: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--macros", type=int, default=5000)
    parser.add_argument("--articles", type=int, default=10000)
    parser.add_argument("--profile", default="")
    args = parser.parse_args()
    fake = FakeZendesk()
    fake.oauth.lasts = 1_000_000
    fake.start()
    with tempfile.TemporaryDirectory() as folder:
        measure(fake, Path(folder), args)
    fake.stop()


def measure(fake: FakeZendesk, folder: Path, args: argparse.Namespace) -> None:
    base = Base(folder, fake)
    base.write_entries(args.macros, args.articles)
    report("kb desk push, all", base.run("push", "zendesk", "--yes"))
    needed = -(-args.macros // _PAGE) + -(-args.articles // _PAGE)
    say(f"rows: {len(fake.macros.rows)} macros, {len(fake.dynamic.rows)} texts, {len(fake.articles.rows)} articles")  # fmt: skip
    say(f"pages: {needed}, and {-(-len(fake.dynamic.rows) // _PAGE)} of dynamic content")
    report("kb desk diff, nothing changed", base.run("diff", "zendesk"))
    base.show_requests()
    base.change()
    report("kb desk diff, one changed on each side", base.run("diff", "zendesk"))
    shutil.rmtree(folder / "home/cache", ignore_errors=True)
    report("kb desk diff, no cache", base.run("diff", "zendesk"))
    if args.profile:
        base.run("diff", "zendesk", profile=args.profile)
    report("kb desk push, one change", base.run("push", "zendesk", "--yes"))


class Base:
    """A knowledge base in a folder, whose user is a program that is signed in."""

    def __init__(self, folder: Path, fake: FakeZendesk) -> None:
        self.folder = folder
        self.root = folder / "base"
        self._fake = fake
        self._seen = 0
        home = folder / "home"
        self._environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("XDG_")},
            "HOME": str(home),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "KB_NO_HELPER": "1",
            "CANNERY_DESK_ZENDESK_ADDRESS": fake.address,
            "CANNERY_DESK_ZENDESK_CLIENT_ID": "cannery-ci",
            "CANNERY_DESK_ZENDESK_CLIENT_SECRET": "s3cret",
            **{f"GIT_{who}_{what}": "bench@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }  # fmt: skip

    def write_entries(self, macros: int, articles: int) -> None:
        group = self._fake.guide.permission_group
        desk = f'[desks.zendesk]\naddress = "{self._fake.address}"\narticles = ["articles"]\npermission_group = "{group}"\n'  # fmt: skip
        head = 'name = "Size"\nsite_url = "https://help.example.com"\nlanguages = ["en", "ja"]\n'
        self._write("kb.toml", f"{head}\n{desk}")
        for number in range(macros):
            self._write(f"macros/{_section(number)}/m{number}.md", _macro(number))
            self._write(f"macros/{_section(number)}/m{number}.ja.md", _macro(number, "マクロ"))
        for number in range(articles):
            self._write(f"articles/{_section(number)}/a{number}.md", _article(number))
            self._write(f"articles/{_section(number)}/a{number}.ja.md", _article(number, "記事"))
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
            subprocess.run(["git", *command], cwd=self.root, env=self._environment, check=True)

    def change(self) -> None:
        """One macro here, one there."""
        path = self.root / f"kb/macros/{_section(3)}/m3.md"
        path.write_text(path.read_text() + "\nOne line more.\n")
        row = self._fake.macros.rows[-1]
        self._fake.store.change(row, {"title": row["title"] + " (new)"})

    def run(self, *arguments: str, profile: str = "") -> Run:
        """`kb desk` with these arguments; its last lines are told."""
        self._seen = len(self._fake.asked)
        how = ["-m", "cProfile", "-o", profile] if profile else []
        command = [sys.executable, *how, "-m", "cannery", "desk", *arguments]
        start, server = time.perf_counter(), time.process_time()
        done = subprocess.Popen(command, cwd=self.root, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
        assert done.stdout
        output = done.stdout.read().decode()
        _, _, used = os.wait4(done.pid, 0)
        seconds = time.perf_counter() - start
        say("  | " + "\n  | ".join(output.splitlines()[-4:]))
        return Run(seconds, used.ru_utime + used.ru_stime, time.process_time() - server, used.ru_maxrss / 1024, len(self._fake.asked) - self._seen)  # fmt: skip

    def show_requests(self) -> None:
        lines = Counter(line.rstrip("0123456789") for line in self._fake.lines[self._seen :])
        for line, count in lines.most_common(12):
            say(f"    {count:5} {line}")

    def _write(self, path: str, text: str) -> None:
        target = self.root / "kb" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)


def _section(number: int) -> str:
    return f"s{number % 40}"


def _macro(number: int, word: str = "Macro") -> str:
    words = " ".join(_WORDS[(number + at) % len(_WORDS)] for at in range(30))
    return (
        f"---\ntitle: {word} {number}\nactions:\n  add_tags: [t{number % 7}]\n  status: solved\n---\n"
        f"Hello {{{{ ticket.requester.name }}}},\n\n{word} **{number}**: {words}.\n\n- one\n- two\n\n{words}\n"
    )


def _article(number: int, word: str = "Article") -> str:
    words = " ".join(_WORDS[(number + at) % len(_WORDS)] for at in range(60))
    return (
        f"---\ntitle: {word} {number}\naudience: public\ntags: [t{number % 9}, all]\n---\n"
        f"{word} {number}: {words}.\n\n## Steps\n\n1. {words}\n2. **{words}**\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n> {words}\n"
    )


def report(what: str, run: Run) -> None:
    say(f"{what}: {run.seconds:.1f} s ({run.cpu:.1f} s of the processor, and {run.server:.1f} s of the desk's), {run.memory:.0f} MB, {run.requests} requests")  # fmt: skip


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
