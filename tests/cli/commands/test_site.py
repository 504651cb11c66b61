"""`kb site`: built, built again, served; and what stands in its way."""

from __future__ import annotations

import filecmp
import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO

import pytest
from tests.conftest import Base, Run
from tests.unprivileged import unprivileged

from cannery.operations.site_place import stage_place
from cannery.site.tree import StageFolder

CONFIG = Path(__file__).parents[3] / "mkdocs.yml"
HEAD = "---\ntitle: {}\naudience: public\n---\n"


@pytest.fixture
def wiki(base: Base) -> Base:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text().replace("Cannery Support", "Test"))
    base.write("articles/net/a.md", HEAD.format("First") + "Hello [b](b.md)\n")
    base.write("articles/net/b.md", HEAD.format("Second") + "World\n")
    base.write("articles/net/b.ja.md", HEAD.format("二番目") + "世界\n")
    base.write("articles/inside.md", "---\ntitle: Inside\n---\nbluewhale\n")
    base.write("macros/hi.md", "---\ntitle: Hi\n---\nHello {{ name }}\n")
    return base


def _files(folder: Path) -> dict[str, Path]:
    return {str(p.relative_to(folder)): p for p in folder.rglob("*") if p.is_file()}


def _same(one: Path, two: Path) -> bool:
    left, right = _files(one), _files(two)
    return left.keys() == right.keys() and all(
        filecmp.cmp(left[name], right[name], shallow=False) for name in left
    )


def test_only_what_changed_is_built_again_and_the_site_is_the_same(wiki: Base, kb: Run) -> None:
    def build(folder: str) -> int:
        done = kb("site", "build", "--audience", "internal", "--out", folder, "--json")
        assert done.code == 0, done.err
        return int(json.loads(done.out)["built"])

    assert build("out") > 10
    assert build("out") == 0
    wiki.write("articles/net/b.md", HEAD.format("Second") + "World, again\n")
    assert build("out") == 1
    wiki.write("articles/net/a.md", HEAD.format("Renamed") + "Hello\n")
    assert build("out") > 2, "those that name it, too"
    wiki.write("articles/net/new.md", HEAD.format("New") + "x\n")
    (wiki.root / "kb/articles/net/b.ja.md").unlink()
    build("out")
    build("fresh")
    assert _same(wiki.root / "out", wiki.root / "fresh")
    (wiki.root / "out/articles/net/a/index.html").unlink()
    assert build("out") == 1, "a page that was lost comes back"
    assert _same(wiki.root / "out", wiki.root / "fresh")


def test_many_pages_are_shared_by_two_processes(wiki: Base, kb: Run) -> None:
    for number in range(120):
        wiki.write(f"articles/many/{number}.md", HEAD.format(number) + f"text {number}\n")
    assert kb("site", "build", "--out", "out").code == 0
    for name in ("docs", "theme"):  # of `kb init`, they are there
        (wiki.root / ".site" / name).mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", "plain"],
        cwd=wiki.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert _same(wiki.root / "out", wiki.root / "plain"), "and by plain MkDocs alike"


def test_the_audience_may_change_in_the_same_folder(wiki: Base, kb: Run) -> None:
    kb("site", "build", "--audience", "internal", "--out", "out")
    assert (wiki.root / "out/macros/hi/index.html").exists()
    assert kb("site", "build", "--out", "out").code == 0
    left = "".join(path.read_text("utf-8", "replace") for path in (wiki.root / "out").rglob("*.*"))
    assert "bluewhale" not in left
    assert not (wiki.root / "out/macros").exists()
    assert not (wiki.root / ".site/docs/macros").exists()


def test_a_link_to_what_is_hidden_stops_the_build_and_the_site_stays(wiki: Base, kb: Run) -> None:
    assert kb("site", "build", "--out", "out").code == 0
    before = (wiki.root / "out/articles/net/b/index.html").read_bytes()
    wiki.write("articles/net/b.md", HEAD.format("Second") + "See [in](../inside.md)\n")
    done = kb("site", "build", "--out", "out")
    assert done.code == 1
    said = (
        "kb/articles/net/b.md:5: a public article links to an internal article: articles/inside.md"
    )
    assert said in done.err
    assert (wiki.root / "out/articles/net/b/index.html").read_bytes() == before


