"""What a million tickets cost: import, a day more, and figures, beside DuckDB and pandas.

python -m tests.benchmarks.insight_size [--tickets 1000000] [--rounds 3] [--folder FOLDER]

Each step is a process of its own, in turns with those of the peers; the figures that all three
tell are compared. `--folder` keeps the files for the next time.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tests.benchmarks import insight_peers, insight_tickets

from cannery.insight import store
from cannery.insight.engine import SqliteEngine
from cannery.insight.fact import Frame
from cannery.insight.families import summed, timed
from cannery.insight.look import Cut
from cannery.insight.periods import week_number
from cannery.insight.ticket_report import prepared
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord
from cannery.operations.insight_store import KEY, events
from cannery.workspace import open_workspace

_FIRST_WEEK = week_number(date(1970, 1, 5))
_ROOT = Path(__file__).parents[2]


class Spent(NamedTuple):
    """What a process took: seconds on the clock and of the processor, and its greatest memory."""

    seconds: float
    processor: float
    megabytes: float


def records(folder: Path) -> Iterator[TicketRecord]:
    """The tickets of `ticket.csv` and `event.csv`, which are in one order."""
    with (folder / "ticket.csv").open() as tickets, (folder / "event.csv").open() as happened:
        rows = csv.reader(happened)
        next(rows)
        by_ticket = groupby(rows, key=lambda row: row[0])
        for ticket, (name, steps) in zip(csv.DictReader(tickets), by_ticket, strict=True):
            told = {key: ticket[key] for key in insight_tickets.ATTRIBUTES}
            yield TicketRecord(name, [_event(row) for row in steps], told)


_KINDS = {str(int(kind)): kind for kind in EventKind}


def _event(row: Sequence[str]) -> TicketEvent:
    _, at, kind, detail, actor, value = row
    return TicketEvent(int(at), _KINDS[kind], actor, detail, float(value) if value else None)


def own_import(folder: Path, base: Path) -> None:
    workspace = open_workspace(base)
    with events(workspace) as database:
        key = store.local_key(workspace.state / KEY)
        store.add(database, "desk", records(folder), key)


def own_figures(_: Path, base: Path) -> insight_peers.Told:
    """What the peers tell as well: by week and section, and over all."""
    cuts = {"all": Cut(), "week": Cut(unit="week"), "section": Cut("section")}
    with events(open_workspace(base)) as database:
        [(end,)] = database.execute("SELECT max(at) + 1 FROM event").fetchall()
        look = prepared(SqliteEngine(database), Frame(end, 7), ZoneInfo("UTC"))
        found: dict[str, dict[str, Any]] = {}
        for family in (summed, timed):
            family.prepare(look)
            for cut, asked in cuts.items():
                for measure, groups in family.figures(look, asked).items():
                    told = {
                        _key(cut, key): [figure.value, figure.n] for key, figure in groups.items()
                    }
                    found.setdefault(measure, {})[cut] = {
                        key: pair for key, pair in told.items() if pair[1]
                    }
        return found


def _key(cut: str, key: Sequence[object]) -> str:
    if cut == "week":
        return str(int(str(key[0])) - _FIRST_WEEK) if key[0] is not None else ""
    return str(key[0]) if key else ""


_OWN = {"import": own_import, "day": own_import, "figures": own_figures}


def _steps(folder: Path, base: Path) -> Mapping[str, Sequence[str]]:
    """The commands by their names, in their order."""
    kb = (sys.executable, "-m", "cannery", "insight")
    own = (sys.executable, "-m", __spec__.name, "--folder", str(folder), "--step")
    peer = (sys.executable, insight_peers.__file__)
    return {
        "kb: import, all kinds of events": (*own, "import"),
        "kb: a day more": (*own, "day"),
        "kb: figures by week and section": (*own, "figures"),
        "kb insight --json, all measures and groups": (*kb, "--json"),
        "kb insight --json again": (*kb, "--json"),
        "kb insight export": (*kb, "export", str(base / "tables")),
        "kb insight --json --engine duckdb://": (
            *kb, "--json", "--engine", "duckdb://", "--tables", str(base / "tables"),
        ),
        "duckdb: import": (*peer, "duckdb", "import", str(folder)),
        "duckdb: a day more": (*peer, "duckdb", "day", str(folder)),
        "duckdb: figures by week and section": (*peer, "duckdb", "figures", str(folder)),
        "pandas: files and figures by week and section": (*peer, "pandas", "figures", str(folder)),
        "kb insight import table.csv": (*kb, "import", str(folder / "table.csv"), "--source", "table"),
        "kb insight import log.csv": (*kb, "import", str(folder / "log.csv"), "--source", "log"),
    }  # fmt: skip


def measured(command: Sequence[str], base: Path) -> tuple[Spent, str]:
    """Run a process; what it took and printed."""
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        cwd = _ROOT if __spec__.name in command else base
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=cwd)
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
        if status:
            raise SystemExit(f"failed: {' '.join(command)}")
        out.seek(0)
        spent = Spent(took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        return spent, out.read().decode()


def differences(told: Mapping[str, insight_peers.Told]) -> Iterator[str]:
    """Where a peer's figures differ from ours."""
    own = told["kb"]
    for peer, figures in told.items():
        for measure, cuts in figures.items():
            for cut, groups in cuts.items():
                expected = {
                    key: pair for key, pair in own[measure][cut].items() if key or cut == "all"
                }
                if not _same(expected, groups):
                    yield f"{peer}: {measure} by {cut}"


