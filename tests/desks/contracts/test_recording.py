from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[3]
_TEST = "tests/desks/zendesk/test_macros.py::test_the_filter_by_active"


def test_what_a_test_says_and_hears_is_written_down(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.desks.contracts.recording", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov", _TEST]  # fmt: skip
    environment = {"DESK_RECORD": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(_ROOT / "tool")}  # fmt: skip
    subprocess.run([*command, "--override-ini=addopts="], cwd=_ROOT, env=environment, check=True, capture_output=True)  # fmt: skip
    lines = [json.loads(line) for path in tmp_path.iterdir() for line in path.read_text().splitlines()]  # fmt: skip
    assert [(one["method"], one["path"], one["code"]) for one in lines] == [
        ("POST", "/api/v2/macros", 201),
        ("POST", "/api/v2/macros", 201),
        ("GET", "/api/v2/macros", 200),
        ("GET", "/api/v2/macros", 200),
    ]
    assert {one["desk"] for one in lines} == {"FakeZendesk"}
    assert json.loads(lines[0]["body"])["macro"]["title"] == "A"
    assert [one["title"] for one in json.loads(lines[2]["answer"])["macros"]] == ["A"]
