"""Hold all that we say to help desks, and that our fakes answer, against their descriptions.

    DESK_APIS=FOLDER python tests/benchmarks/desk_contracts.py [PYTEST ARGUMENTS]

`FOLDER` has the published descriptions, a folder a desk: `zendesk/`, `chatwoot/`, `front/`,
`freshdesk/`, `intercom/`, `discourse/`. The tests of desks are run, or those that are named, with
what they say and hear written down; each exchange is held against the description.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.desks.contracts.check import Contract, Exchange, Finding  # noqa: E402
from tests.desks.contracts.published import FILES, contracts  # noqa: E402

_TESTS = ("tests/desks", "tests/exchange/desks", "tests/operations", "tests/cli", "-k", "desk or ticket")  # fmt: skip
_FAILED = 400  # a test that is refused means to be


def main() -> int:
    folder = os.environ.get("DESK_APIS")
    if not folder:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as records:
        _run(sys.argv[1:] or _TESTS, records)
        exchanges = [*_read(Path(records))]
    return max(_report(desk, Path(folder), exchanges) for desk in FILES)


def _run(tests: Sequence[str], records: str) -> None:
    plugin = ["-p", "tests.desks.contracts.recording", "-p", "no:cacheprovider", "-q"]
    environment = {**os.environ, "DESK_RECORD": records, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", *plugin, *tests]
    subprocess.run(command, cwd=ROOT, env=environment, check=False)


def _read(folder: Path) -> Iterator[Exchange]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text().splitlines():
            yield Exchange(**json.loads(line))


def _report(desk: str, folder: Path, exchanges: Sequence[Exchange]) -> int:
    mine = [one for one in exchanges if one.desk == desk and 0 < one.code < _FAILED]
    known, unknown, findings = _judged(mine, contracts(desk, folder))
    ours = [one for one in findings if not one.test.startswith("tests/desks/")]
    say(f"{desk}: {len(mine)} exchanges, {len(known)} operations")
    for name, count in unknown.most_common():
        say(f"  not in the description: {name} ({count})")
    for text, count in Counter(f"{one.operation}: {one.text}" for one in findings).most_common():
        say(f"  {count} times {text}")
    say(f"  {len(findings)} findings, {len(ours)} of them with our client")
    return int(bool(findings))


def _judged(
    exchanges: Sequence[Exchange], known: Sequence[Contract]
) -> tuple[Counter[str], Counter[str], list[Finding]]:
    told: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    findings: list[Finding] = []
    for one in exchanges:
        contract = next((each for each in known if each.operation(one)), None)
        operation = contract.operation(one) if contract else None
        if contract is None or operation is None:
            unknown[f"{one.method} {_plain(one.path)}"] += 1
            continue
        told[operation.name] += 1
        findings += contract.check(one)
    return told, unknown, findings


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _plain(path: str) -> str:
    return "/".join("{id}" if part.isdecimal() else part for part in path.split("/"))


if __name__ == "__main__":
    sys.exit(main())
