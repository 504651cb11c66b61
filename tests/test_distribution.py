"""Until it is published, nothing installs `cannery` by a name that anybody may take."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from cannery import __version__, distribution
from tests.conftest import Run
from tests.own_files import own_files

ROOT = Path(__file__).parents[1]
_SKIPPED = (".ci/constraints.txt", "tests/test_distribution.py")
# An installer, and `cannery` as a word of its own behind it: not a path to it, nor a command of it.
_INSTALLS = re.compile(
    r"\b(?:pip3?|pipx|uvx?|poetry|pdm|conda|mamba|brew)\b[^\n`]*?"
    r"(?:\b(?:install|inject|add|run|upgrade|sync)|--from|--spec|--with|-U)\b[^\n`]*?"
    r"(?<![\w./@:-])(?P<what>cannery(?![\w/.-])[^\n`]*)"
)
_WITH_EXTRAS = re.compile(r"(?P<what>(?<![\w./-])cannery\[[\w,]+\][^\n`]*)")
_REQUIRED = re.compile(
    r"^ *(?:default: |- )?(?P<what>cannery(?: *(?:[=<>~!]=|[<>@[]).*)?)$", re.MULTILINE
)
_PINNED = re.compile(
    rf"cannery(?:\[[^\]]*\])?(?: @ git\+{re.escape(distribution.REPOSITORY)}@[0-9a-f]{{40}}(?![0-9a-f])"
    r"| @ file:)"
)

_FROM_COMMIT = f"cannery[site] @ git+{distribution.REPOSITORY}@{distribution.COMMIT}"


def bare(text: str) -> list[str]:
    """What a text installs by name alone."""
    patterns = (_INSTALLS, _WITH_EXTRAS, _REQUIRED)
    found = (match["what"] for pattern in patterns for match in pattern.finditer(text))
    return [what for what in found if not _PINNED.match(what)]


@pytest.mark.parametrize(
    "text",
    [
        "pip install cannery", 'pip install "cannery[site]"', "pipx install cannery", "uv tool install cannery==0.1.0",
        "uvx --from cannery kb", "python -m pip install -U cannery", "RUN pip install --no-cache-dir 'cannery[site]>=0.1'",
        "pipx inject cannery cannery[site]", "uv add cannery", "default: cannery[site]==0.1.0", "cannery\n", "  - cannery==0.1.0\n",
        'pip install "cannery @ git+https://github.com/another/cannery"', "uv tool upgrade cannery",
        f'pip install "cannery @ git+{distribution.REPOSITORY}@main"',
    ],
)  # fmt: skip
def test_an_installation_by_name_is_seen(text: str) -> None:
    assert bare(text)


@pytest.mark.parametrize(
    "text",
    [
        "pip install .", "pip install -e '.[site]'", f'pip install "{_FROM_COMMIT}"', "pipx install ./dist/cannery-0.1.0.whl",
        f"default: {_FROM_COMMIT}", "pip install properdocs && cannery_plugin", "`pip install mkdocs`, then `cannery find`",
        "python -m cannery init", "cp -r tool/cannery /srv", "pipx uninstall cannery", "uv tool uninstall cannery",
    ],
)  # fmt: skip
def test_what_names_the_commit_or_files_is_none(text: str) -> None:
    assert bare(text) == []


@pytest.mark.skipif(distribution.PUBLISHED, reason="the name is ours")
def test_no_file_installs_it_by_name() -> None:
    """Guides, the program's own texts, workflows, what `kb init` is made of, and the tests."""
    found = {}
    for path in own_files():
        name = path.relative_to(ROOT).as_posix()
        if name in _SKIPPED or path.suffix in (".svg", ".png") or not path.is_file():
            continue
        text = path.read_text("utf-8", "replace")
        if "cannery" in text and (names := bare(_without_yaml_plugins(name, text))):
            found[name] = names
    for name in ("tests/test_installation.py", "tests/release/test_release.py"):
        found.pop(name, None)  # whose texts name what it is not to be
    assert found == {}