def _same(one: Mapping[str, Sequence[Any]], other: Mapping[str, Sequence[Any]]) -> bool:
    return one.keys() == other.keys() and all(
        n == other[key][1]
        and (value is None) == (other[key][0] is None)
        and abs((value or 0) - (other[key][0] or 0)) <= 1e-12 * abs(value or 1)
        for key, (value, n) in one.items()
    )


def run(folder: Path, rounds: int) -> None:
    """All steps in turns, `rounds` times, and a table of their medians."""
    spent: dict[str, list[Spent]] = {}
    base = folder / "base"
    for _ in range(rounds):
        _begin(folder, base)
        told: dict[str, insight_peers.Told] = {}
        for name, command in _steps(folder, base).items():
            took, out = measured(command, base)
            spent.setdefault(name, []).append(took)
            if "figures by" in name:
                told[name.partition(":")[0]] = json.loads(out)
            if name == "kb: a day more":
                sys.stdout.write(f"{_size(base)}\n")
        sys.stdout.write("\n".join(differences(told)) or "all figures agree\n")
    sys.stdout.write("| Step | Time | Processor | Memory |\n| --- | ---: | ---: | ---: |\n")
    for name, each in spent.items():
        time_, processor, memory = (statistics.median(values) for values in zip(*each, strict=True))
        sys.stdout.write(f"| {name} | {time_:.1f} s | {processor:.1f} s | {memory:,.0f} MB |\n")


def _begin(folder: Path, base: Path) -> None:
    shutil.rmtree(base, ignore_errors=True)
    (folder / "peer.duckdb").unlink(missing_ok=True)
    (base / "kb").mkdir(parents=True)
    (base / "kb" / "kb.toml").write_text("", "utf-8")


def _size(base: Path) -> str:
    with events(open_workspace(base)) as database, closing(database.cursor()) as cursor:
        [(many,)] = cursor.execute("SELECT count(*) FROM event").fetchall()
        [(_, _, path)] = cursor.execute("PRAGMA database_list").fetchall()
    return f"{many:,} events, {Path(path).stat().st_size / many:.0f} bytes of disk for each"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=insight_tickets.TICKETS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--step", choices=_OWN, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    folder = (asked.folder or Path(tempfile.mkdtemp(prefix="insight-size-"))).absolute()
    for kind in ("CONFIG", "STATE", "CACHE", "DATA"):
        os.environ[f"XDG_{kind}_HOME"] = str(folder / "base" / kind.casefold())
    if asked.step:
        source = folder / "day" if asked.step == "day" else folder
        told = _OWN[asked.step](source, folder / "base")
        sys.stdout.write(json.dumps(told))
        return
    if not (folder / "day" / "event.csv").is_file():
        insight_tickets.write(folder, asked.tickets, 1)
    run(folder, asked.rounds)


if __name__ == "__main__":
    main()
