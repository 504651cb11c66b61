"""A commit's files are written as they are, and nowhere but below the folder that is asked for."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.repositories import Team

from cannery.git.export import Written, changed_files, tree_files, write_files

HAR = "kb/articles/har.md"


def _stored(team: Team, kind: str, content: bytes) -> str:
    done = subprocess.run(
        ["git", "hash-object", "-w", "-t", kind, "--literally", "--stdin"],
        cwd=team.mine.root, input=content, capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.decode().strip()


def _tree(team: Team, *entries: tuple[str, str, str]) -> str:
    """A tree that no git would make: mode, name, and content of each entry, or a tree."""
    raw = b""
    for mode, name, content in entries:
        id_ = content if mode == "40000" else _stored(team, "blob", content.encode())
        raw += f"{mode} {name}\0".encode() + bytes.fromhex(id_)
    return _stored(team, "tree", raw)


def _written(team: Team, commit: str, target: Path) -> list[str]:
    write_files(team.mine.root, tree_files(team.mine.root, commit), target)
    return sorted(
        path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()
    )


def test_files_are_as_they_are_in_the_store_whatever_filters_say(
    team: Team, tmp_path: Path
) -> None:
    team.mine.git("config", "filter.x.smudge", "tr a-z A-Z")
    team.mine.git("config", "core.autocrlf", "true")
    team.mine.write(".gitattributes", "* filter=x text\n")
    team.mine.write("kb/run", "text\n").chmod(0o755)
    commit = team.mine.push()
    assert {HAR, "kb/run", ".gitattributes"} <= {*_written(team, commit, tmp_path / "to")}
    assert (tmp_path / "to" / HAR).read_bytes().startswith(b"---\ntitle: HAR files\n")
    assert (tmp_path / "to/kb/run").stat().st_mode & 0o111


def test_no_name_leads_elsewhere(team: Team, tmp_path: Path) -> None:
    inner = _tree(team, ("100644", "escaped", "bad"), ("100644", "config", "bad"))
    commit = _tree(
        team,
        ("40000", "..", inner),
        ("40000", ".git", inner),
        ("40000", ".GIT", inner),
        ("100644", "fine", "good"),
    )
    assert _written(team, commit, tmp_path / "to") == ["fine"]
    assert not (tmp_path / "escaped").exists()


def test_a_link_is_not_made_and_nothing_is_written_through_one(team: Team, tmp_path: Path) -> None:
    inner = _tree(team, ("100644", "passwd", "bad"))
    commit = _tree(team, ("120000", "kb", str(tmp_path / "away")), ("40000", "kb", inner))
    (tmp_path / "away").mkdir()
    _written(team, commit, tmp_path / "to")
    assert [*(tmp_path / "away").iterdir()] == []
    assert not (tmp_path / "to/kb").is_symlink()


def test_a_file_where_a_folder_is_to_be_costs_one_of_both(team: Team, tmp_path: Path) -> None:
    inner = _tree(team, ("100644", "x", "two"))
    commit = _tree(team, ("100644", "a", "one"), ("40000", "a", inner), ("100644", "b", "three"))
    assert _written(team, commit, tmp_path / "to") == ["a", "b"]


def test_a_giant_has_its_length_and_is_not_read(team: Team, tmp_path: Path) -> None:
    team.mine.write("kb/articles/giant.md", "x" * 5000)
    commit = team.mine.push()
    files = tree_files(team.mine.root, commit)
    write_files(team.mine.root, files, tmp_path / "to", longest=4000)
    giant = tmp_path / "to/kb/articles/giant.md"
    assert (giant.stat().st_size, giant.read_bytes()[:1]) == (5000, b"\0")
    assert (tmp_path / "to" / HAR).read_bytes()[:3] == b"---"


def test_what_is_the_same_as_before_is_written_once(team: Team, tmp_path: Path) -> None:
    root = team.mine.root
    old = tree_files(root, team.mine.git("rev-parse", "HEAD"))
    team.mine.edit(HAR, "First line", "1st")
    new = tree_files(root, team.mine.push())
    write_files(root, old, tmp_path / "old")
    write_files(root, new, tmp_path / "new", like=Written(tmp_path / "old", {*old}))
    assert "1st" in (tmp_path / "new" / HAR).read_text("utf-8")
    assert "First line" in (tmp_path / "old" / HAR).read_text("utf-8")
    proxy = "kb/articles/proxy.md"
    assert (tmp_path / "new" / proxy).samefile(tmp_path / "old" / proxy)


def test_what_differs_is_told_before_and_after(team: Team) -> None:
    base = team.mine.git("rev-parse", "HEAD")
    team.mine.git("mv", HAR, "kb/articles/recording.md")
    team.mine.git("rm", "-q", "kb/articles/proxy.md")
    team.mine.write("kb/articles/日本.md", "new")
    team.mine.edit("kb/macros/hello.md", "Hello {{", "Hi {{")
    commit = team.mine.push()
    assert changed_files(team.mine.root, base, commit) == [
        ("kb/articles/proxy.md", ""),
        (HAR, "kb/articles/recording.md"),
        ("", "kb/articles/日本.md"),
        ("kb/macros/hello.md", "kb/macros/hello.md"),
    ]
