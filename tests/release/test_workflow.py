"""The workflow of a release: what was tested is published, by the one job that may."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
STARTER = sorted((ROOT / "tool/cannery/starter/files/dot_github/workflows").glob("*.yml"))
RELEASE: dict[str, Any] = yaml.safe_load(
    (ROOT / ".github/workflows/release.yml").read_text("utf-8")
)
JOBS: dict[str, Any] = RELEASE["jobs"]


def _all_needed(job: str) -> set[str]:
    needs = JOBS[job].get("needs", [])
    direct = {needs} if isinstance(needs, str) else {*needs}
    return direct.union(*map(_all_needed, direct))


def test_nothing_is_published_before_all_else_is_done() -> None:
    assert _all_needed("publish") == {*JOBS} - {"publish", "announce"}
    assert _all_needed("announce") == {*JOBS} - {"announce"}


def test_one_job_may_say_who_we_are_and_another_one_write() -> None:
    assert RELEASE["permissions"] == {"contents": "read"}
    allowed = {name: job["permissions"] for name, job in JOBS.items() if "permissions" in job}
    assert allowed == {"publish": {"id-token": "write"}, "announce": {"contents": "write"}}
    assert JOBS["publish"]["environment"] == "pypi"


@pytest.mark.parametrize("job", ["publish", "announce"])
def test_neither_of_them_runs_a_file_of_the_checkout(job: str) -> None:
    assert "checkout" not in yaml.safe_dump(JOBS[job])
    assert "python" not in yaml.safe_dump([step.get("run", "") for step in JOBS[job]["steps"]])


def test_the_files_are_built_once() -> None:
    building = [name for name, job in JOBS.items() if "-m build" in yaml.safe_dump(job)]
    assert building == ["build"]


def test_a_tag_beside_main_is_no_release(tmp_path: Path) -> None:
    (step,) = [step["run"] for step in JOBS["build"]["steps"] if "main" in step.get("run", "")]
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.com"]
    commit = [*git, "commit", "-q", "--allow-empty", "-m", "x"]
    for command in (
        [*git, "init", "-q"],
        commit,
        [*git, "update-ref", "refs/remotes/origin/main", "HEAD"],
    ):
        subprocess.run(command, check=True)
    assert subprocess.run(["bash", "-c", step], cwd=tmp_path, check=False).returncode == 0
    subprocess.run(commit, check=True)
    assert subprocess.run(["bash", "-c", step], cwd=tmp_path, check=False).returncode == 1


def test_no_token_is_kept_for_it() -> None:
    assert "secrets." not in (ROOT / ".github/workflows/release.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("tag", "kind"),
    [("v1.2.3", "--latest"), ("v1.2.3rc1", "--prerelease"), ("v2.0.0b2", "--prerelease")],
)
def test_a_candidate_is_announced_as_one(tag: str, kind: str, tmp_path: Path) -> None:
    (step,) = [step for step in JOBS["announce"]["steps"] if "gh release" in step.get("run", "")]
    gh = tmp_path / "gh"
    gh.write_text(f"#!{sys.executable}\nimport sys\nprint(sys.argv[1:])\n", "utf-8")
    gh.chmod(0o755)
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "GITHUB_REF_NAME": tag}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", step["run"]],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert (
        f"'create', '{tag}', '--verify-tag', '{kind}', '--title', 'Cannery {tag[1:]}'"
        in done.stdout
    )


def _pins() -> dict[str, set[str]]:
    """Each action, with the commits that it is pinned to and the versions that are named."""
    texts = [path.read_text("utf-8") for path in [*WORKFLOWS, *STARTER]]
    pins: dict[str, set[str]] = {}
    for line in "\n".join(texts).splitlines():
        if found := re.match(r"\s*-? ?uses: ([^@\s]+)@(.*)", line):
            pins.setdefault(found[1], set()).add(found[2])
    return pins


@pytest.mark.parametrize(("action", "pins"), sorted(_pins().items()))
def test_each_action_is_pinned_to_one_commit_and_says_its_version(
    action: str, pins: set[str]
) -> None:
    """Dependabot moves ours; what `kb init` writes is to move with them."""
    (pin,) = pins
    assert re.fullmatch(r"[0-9a-f]{40}  # v\d+(\.\d+)*", pin), f"{action}@{pin}"


def test_what_a_first_day_asks_is_done_by_the_installed_program() -> None:
    """As the release tries the wheel on each Python."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", str(ROOT / ".ci/smoke")],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path},
    )
    assert (done.returncode, done.stdout.count("Kim")) == (0, 1), done.stderr


def test_the_oldest_packages_are_tested_each_night_as_before_a_release() -> None:
    nightly = yaml.safe_load((ROOT / ".github/workflows/nightly.yml").read_text("utf-8"))["jobs"]
    assert nightly["lowest"] == JOBS["lowest"]
    assert "lowest-direct" in (ROOT / ".ci/lowest").read_text("utf-8")
    assert {"newest", "sdist"} <= {*nightly}
