"""What kb does, from end to end, comes out alike under whatever settings the user has for Git."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import Outcome, Run
from tests.git.hostile_settings import HOSTILE, as_file
from tests.repositories import ARTICLE, WHO, Clone, Team, git

HAR, PROXY, JA = "kb/articles/har.md", "kb/articles/proxy.md", "kb/articles/har.ja.md"
GPG = """#!/bin/sh
case "$*" in *--verify*) printf '[GNUPG:] GOODSIG 1 Kim\\n'; echo 'gpg: signed 1970-01-01' >&2; exit 0;; esac
cat >/dev/null
printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n'
printf '\\n[GNUPG:] SIG_CREATED \\n' >&2
"""


class Trip:
    """A team's repositories, kb in the user's clone, and what was told and sent."""

    def __init__(self, team: Team, run: Run) -> None:
        self.team, self.run = team, run
        self.told: list[object] = []

    def kb(self, *words: str) -> None:
        done = self.run(*words)
        self.told.append((words, done.code, done.out, done.err))

    def result(self) -> list[object]:
        """All that a user, or the team, sees of it."""
        files = {
            path.relative_to(self.team.mine.root).as_posix(): path.read_bytes()
            for path in sorted(self.team.mine.root.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(self.team.mine.root).parts
        }
        sent = git(self.team.remote, "for-each-ref", "--format=%(objectname) %(refname)")
        told = repr([*self.told, files, sent])
        return [*told.replace(str(self.team.remote.parent), "TMP").split("\\n")]


def _edit(trip: Trip) -> None:
    mine = trip.team.mine
    mine.edit(HAR, "Third line.", "Third line, edited: 返金。")
    mine.write("kb/articles/新規.md", "---\ntitle: 新規\nsummary: s\n---\nA line.\n")


def _their_edit(trip: Trip, path: str = HAR) -> None:
    other = trip.team.other
    other.pull()
    other.edit(path, "First line.", "First line, theirs: Grüße.")
    other.push("Theirs: Grüße")


def history(trip: Trip) -> None:
    trip.kb("history", "articles/har")
    trip.kb("history", "articles/har", "--json")


def patches(trip: Trip) -> None:
    trip.kb("history", "articles/har", "--patch")
    trip.kb("history", "articles/net/proxy")
    trip.kb("blame", "articles/net/proxy")


def blame(trip: Trip) -> None:
    _edit(trip)
    trip.kb("blame", "articles/har", "--json")


def status(trip: Trip) -> None:
    _edit(trip)
    _their_edit(trip)
    trip.kb("status", "--json")


def check(trip: Trip) -> None:
    _edit(trip)
    trip.kb("check", "--json")
    trip.kb("check", "--since", "HEAD~1", "--json")


def figures(trip: Trip) -> None:
    _edit(trip)
    trip.kb("insight", "--json", "--at", "2030-01-01")
    trip.kb("health", "--json")


def find(trip: Trip) -> None:
    _edit(trip)
    trip.kb("find", "返金", "--json")
    trip.kb("show", "articles/har")


def stage(trip: Trip) -> None:
    trip.kb("stage", "out", "--audience", "internal")


def patch(trip: Trip) -> None:
    _edit(trip)
    trip.kb("propose", "--yes", "--title", "# 返金", "--why", "# Why", "--patch", "a.patch")
    other = trip.team.other
    other.pull()
    other.git("am", "-q", str(trip.team.mine.root / "a.patch"))
    trip.told.append(other.git("show", "--stat", "--format=%an%n%B"))
    (trip.team.mine.root / "a.patch").unlink()  # has what the user says in mails


def propose(trip: Trip) -> None:
    """Twice: the second is on top of what the team has by then."""
    trip.team.mine.git("tag", "-a", "-m", "mine", "own")
    _edit(trip)
    trip.kb("propose", "--yes", "--title", "# 返金", "--why", "# Why\n\nfix: Grüße")
    _their_edit(trip)
    trip.team.mine.edit(HAR, "Third line, edited", "Third line, edited twice")
    trip.kb("propose", "--yes")
    trip.kb("status")
    trip.kb("undo")


def sync(trip: Trip) -> None:
    _edit(trip)
    _their_edit(trip)
    trip.kb("sync")
    trip.kb("status")
    trip.kb("undo")


def conflict(trip: Trip) -> None:
    trip.team.mine.edit(HAR, "First line.", "First line, mine.")
    _their_edit(trip)
    trip.kb("sync")
    trip.kb("status", "--json")


def offline(trip: Trip) -> None:
    _edit(trip)
    away = trip.team.remote.rename(trip.team.remote.with_name("away.git"))
    trip.kb("propose", "--yes", "--title", "# 返金")
    trip.kb("status")
    away.rename(trip.team.remote)
    trip.kb("propose", "--resume")


def restore(trip: Trip) -> None:
    trip.kb("restore", "articles/har", "--at", "HEAD~1")
    trip.kb("restore", "articles/har", "--at", "HEAD~2", "--dry-run")


def rename(trip: Trip) -> None:
    trip.kb("rename", "articles/har", "articles/net/har")
    trip.kb("propose", "--yes")


QUICK: tuple[Callable[[Trip], None], ...] = (patches, status, patch, propose, sync)
LONG: tuple[Callable[[Trip], None], ...] = (
    history, blame, check, figures, find, stage, conflict, offline, restore, rename,
)  # fmt: skip


@pytest.fixture(scope="session")
def history_template(team_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The team's repositories with a longer history: renamed, signed, with notes and a tag."""
    folder = tmp_path_factory.mktemp("history") / "team"
    shutil.copytree(team_template, folder, symlinks=True)
    _settle(folder, team_template)
    (folder / "gpg").write_text(GPG, "utf-8")
    (folder / "gpg").chmod(0o755)
    mine = Clone(folder / "mine")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name, raising=False)
        patch.setenv("GIT_CONFIG_GLOBAL", str(folder / "settings"))
        mine.write(JA, "---\ntitle: HAR\nsummary: s\n---\n一行目。\n")
        mine.push("First: 返金")
        mine.edit(HAR, "Second line.", "Zweite Zeile: 返金、Grüße.")
        mine.git("config", "gpg.program", str(folder / "gpg"))
        mine.git("config", "commit.gpgSign", "true")
        mine.push("Second: 返金")
        mine.git("config", "--unset", "commit.gpgSign")
        mine.git("config", "--unset", "gpg.program")
        for name in ("proxy", "other", "third"):  # more renames than some look for
            mine.write(f"kb/articles/{name}.md", ARTICLE.replace("HAR files", name) + name * 20)
        mine.push("Third")
        for name in ("proxy", "other", "third"):
            mine.write(
                f"kb/articles/net/{name}.md",
                mine.root.joinpath(f"kb/articles/{name}.md").read_text("utf-8") + "More.\n",
            )
            mine.git("rm", "-q", f"kb/articles/{name}.md")
        mine.push("Moved")
        mine.git("notes", "add", "-m", "A note")
    return folder


