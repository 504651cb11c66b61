"""Which translations their originals have left behind, from real histories."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cannery.git.authorship import file_histories
from cannery.git.outdated import outdated
from cannery.git.state import start

ORIGINALS = {"kb/a.ja.md": "kb/a.md"}


def found(folder: Path) -> dict[str, date] | None:
    return outdated(folder, ORIGINALS, folder.with_suffix(".cache"))


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.com"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def _commit(folder: Path, message: str, **files: str) -> None:
    for name, text in files.items():
        path = folder / "kb" / f"{name.replace('_', '.')}.md"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)


def test_a_translation_is_outdated_when_its_original_s_body_has_changed_since(
    tmp_path: Path,
) -> None:
    assert found(tmp_path) == {}
    start(tmp_path)
    assert found(tmp_path) == {}
    _commit(tmp_path, "both", a="---\ntitle: A\n---\nOne\n", a_ja="---\ntitle: A\n---\n一\n")
    assert found(tmp_path) == {}
    _commit(tmp_path, "front matter and spaces", a="---\ntitle: AA\nowner: me\n---\n\nOne  \n")
    assert found(tmp_path) == {}
    _commit(tmp_path, "the original", a="---\ntitle: A\n---\nTwo\n")
    assert found(tmp_path) == {"kb/a.ja.md": datetime.now(UTC).date()}
    (tmp_path / "kb" / "a.ja.md").write_text("---\ntitle: A\n---\n二\n", "utf-8")
    assert found(tmp_path) == {}
    _commit(tmp_path, "the translation")
    assert found(tmp_path) == {}


def test_a_knowledge_base_may_be_a_folder_of_its_repository(tmp_path: Path) -> None:
    start(tmp_path)
    inner = tmp_path / "日本語" / "base"
    inner.mkdir(parents=True)
    _commit(inner, "both", a="One", a_ja="一")
    _commit(inner, "the original", a="Two")
    assert {*(found(inner) or ())} == {"kb/a.ja.md"}


def test_a_history_that_is_cut_off_tells_nothing(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    start(whole)
    _commit(whole, "both", a="One", a_ja="一")
    _commit(whole, "the original", a="Two")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{whole}", "cut")
    assert found(tmp_path / "cut") is None


def test_what_is_kept_of_the_history_is_never_stale(tmp_path: Path) -> None:
    start(tmp_path)
    _commit(tmp_path, "both", a="One", a_ja="一")
    first = git(tmp_path, "rev-parse", "HEAD").strip()
    assert found(tmp_path) == {}
    _commit(tmp_path, "the original", a="Two")
    assert {*(found(tmp_path) or ())} == {"kb/a.ja.md"}
    assert {*(found(tmp_path) or ())} == {"kb/a.ja.md"}
    git(tmp_path, "checkout", "-q", "-b", "other", first)  # a head that is no descendant
    assert found(tmp_path) == {}
    _commit(tmp_path, "the translation", a_ja="二")
    git(tmp_path, "merge", "-q", "main")
    assert found(tmp_path) == {}
    _commit(tmp_path, "the original again", a="Three")
    assert {*(found(tmp_path) or ())} == {"kb/a.ja.md"}


_SPOILT = [
    "",
    "{}",
    "[]",
    '["%s", [1]]',
    '["%s", {"kb/a.md": [1]}]',
    '["gone", {}]',
    f'["{"0" * 40}", {{}}]',
]


@pytest.mark.parametrize("spoilt", _SPOILT)
def test_a_spoilt_or_forgotten_history_is_walked_again(tmp_path: Path, spoilt: str) -> None:
    start(tmp_path)
    _commit(tmp_path, "both", a="One", a_ja="一")
    _commit(tmp_path, "the original", a="Two")
    assert {*(found(tmp_path) or ())} == {"kb/a.ja.md"}
    _keep(tmp_path, spoilt.replace("%s", git(tmp_path, "rev-parse", "HEAD").strip()))
    assert {*(found(tmp_path) or ())} == {"kb/a.ja.md"}


@pytest.mark.parametrize("form", ["1 ", "2 "])
def test_days_that_were_read_under_a_user_s_settings_are_read_again(
    tmp_path: Path, form: str
) -> None:
    start(tmp_path)
    _commit(tmp_path, "both", a="One", a_ja="一")
    _commit(tmp_path, "the original", a="Two")
    today = found(tmp_path)
    kept = tmp_path.with_suffix(".cache") / "commits.json"
    version, (head, last) = json.loads(kept.read_text())
    last = {path: [number, name, 0] for path, (number, name, _) in last.items()}
    kept.write_text(json.dumps([version.replace("2 ", form, 1), [head, last]]))
    assert found(tmp_path) == today


def _keep(root: Path, text: str) -> None:
    """Put a text where what was seen of the history is kept."""
    kept = root.with_suffix(".cache") / "commits.json"
    form, (head, _) = json.loads(kept.read_text())
    assert head
    kept.write_text(f"[{json.dumps(form)}, {text}]")


@pytest.mark.parametrize("where", ["head", "last"])
@pytest.mark.parametrize("name", ["--output=%s", "-O%s", "HEAD\n%s", "HEAD..", ""])
def test_what_is_kept_of_the_history_is_no_option_for_git(
    tmp_path: Path, name: str, where: str
) -> None:
    start(tmp_path)
    _commit(tmp_path, "both", a="One", a_ja="一")
    _commit(tmp_path, "the original", a="Two")
    found(tmp_path)
    name = name.replace("%s", str(tmp_path / "mark"))
    head = git(tmp_path, "rev-parse", "HEAD").strip()
    rows = [name, {}] if where == "head" else [head, {"kb/a.md": [1, name, 1]}]
    _keep(tmp_path, json.dumps(rows))
    assert {*(found(tmp_path) or ())} == {"kb/a.ja.md"}
    assert [path.name for path in tmp_path.iterdir() if "mark" in path.name] == []


def test_names_in_any_script_and_with_spaces_are_found(tmp_path: Path) -> None:
    start(tmp_path)
    names = {"kb/返金 の手順.ja.md": "kb/返金 の手順.md"}
    _commit(tmp_path, "both", **{"返金 の手順": "One", "返金 の手順_ja": "一"})
    _commit(tmp_path, "the original", **{"返金 の手順": "Two"})
    assert {*(outdated(tmp_path, names, tmp_path / "c") or ())} == {*names}


@pytest.mark.parametrize("time", ["", "x +0000", "-99999999999 +0000", "2000000000", "9" * 30])
def test_a_commit_without_a_time_that_is_one_stops_nothing(tmp_path: Path, time: str) -> None:
    start(tmp_path)
    _commit(tmp_path, "both", a="One\n", a_ja="一\n")
    (tmp_path / "kb/a.md").write_text("Two\n")
    git(tmp_path, "add", ".")
    tree, parent = git(tmp_path, "write-tree").strip(), git(tmp_path, "rev-parse", "HEAD").strip()
    who = f"T <t@example.com> {time}"
    raw = f"tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\nx\n"
    (tmp_path / "raw").write_text(raw)
    name = git(tmp_path, "hash-object", "-t", "commit", "-w", "--literally", "raw").strip()
    git(tmp_path, "reset", "-q", "--soft", name)
    assert [*(found(tmp_path) or ())] == ["kb/a.ja.md"]
    assert [*file_histories(tmp_path, ["kb/a.md"])] == ["kb/a.md"]
