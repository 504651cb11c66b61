from __future__ import annotations

from tests.conftest import Base

from cannery.git.authorship import file_histories


def _commit(base: Base, path: str, name: str, day: str, text: str) -> None:
    base.write(path, text)
    base.git("add", "-A")
    date = f"{day}T12:00:00Z"
    base.git("-c", f"user.name={name}", "commit", "-q", "-m", "x", "--date", date)


def test_the_last_day_and_who_wrote_it_the_latest_first(base: Base) -> None:
    base.git("init", "-q")
    _commit(base, "articles/a.md", "Ann", "2026-01-02", "1")
    _commit(base, "articles/日本 語.md", "花子", "2026-01-03", "1")
    _commit(base, "articles/a.md", "Bob", "2026-01-04", "2")
    _commit(base, "articles/secret.md", "Eve", "2026-01-05", "2")
    found = file_histories(
        base.root, ["kb/articles/a.md", "kb/articles/日本 語.md", "kb/articles/new.md"]
    )
    assert found["kb/articles/a.md"].people == ("Bob", "Ann")
    assert found["kb/articles/日本 語.md"].people == ("花子",)
    assert found.keys() == {"kb/articles/a.md", "kb/articles/日本 語.md"}, "nobody else's"


def test_without_git_nothing_is_known(base: Base) -> None:
    base.write("articles/a.md", "x")
    assert file_histories(base.root, ["kb/articles/a.md"]) == {}
    base.git("init", "-q")
    assert file_histories(base.root, ["kb/articles/a.md"]) == {}
