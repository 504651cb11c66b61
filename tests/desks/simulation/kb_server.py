"""Runs `kb` in forks of a process that knows all modules already, and kills it at a step.

A line of JSON on the input is a command, a line of JSON on the output is how it ended. A step is what
changes something: a file that is opened for writing, renamed or removed, a request that is sent.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from cannery.start import main as run_command

_STEPS = frozenset(
    ("os.rename", "os.remove", "os.mkdir", "os.link", "os.truncate", "http.client.send")
)
_WRITES = os.O_WRONLY | os.O_RDWR
_PRELOADED = (
    "cannery.operations.desk_trip",
    "cannery.operations.desk_push",
    "cannery.operations.desk_pull",
    "cannery.operations.desk_connect",
    "cannery.cli.desk_report",
    "cannery.exchange.desks.zendesk.desk",
    "cannery.exchange.desks.zendesk.macros",
    "http.client",
    "git",
)


def is_step(event: str, arguments: tuple[Any, ...]) -> bool:
    if event in _STEPS:
        return True
    if event != "open" or "/dev/" in str(arguments[0]):
        return False
    if isinstance(arguments[1], str):
        return bool({*arguments[1]} & {*"wax+"})
    return isinstance(arguments[2], int) and bool(arguments[2] & _WRITES)


def main() -> None:
    for name in _PRELOADED:
        importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(json.dumps(_ended(asked)) + "\n")
        sys.stdout.flush()


def _ended(asked: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        said, steps = Path(folder, "said"), Path(folder, "steps")
        process = os.fork()
        if not process:
            _run(asked, said, steps)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        count = int(steps.read_text()) if steps.exists() else 0
        return {"code": code, "said": said.read_text("utf-8", "replace"), "steps": count}


def _run(asked: dict[str, Any], said: Path, steps: Path) -> None:
    """Never returns."""
    os.setsid()
    handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    quiet = os.open(os.devnull, os.O_RDONLY)
    for number, to in ((0, quiet), (1, handle), (2, handle)):
        os.dup2(to, number)
    os.chdir(asked["folder"])
    os.environ.update(asked["environment"])
    count, me = [0], os.getpid()

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if is_step(event, given) and os.getpid() == me:
            count[0] += 1
            if count[0] == asked["at"]:
                os.kill(me, signal.SIGKILL)

    sys.addaudithook(hook)
    code = 1
    try:
        for fault in asked["faults"]:
            importlib.import_module("tests.desks.simulation.planted").FAULTS[fault]()
        run_command(asked["arguments"])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        told = count[0]
        sys.stdout.flush()
        sys.stderr.flush()
        steps.write_text(str(told))
        os._exit(code)


if __name__ == "__main__":
    main()