def test_a_leak_fails_the_build_and_names_it(wiki: Base, kb: Run) -> None:
    wiki.write("kb.toml", "")  # without a name, the builder's own is shown
    config = CONFIG.read_text().replace("site_name: Cannery Support", "site_name: Bluewhale")
    (wiki.root / "mkdocs.yml").write_text(config)
    done = kb("site", "build", "--out", "out")
    assert done.code == 1
    assert "'bluewhale', which only kb/articles/inside.md has" in done.err


def test_a_site_says_what_kb_toml_says_and_tells_where_mkdocs_yml_differs(
    wiki: Base, kb: Run
) -> None:
    wiki.write("kb.toml", 'name = "Acme & Co"\nsite_url = "https://help.test/kb"\n')
    done = kb("site", "build", "--out", "out")
    assert done.code == 0, done.err
    assert "mkdocs.yml:3: site_name is Test, kb/kb.toml says Acme & Co, which is shown" in done.err
    page = (wiki.root / "out/articles/net/a/index.html").read_text()
    assert "Acme &amp; Co" in page
    assert "Test" not in page
    assert "https://help.test/kb/articles/net/a/" in (wiki.root / "out/sitemap.xml").read_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site_name: x\n", "does not use"),
        ("site_name: x\ndocs_dir: kb\n", "does not use"),
        ("site_name: x\ndocs_dir: .site/docs\ntheme: {name: material}\n", "/theme"),
        ("site_name: x\ndocs_dir: [1]\n", "mkdocs.yml"),
        ("a: b: c\n", "mkdocs.yml"),
        ("", "mkdocs.yml"),
    ],
)
def test_settings_that_build_something_else_are_refused(
    wiki: Base, kb: Run, text: str, said: str
) -> None:
    (wiki.root / "docs").mkdir()
    (wiki.root / "mkdocs.yml").write_text(text)
    done = kb("site", "build", "--out", "out")
    assert done.code == 1, done.err
    assert said in done.err
    assert not (wiki.root / "out").exists()


def test_what_runs_of_others_is_named(wiki: Base, kb: Run) -> None:
    assert "mkdocs.yml runs" not in kb("site", "build").err
    (wiki.root / "count.py").write_text("def on_config(config, **_):\n    return config\n")
    text = CONFIG.read_text().replace("plugins:\n", "plugins:\n  - search\n")
    (wiki.root / "mkdocs.yml").write_text(f"{text}hooks: [count.py]\n")
    assert (
        "mkdocs.yml runs code: the hook count.py, the plugin material/search."
        in kb("site", "build").err
    )


def test_without_settings_there_is_a_way(wiki: Base, kb: Run) -> None:
    (wiki.root / "mkdocs.yml").unlink()
    done = kb("site", "build")
    assert done.code == 1
    assert "kb init" in done.err


def test_a_folder_with_other_files_is_left_alone(wiki: Base, kb: Run) -> None:
    (wiki.root / "out").mkdir()
    (wiki.root / "out/mine.txt").write_text("x")
    done = kb("site", "build", "--out", "out")
    assert done.code == 1
    assert "contains other files" in done.err
    assert (wiki.root / "out/mine.txt").read_text() == "x"


def test_two_at_once_into_the_same_folder_are_kept_apart(wiki: Base, kb: Run) -> None:
    out = wiki.root / "out"
    with stage_place(wiki.workspace, out) as place, StageFolder(place).locked():
        done = kb("site", "build", "--out", "out")
        assert kb("site", "build", "--out", "other").code == 0
    assert done.code == 1
    assert "another kb process is building in out" in done.err
    assert kb("site", "build", "--out", "out").code == 0
    with StageFolder(wiki.root / ".site").locked():
        assert "another kb process is building" in kb("site", "build").err


def test_a_file_in_the_way_is_no_bug(wiki: Base, kb: Run) -> None:
    (wiki.root / ".site").write_text("x")
    done = kb("site", "build")
    assert done.code == 1
    assert ".site" in done.err
    assert kb("site", "build", "--out", "out").code == 0


