"""What workflows install is pinned by hashes, or not for a reason that is named here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
_OURS, _STARTER = (
    ROOT / ".github/workflows",
    ROOT / "tool/cannery/starter/files/dot_github/workflows",
)
WORKFLOWS = sorted([*_OURS.glob("*.yml"), *_STARTER.glob("*.yml")])
_INSTALLS = re.compile(
    r"\b(?:pip3?|uv pip|uv tool|pipx|npm|npx|apt(?:-get)?|gem|cargo|go|brew|choco)\s+(?:\S+\s+)*?(?:install|i|add|inject|run|get|exec)\b"
    r"|\b(?:uvx|npx|curl|wget|easy_install)\b|\bpip download\b|\bpip install\b"
)
# What installs files with their hashes, out of .ci/constraints.txt and package-lock.json.
_HASHED = re.compile(r"python \.ci/install\.py\b[^|;&]*|npm ci\b[^|;&]*")
# Without hashes, and why. Behind each, the workflow that may.
EXCEPTIONS = {
    # The newest of all packages is what that job is to find faults with.
    "python -m pip install -q -U pip": {"nightly.yml"},
    "python -m pip install -q -e . --group test": {"nightly.yml"},
    # Debian's packages are signed; which are on a runner changes with its image.
    "command -v chromium || sudo apt-get install -y -qq chromium": {"nightly.yml"},
    "sudo apt-get install -y -qq --no-install-recommends request-tracker5 rt5-db-sqlite": {
        "nightly.yml"
    },
    # One requirement of the knowledge base's own repository: a commit, which is a hash, or a release.
    # pip takes no hashes beside a commit; its dependencies are the newest that the commit allows.
    'python -m pip install --requirement "$GITHUB_WORKSPACE/.kb-requirements.txt"': {
        "knowledge-base.yml"
    },
    'python -m pip install --requirement "$GITHUB_WORKSPACE/.github/kb-requirements.txt"': {
        "knowledge-base.yml",
        "links.yml",
    },
    "python -m pip install --requirement .github/kb-requirements.txt": {"review.yml"},
}


def steps(path: Path) -> Iterator[dict[str, str]]:
    text = re.sub(r"(?<=: )__\w+__(?:/\w+)?", "x", path.read_text("utf-8"))  # kb init's marks
    for job in yaml.safe_load(text)["jobs"].values():
        yield from job.get("steps", ())


def unpinned(command: str) -> bool:
    return bool(_INSTALLS.search(_HASHED.sub("", command)))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_what_is_installed_has_hashes_or_a_reason(path: Path) -> None:
    lines = [line.strip() for step in steps(path) for line in step.get("run", "").splitlines()]
    found = [line for line in lines if unpinned(line) and path.name not in EXCEPTIONS.get(line, ())]
    assert found == []


def test_no_exception_is_left_of_what_is_gone() -> None:
    lines = {
        (line.strip(), path.name)
        for path in WORKFLOWS
        for step in steps(path)
        for line in step.get("run", "").splitlines()
    }
    assert {(line, name) for line, names in EXCEPTIONS.items() for name in names} <= lines


@pytest.mark.parametrize(
    "command",
    [
        "pip install twine", "python -m pip install -U pip", "pipx run build", "uvx twine check dist/*", "npm install", "npx tsc", "uv tool install ruff",
        "sudo apt-get install -y jq", "curl -LsSf https://example.com/install.sh | sh", "python .ci/install.py && pip install twine", "uv pip install ruff",
        "go install example.com/x@latest",
    ],
)  # fmt: skip
def test_an_installation_without_a_hash_is_seen(command: str) -> None:
    assert unpinned(command)


@pytest.mark.parametrize(
    "command",
    [
        "python .ci/install.py --group supply",
        "npm ci --prefer-offline",
        "kb check",
        "python .ci/install.py --project . && kb check",
    ],
)
def test_one_with_hashes_is_let_be(command: str) -> None:
    assert not unpinned(command)


def test_each_pin_has_a_hash() -> None:
    pins = re.split(r"\n(?=\S)", (ROOT / ".ci/constraints.txt").read_text("utf-8").strip())
    assert all(re.match(r"[\w.-]+==\S+", pin) and "--hash=sha256:" in pin for pin in pins)


def test_each_script_of_npm_has_a_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert all(
        package["integrity"].startswith("sha512-") for name, package in packages.items() if name
    )
