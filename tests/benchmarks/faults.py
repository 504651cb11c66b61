"""What becomes of a search when things go wrong. See README.md beside this file.

Every answer is compared with what the files say; a traceback, a bug report or a wrong answer counts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

KB = [sys.executable, "-m", "cannery"]
FILES, WORDS = 300, 60
_RANDOM = random.Random(20)  # noqa: S311 - the same faults in each run


@dataclass
class Bench:
    """A knowledge base, and what has gone wrong with it."""

    place: Path
    faults: list[str] = field(default_factory=list)
    tries: int = 0

    @property
    def cache(self) -> Path:
        return self.place / "cache"

    @property
    def root(self) -> Path:
        return self.place / "base"

    @property
    def environment(self) -> dict[str, str]:
        kept = {"XDG_CACHE_HOME": str(self.cache), "XDG_STATE_HOME": str(self.place / "state")}
        return {**os.environ, "KB_NO_HELPER": "1", "TMPDIR": str(self.place / "tmp"), **kept}

    def index_files(self) -> list[Path]:
        return sorted(path for path in self.cache.rglob("*") if path.is_file())

    def write(self, number: int) -> None:
        """Write a file of random words, at once for who reads it."""
        words = " ".join(f"w{_RANDOM.randrange(WORDS)}x" for _ in range(12))
        target = self.root / "kb" / "articles" / f"a{number}.md"
        fresh = target.with_suffix(f".{threading.get_ident()}")  # two write at once
        fresh.write_text(f"# Page {number}\n\nalways {words} 返金の手順{number % 7}番\n")
        fresh.replace(target)

    def command(self, word: str) -> list[str]:
        return [*KB, "find", word, "--json", "--limit", "1000"]

    def check(self, what: str, word: str = "", **more: object) -> None:
        """Search once, and compare with the files."""
        self.tries += 1
        word = word or f"w{_RANDOM.randrange(WORDS)}x"
        done = subprocess.run(
            self.command(word), cwd=self.root, env=self.environment, capture_output=True, check=False,
            **more,  # type: ignore[call-overload]
        )  # fmt: skip
        said = done.stderr.decode()
        refused = done.returncode == 1 and ("no space" in said or "can't be written" in said)
        if "Traceback" in said or done.returncode not in (0, 1):
            self.faults.append(f"{what}: exit {done.returncode}: {said[-300:]}")
        elif not (refused and more):
            found = {hit["path"] for hit in json.loads(done.stdout or "[]")}
            if found != self.expected(word):
                missing = self.expected(word) ^ found
                self.faults.append(f"{what}: {word}: {len(found)} found, off by {len(missing)}")

    def expected(self, word: str) -> set[str]:
        files = (self.root / "kb" / "articles").glob("*.md")
        return {f"kb/articles/{path.name}" for path in files if word in path.read_text().split()}

    def forget(self) -> None:
        shutil.rmtree(self.cache, ignore_errors=True)


def killed(bench: Bench, rounds: int) -> None:
    """SIGKILL at a random moment of a build, and of an update."""
    for update in (False, True):
        times = []
        for number in range(rounds // 2 + 1):
            if update:
                for _ in range(30):
                    bench.write(_RANDOM.randrange(FILES))
            else:
                bench.forget()
            start = time.perf_counter()
            process = subprocess.Popen(
                bench.command("always"), cwd=bench.root, env=bench.environment,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            if not number:  # the first one tells how long it takes
                process.wait()
                times.append(time.perf_counter() - start)
                continue
            time.sleep(_RANDOM.uniform(0.05, times[0]))
            process.send_signal(signal.SIGKILL)
            process.wait()
            bench.check("after a kill")


def crowded(bench: Bench, seconds: float) -> None:
    """Eight search while two write."""
    end = time.monotonic() + seconds

    def search(_: int) -> None:
        while time.monotonic() < end:
            bench.check("in a crowd", "always")

    def write(_: int) -> None:
        while time.monotonic() < end:
            bench.write(_RANDOM.randrange(FILES))
            time.sleep(0.02)

    with ThreadPoolExecutor(10) as pool:
        jobs = [pool.submit(search, number) for number in range(8)]
        jobs += [pool.submit(write, number) for number in range(2)]
        for job in jobs:
            job.result()
    for _ in range(5):
        bench.check("after the crowd")


def corrupted(bench: Bench, rounds: int) -> None:
    """Each file of the index in turn: emptied, cut, filled with holes, gone, a bit turned."""
    for _ in range(rounds):
        for spoil in _SPOILS:
            bench.check("sound")
            for name in [path.name for path in bench.index_files()]:
                paths = [path for path in bench.index_files() if _role(path.name) == _role(name)]
                for path in paths[:1]:
                    spoil(path)
                    bench.check(f"{spoil.__name__} {_role(name)}")


def _role(name: str) -> str:
    """What a file of the index is for: names have a random part."""
    return name.split(".", 1)[-1] if "." in name else name.split("-", 1)[0]


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def holed(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(b"".join(data[at : at + 90] + bytes(10) for at in range(0, len(data), 100)))


def gone(path: Path) -> None:
    path.unlink()


def turned(path: Path) -> None:
    data = bytearray(path.read_bytes())
    if data:
        data[_RANDOM.randrange(len(data))] ^= 1 << _RANDOM.randrange(8)
        path.write_bytes(data)


_SPOILS: tuple[Callable[[Path], None], ...] = (emptied, cut, holed, gone, turned)


def read_only(bench: Bench, rounds: int) -> None:
    """A cache folder that can't be written: with an index, with an old one, with none."""
    bench.check("before")
    for number in range(rounds):
        with _unwritable(bench.cache):
            bench.check("read-only")
            bench.write(number)
            bench.check("read-only, changed")
    bench.forget()
    bench.cache.mkdir()
    with _unwritable(bench.cache):
        bench.check("read-only, no index")