@pytest.mark.parametrize("more", [(), ("--audience", "internal"), ("--offline",)])
def test_into_a_folder_of_its_own_nothing_of_the_checkout_is_written(
    wiki: Base, kb: Run, tmp_path: Path, more: tuple[str, ...]
) -> None:
    before = _seen(wiki.root)
    first = kb("site", "build", "--out", str(tmp_path / "out"), *more)
    again = kb("site", "build", "--out", str(tmp_path / "out"), *more)
    assert (first.code, again.code) == (0, 0), first.err
    assert " 0 rebuilt" in again.err
    assert _seen(wiki.root) == before


def _seen(root: Path) -> dict[Path, int]:
    return {path: path.lstat().st_mtime_ns for path in (root, *root.rglob("*"))}


@pytest.mark.needs("setpriv")
def test_a_checkout_that_may_not_be_written_to_is_built_from(wiki: Base, tmp_path: Path) -> None:
    barred = tmp_path / "barred"
    barred.mkdir()
    folders = [path for path in (wiki.root, *wiki.root.rglob("*")) if path.is_dir()]
    for folder in (*folders, barred):
        folder.chmod(0o500)
    out = tmp_path / "out"
    to_barred = f"site build --out {barred}/x"
    try:
        built, inside, staged, *refused = unprivileged(
            wiki.root,
            f"site build --out {out}",
            "site build",
            "stage",
            to_barred,
            f"{to_barred} --offline",
        )
    finally:
        for folder in folders:
            folder.chmod(0o700)
    assert (built.code, (out / "index.html").is_file()) == (0, True), built.err
    for done in (inside, staged):
        assert (done.code, "Permission denied" in done.err) == (1, True), done.err
        assert "`kb site build --out FOLDER`" in done.err
    for done in refused:
        assert (done.code, f"{barred}/x: Permission denied" in done.err) == (1, True), done.err
        assert "Name a folder that you may write to." in done.err


def test_where_no_cache_can_be_kept_a_site_is_staged_for_one_build(
    wiki: Base, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert kb("site", "build", "--out", "out").code == 0
    assert [*tmp_path.glob("kb-stage-*")] == []


def _get(address: str) -> str:
    for _ in range(50):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own
                return str(answer.read(), "utf-8")
        except urllib.error.URLError:
            time.sleep(0.1)  # it is about to listen
    pytest.fail(f"{address} does not answer")


def _told(stderr: IO[str]) -> str:
    """The next line, but for what a machine without fonts is told with each build."""
    return next(line for line in stderr if "install Pillow, and a font" not in line)


def test_what_is_changed_is_served_at_once_and_ctrl_c_ends_it(wiki: Base) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "cannery", "site", "serve", "--port", str(port)]
    served = subprocess.Popen(command, cwd=wiki.root, stderr=subprocess.PIPE, text=True)
    try:
        assert served.stderr is not None
        assert f"http://127.0.0.1:{port}/" in _told(served.stderr)
        page = f"http://127.0.0.1:{port}/articles/net/b/"
        assert "World" in _get(page)
        wiki.write("articles/net/b.md", HEAD.format("Second") + "Changed\n")
        end = time.monotonic() + 20
        while "Changed" not in _get(page) and time.monotonic() < end:
            time.sleep(0.1)
        assert "Changed" in _get(page)
        wiki.write("articles/net/b.md", HEAD.format("Second") + "[x](nowhere.md)\n")
        assert "Rebuilt 1 page" in _told(served.stderr)
        assert re.search(r"broken link: nowhere\.md", _told(served.stderr))
        assert "Changed" in _get(page), "the site stays as it was"
    finally:
        served.send_signal(signal.SIGINT)
        served.communicate(timeout=20)
    assert served.returncode == 0


def test_a_port_that_is_taken_is_said(wiki: Base, kb: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = kb("site", "serve", "--port", str(taken.getsockname()[1]))
    assert done.code == 1
    assert "Choose another port" in done.err


def test_a_new_knowledge_base_has_a_site(
    tmp_path: Path, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert kb("init", "new").code == 0
    monkeypatch.chdir(tmp_path / "new")
    done = kb("site", "build", "--audience", "internal")
    assert done.code == 0, done.err
    assert (tmp_path / "new/site/macros/index.html").exists()
    said = subprocess.run(["git", "status", "--short"], check=True, capture_output=True, text=True)
    assert ".site/docs" not in said.stdout.replace(".site/docs/.gitignore", "")