def _without_yaml_plugins(name: str, text: str) -> str:
    """`- cannery` in mkdocs.yml is a plugin."""
    return "" if name.endswith("mkdocs.yml") else text


@pytest.mark.skipif(distribution.PUBLISHED, reason="the name is ours")
@pytest.mark.parametrize("where", [".", "docs/support"])
def test_what_kb_init_writes_installs_it_from_the_commit(
    kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    monkeypatch.chdir(tmp_path)
    assert kb("init", where).code == 0
    files = [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(tmp_path).parts
    ]
    assert {
        path.name: names
        for path in files
        if path.name != "mkdocs.yml" and (names := bare(path.read_text("utf-8")))
    } == {}
    required = (tmp_path / ".github/kb-requirements.txt").read_text("utf-8").splitlines()
    assert [line for line in required if not line.startswith("#")] == [
        distribution.requirement("site")
    ]
    installed = [
        step["run"]
        for path in (tmp_path / ".github/workflows").iterdir()
        for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
        for step in job["steps"]
        if "pip" in step.get("run", "")
    ]
    assert len(installed) == 3
    assert all(line.startswith("python -m pip install --requirement ") for line in installed)


def where_from(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / ".ci/where_from.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_guides_and_workflows_say_what_the_program_says() -> None:
    done = where_from(ROOT, "--check")
    assert (done.returncode, done.stdout) == (0, ""), "run python .ci/where_from.py"


def test_the_release_switches_all_of_it_in_one_place(tmp_path: Path) -> None:
    for name in (".ci/where_from.py", "README.md", "CONTRIBUTING.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / ".github", tmp_path / ".github")
    shutil.copytree(ROOT / "tool/cannery/manual/kb", tmp_path / "tool/cannery/manual/kb")
    for name in ("__init__.py", "distribution.py"):
        shutil.copy(ROOT / "tool/cannery" / name, tmp_path / "tool/cannery" / name)
    source = tmp_path / "tool/cannery/distribution.py"
    before, after = "PUBLISHED = False", "PUBLISHED = True"
    text = source.read_text("utf-8")
    source.write_text(text.replace(after, before), "utf-8")  # a release's own tests pass, too
    assert where_from(tmp_path).returncode == 0
    source.write_text(text.replace(before, after), "utf-8")

    assert where_from(tmp_path, "--check").returncode == 1
    assert where_from(tmp_path).returncode == 0
    assert where_from(tmp_path, "--check").returncode == 0

    texts = {path: path.read_text("utf-8") for path in tmp_path.rglob("*.[my]*") if path.is_file()}
    assert not any(distribution.COMMIT in text or "@ git+" in text for text in texts.values())
    workflow = tmp_path / ".github/workflows/knowledge-base.yml"
    asked = yaml.safe_load(workflow.read_text("utf-8"))[True]["workflow_call"]["inputs"]
    assert asked["version"]["default"] == f"cannery[site]=={__version__}"
    assert f"knowledge-base.yml@v{__version__}\n" in texts[workflow]
    guides = tmp_path / "tool/cannery/manual/kb/articles/guides"
    assert f'pipx install "cannery=={__version__}"\n' in texts[guides / "getting-started.md"]
    assert f"    rev: v{__version__}\n" in texts[guides / "checking.ja.md"]


def test_a_release_is_installed_by_name_and_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distribution, "PUBLISHED", True)
    assert distribution.requirement() == f"cannery=={__version__}"
    assert distribution.requirement("site", "serve") == f"cannery[site,serve]=={__version__}"
    assert distribution.newest("site") == "cannery[site]"


def test_the_commit_is_one_of_ours() -> None:
    """A clone of CI's job may have one commit alone: then there is nothing to ask."""
    git = ["git", "-C", str(ROOT)]
    is_shallow = subprocess.run(
        [*git, "rev-parse", "--is-shallow-repository"], capture_output=True, text=True, check=False
    )
    if is_shallow.stdout.strip() != "false":
        pytest.skip("a shallow clone, or an unpacked sdist: no history to look in")
    subprocess.run([*git, "merge-base", "--is-ancestor", distribution.COMMIT, "HEAD"], check=True)