def full(bench: Bench, rounds: int) -> None:
    """No room: no file of this process may grow beyond a size. Then no room on a real disk."""
    bench.check("before")
    largest = max(path.stat().st_size for path in bench.index_files())
    for number in range(rounds):
        limit = largest * number // rounds
        bench.forget()

        def small(limit: int = limit) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        bench.check("no room for a build", preexec_fn=small)
        bench.check("room again")
        bench.write(number)
        bench.check("no room for an update", preexec_fn=small)
        bench.check("room again")
    if os.geteuid() == 0:
        bench.forget()
        bench.cache.mkdir()
        for size in range(40, 400, 40):
            options = ["-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(bench.cache)]
            if subprocess.run(["mount", *options], check=False, capture_output=True).returncode:
                break
            bench.check("a full disk")
            bench.write(size)
            bench.check("a full disk, changed")
            subprocess.run(["umount", str(bench.cache)], check=True)


class _unwritable:  # noqa: N801 - used like a function
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        if os.geteuid() == 0:
            subprocess.run(["mount", "--bind", self._folder, self._folder], check=True)
            subprocess.run(["mount", "-o", "remount,ro,bind", self._folder], check=True)
        else:
            _modes(self._folder, 0o500)

    def __exit__(self, *_: object) -> None:
        if os.geteuid() == 0:
            subprocess.run(["umount", self._folder], check=True)
        else:
            _modes(self._folder, 0o700)


def _modes(folder: Path, mode: int) -> None:
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(mode)


def _benches(folder: Path) -> Iterator[Bench]:
    for number in range(99):
        bench = Bench(folder / str(number))
        for place in (bench.root / "kb" / "articles", bench.cache, bench.place / "tmp"):
            place.mkdir(parents=True)
        (bench.root / "kb" / "kb.toml").touch()
        for file in range(FILES):
            bench.write(file)
        yield bench


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of it")
    scale = 10 if parser.parse_args().quick else 1
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        benches = _benches(Path(folder))
        for act, amount in (
            (killed, 100),
            (crowded, 60),
            (corrupted, 3),
            (read_only, 10),
            (full, 20),
        ):
            bench = next(benches)
            act(bench, max(amount // scale, 1))
            sys.stdout.write(
                f"{act.__name__:<12} {bench.tries:>6} searches {len(bench.faults):>4} faults\n"
            )
            sys.stdout.write("".join(f"    {fault}\n" for fault in bench.faults[:20]))
            sys.stdout.flush()
            failed |= bool(bench.faults)
    sys.exit(failed)


if __name__ == "__main__":
    main()