def _settle(folder: Path, before: Path) -> None:
    """Let the clones of a copied folder belong to its remote."""
    for name in ("other", "mine"):
        config = folder / name / ".git/config"
        text = config.read_text("utf-8").replace(str(before), str(folder))
        config.write_text(text, "utf-8")
        git(folder / name, "update-index", "-q", "--refresh")


@pytest.fixture
def taken(
    history_template: Path,
    tmp_path: Path,
    home: Path,
    kb: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> Taken:
    """Take a trip in a new copy of the repositories, under some settings; its result."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_DATE", "2026-01-02T03:04:05Z")

    def take(trip: Callable[[Trip], None], settings: dict[str, str]) -> list[object]:
        folder = tmp_path / "team"
        shutil.rmtree(folder, ignore_errors=True)
        for kind in ("cache", "state"):
            shutil.rmtree(home / kind, ignore_errors=True)
        shutil.copytree(history_template, folder, symlinks=True)
        _settle(folder, history_template)
        _write_helpers(folder)
        rows = ((key, value.replace("{tmp}", str(folder))) for key, value in settings.items())
        with monkeypatch.context() as patch:
            patch.chdir(folder / "mine")
            team = Team(folder / "remote.git", Clone(folder / "mine"), Clone(folder / "other"))
            for clone in (team.mine, team.other):
                assert clone.git("status", "--porcelain") == ""
            done = Trip(team, _with_settings(kb, home, WHO + as_file(rows)))
            (home / ".gitconfig").write_text(WHO, "utf-8")
            trip(done)
            return done.result()

    return take


def _with_settings(kb: Run, home: Path, settings: str) -> Run:
    """Kb as the user runs it; what the tests and colleagues do has no such settings."""

    def run(*words: str) -> Outcome:
        (home / ".gitconfig").write_text(settings, "utf-8")
        try:
            return kb(*words)
        finally:
            (home / ".gitconfig").write_text(WHO, "utf-8")

    return run


def _write_helpers(folder: Path) -> None:
    """Files that hostile settings name."""
    (folder / "attributes").write_text("*.md binary\n", "utf-8")
    (folder / "driver").write_text("*.md diff=mine merge=mine\n", "utf-8")
    (folder / "mailmap").write_text("Nobody <n@example.com> Kim <kim@example.com>\n", "utf-8")
    monitor = folder / "monitor"
    monitor.write_text("#!/bin/sh\nprintf 'token\\0'\n", "utf-8")  # nothing has changed, it says
    monitor.chmod(0o755)


def _quick() -> list[object]:
    """Some trips, each under a share of the settings."""
    keys = [*HOSTILE]
    rows: list[object] = []
    for number, trip in enumerate(QUICK):
        share = {key: HOSTILE[key][number % 2] for key in keys[number :: len(QUICK)]}
        rows.append(pytest.param(trip, share, id=trip.__name__))
    return rows


# A file is restored as a checkout would have it: with the line ends that the user asks for.
MEANT = {(restore, "core.autocrlf")}


def _all() -> Iterator[object]:
    """Every trip under all settings at once, and under each of them, with both values."""
    for trip in (*QUICK, *LONG):
        for which in (0, 1):
            every = {
                key: values[which] for key, values in HOSTILE.items() if (trip, key) not in MEANT
            }
            yield pytest.param(trip, every, id=f"{trip.__name__}-{which}")
            for key in (key for key in HOSTILE if (trip, key) not in MEANT):
                row, name = {key: HOSTILE[key][which]}, f"{trip.__name__}-{key}-{which}"
                yield pytest.param(trip, row, id=name)


@pytest.fixture(scope="session")
def plain() -> Plain:
    """The results of trips without settings."""
    return {}


Taken = Callable[[Callable[[Trip], None], dict[str, str]], list[object]]
Plain = dict[str, list[object]]


def _assert_alike(
    trip: Callable[[Trip], None], settings: dict[str, str], taken: Taken, plain: Plain
) -> None:
    if trip.__name__ not in plain:
        plain[trip.__name__] = taken(trip, {})
    assert taken(trip, settings) == plain[trip.__name__]


@pytest.mark.parametrize(("trip", "settings"), _quick())
def test_a_trip_comes_out_alike_under_settings(
    trip: Callable[[Trip], None], settings: dict[str, str], taken: Taken, plain: Plain
) -> None:
    _assert_alike(trip, settings, taken, plain)


@pytest.mark.long
@pytest.mark.parametrize(("trip", "settings"), [*_all()])
def test_every_trip_comes_out_alike_under_every_setting(
    trip: Callable[[Trip], None], settings: dict[str, str], taken: Taken, plain: Plain
) -> None:
    _assert_alike(trip, settings, taken, plain)
