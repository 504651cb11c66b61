"""`kb` as somebody who may not read or write everything: root itself is denied nothing.

One process runs many commands, each in a fork of it: what is slow is to start.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import Outcome

_RIGHTS = "-dac_override,-dac_read_search,-fowner"
# Root may read and write all; in such a process it is like any user.
WITHOUT_RIGHTS = ("setpriv", f"--bounding-set={_RIGHTS}", f"--inh-caps={_RIGHTS}")


def unprivileged(folder: Path, *commands: str) -> list[Outcome]:
    """What each of the commands ends with, run in a folder as one whom permissions hold for."""
    prefix = WITHOUT_RIGHTS if os.geteuid() == 0 else ()
    done = subprocess.run(
        [*prefix, sys.executable, "-P", "-m", "tests.unprivileged", *commands],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        text=True,
    )
    return [Outcome(*row) for row in json.loads(done.stdout)]


def _run(command: str) -> tuple[int, str, str]:
    """Run a command in a fork."""
    from tempfile import TemporaryFile

    with TemporaryFile() as out, TemporaryFile() as err:
        process = os.fork()
        if not process:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            from cannery.start import main

            try:
                main(command.split())
            except SystemExit as ended:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(ended.code if isinstance(ended.code, int) else 0)
        _, status = os.waitpid(process, 0)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
        return os.waitstatus_to_exitcode(status), texts[0], texts[1]


if __name__ == "__main__":
    print(json.dumps([_run(command) for command in sys.argv[1:]]))  # noqa: T201
