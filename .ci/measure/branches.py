"""A plugin of pytest: which lines and branches of `cannery` the tests reach in their own process.

SlipCover writes its marks into the bytecode and takes each out once it was reached, where
coverage.py is told of every line, which makes tests four fifths longer. Those of `tests/exchange`,
`tests/reply` and `tests/liquid` took 109 s without it, 112 s with it, once the modules are loaded.
Commands that a test starts aren't measured; `COVERAGE=whole bash .ci/run` has them too.

    PYTHONPATH=.ci/measure pytest -n auto -p branches
"""

from __future__ import annotations

import json
import sys
import tomllib
from functools import reduce
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import slipcover

_OPTIONS = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["tool"]
_REPORT, _RUN = _OPTIONS["coverage"]["report"], _OPTIONS["coverage"]["run"]
_FLOOR = _OPTIONS["slipcover"]["fail-under"]


def _begin() -> slipcover.Slipcover:
    """Measure what is imported from now on: a plugin is read before all that tests import."""
    found = find_spec("cannery")
    sources = [*found.submodule_search_locations] if found else []
    made = slipcover.Slipcover(
        # To take marks out it goes through all modules: often, that costs more than the marks do.
        d_miss_threshold=20_000,
        branch=True,
        source=sources,
        omit=_RUN["omit"],
        exclude_also=_REPORT["exclude_also"],
    )
    matcher = slipcover.FileMatcher(sources=sources, omit=_RUN["omit"])
    slipcover.ImportManager(made, matcher).__enter__()
    return made


def _find_in_copies() -> None:
    """Have SlipCover look at copies: a thread may fill the namespace that it goes through."""
    find = slipcover.Slipcover.find_functions
    slipcover.Slipcover.find_functions = staticmethod(
        lambda items, visited: find([*items], visited)
    )


_find_in_copies()
_MEASURED = _begin()
_FOUND: list[dict[str, Any]] = []  # one of each worker that has ended


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["branches"] = json.dumps(_MEASURED.get_coverage())
        return
    # Beside workers this process has run nothing, and would read each module for that alone.
    whole = reduce(slipcover.merge_coverage, _FOUND or [_MEASURED.get_coverage()])
    slipcover.print_coverage(whole, outfile=sys.stdout, skip_covered=True)
    reached = whole["summary"]["percent_covered"]
    print(f"{reached:.1f} % of the lines and branches; at least {_FLOOR} % is asked")  # noqa: T201
    if reached < _FLOOR:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - xdist has no type for it
    output = getattr(node, "workeroutput", {})
    if "branches" in output:
        _FOUND.append(json.loads(output["branches"]))
