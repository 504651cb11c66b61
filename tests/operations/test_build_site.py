"""Sites built by two processes and by one: the very same files, and the same faults."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from tests.conftest import Base, Run

from cannery.errors import SiteError
from cannery.model.entry import Audience
from cannery.operations import build_site as site_building
from cannery.operations import stage as staging
from cannery.operations.build_site import BuiltSite, Mode, build_site
from cannery.operations.site_place import stage_place
from cannery.operations.stage import view_for
from cannery.site import stage as site_stage
from cannery.site.stage import render_stage

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
LANGUAGES = ("en", "ja", "de")
WORDS = ("printer", "プリンターの設定", "Drucker")
PAGES = 6  # in each language
FEW = 12  # pages that one process builds sooner than two, here
# `kb`, which shares a site as small as this one with another process.
KB = f"""
import sys
from cannery.start import main
from cannery.operations import build_site
build_site._FEW = {FEW}
main(sys.argv[1:])
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'


def _zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "a")
    return made.getvalue()


FILES = {
    "png": b"\x89PNG\r\n\x1a\n", "svg": SVG.encode(), "gif": b"GIF89a", "webp": b"RIFF\0\0\0\0WEBP",
    "pdf": b"%PDF-1.4\n%%EOF\n", "txt": b"text\n", "log": b"log\n", "csv": b"a,b\n", "json": b"{}",
    "har": b'{"log": {}}', "zip": _zip(), "gz": gzip.compress(b"log", mtime=0),
}  # fmt: skip
PICTURES = ("png", "svg", "gif", "webp")


@pytest.fixture(scope="session")
def large_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More than 20 pages in several languages, with pictures and attachments, and links between."""
    base = Base(tmp_path_factory.mktemp("large") / "base")
    base.write("kb.toml", f'site_url = "https://help.test"\nlanguages = {json.dumps(LANGUAGES)}\n')
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    for number in range(4):
        for ending, raw in FILES.items():
            base.write(f"files/{number}.{ending}", raw)
    for language, word in zip(LANGUAGES, WORDS, strict=True):
        suffix = "" if language == "en" else f".{language}"
        for number in range(PAGES):
            base.write(f"articles/s{number % 3}/p{number}{suffix}.md", _page(word, number, suffix))
        base.write(f"articles/s1/index{suffix}.md", f"---\ntitle: {word}\naudience: public\n---\n")
        base.write(f"index{suffix}.md", f"# {word}\n\n![x](files/1.png)\n")
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello {{ name }}\n")
    base.write("synonyms.yml", "- [printer, Drucker]\n")
    base.git("init", "-q")
    base.git("add", "kb")
    base.git("commit", "-q", "-m", "x")
    return base.root


@pytest.fixture
def large(base: Base, large_template: Path, monkeypatch: pytest.MonkeyPatch) -> Base:
    """A copy of it, which two processes build."""
    monkeypatch.setattr(site_building, "_FEW", FEW)
    shutil.copytree(large_template, base.root, symlinks=True, dirs_exist_ok=True)
    return base


def _page(word: str, number: int, suffix: str) -> str:
    near, far = (number + 3) % PAGES, (number + 4) % PAGES
    other = f"../s{far % 3}/p{far}{suffix}.md"
    files = "\n".join(
        f"{'!' if ending in PICTURES else ''}[{ending}](../../files/{number % 4}.{ending})"
        for ending in FILES
    )
    return (
        f"---\ntitle: '{word} {number}'\nsummary: '{word}'\ntags: ['{word}']\naudience: public\n"
        f"redirect_from: [articles/old/p{number}]\n---\n# {word} {number}\n\n{word} "
        f"[near](../s{near % 3}/p{near}{suffix}.md) [far][1]\n\n{files}\n\n"
        f"```python\nprint({number})\n```\n\n[1]: {other}\n"
    )


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _build(
    base: Base, folder: str, *, alone: bool, audience: Audience = Audience.PUBLIC
) -> BuiltSite:
    return build_site(base.workspace, audience, base.root / folder, mode=Mode(alone=alone))


# What one process makes of a knowledge base's files: often of the very same ones.
_BUILT: dict[str, dict[str, bytes]] = {}


def _built_by_one(base: Base) -> dict[str, bytes]:
    content = _files(base.workspace.content)
    config = (base.root / "mkdocs.yml").read_bytes()
    key = hashlib.sha256(repr((sorted(content.items()), config)).encode()).hexdigest()
    if key not in _BUILT:
        _build(base, "fresh", alone=True)
        _BUILT[key] = _files(base.root / "fresh")
    return _BUILT[key]


def _is_same(left: dict[str, bytes], right: dict[str, bytes]) -> bool:
    assert left.keys() == right.keys()
    assert [name for name in left if left[name] != right[name]] == []
    return len(left) > 0


def _is_as_by_one(base: Base) -> bool:
    return _is_same(_files(base.root / "out"), _built_by_one(base))


def test_what_two_processes_have_read_is_kept(large: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_MANY", 12)
    for front in large.workspace.content.glob("index*.md"):
        front.unlink()  # one process reads them
    site = view_for(large.workspace, Audience.PUBLIC)
    first = staging.stage_of(large.workspace, site)
    monkeypatch.setattr(staging, "_analyse_in_two", None)  # nobody is called for nothing
    monkeypatch.setattr(site_stage, "analyse", None)
    again = staging.stage_of(large.workspace, site)
    assert again == first


def _staged(base: Base, target: str) -> dict[str, bytes]:
    with stage_place(base.workspace, base.root / target) as place:
        return _files(place / "docs")


@pytest.mark.parametrize("audience", [*Audience])
def test_two_processes_make_what_one_makes(
    large: Base, audience: Audience, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_MANY", 12)  # the links of the texts are found by two as well
    assert _build(large, "two", alone=False, audience=audience).rebuilt > 18
    shared_stage = _staged(large, "two")
    monkeypatch.setattr(staging, "_MANY", 10_000)
    for kept in large.workspace.cache.iterdir():
        if kept.is_file():
            kept.unlink()
    _build(large, "one", alone=True, audience=audience)
    assert _is_same(_files(large.root / "two"), _files(large.root / "one"))
    assert shared_stage == _staged(large, "one")
    there = _files(large.root / "two")
    assert {f"files/{number}.{ending}" for number in range(4) for ending in FILES} <= there.keys()


def test_a_site_built_again_after_edits_is_the_one_built_of_everything(large: Base) -> None:
    _build(large, "out", alone=False)
    for number in range(PAGES):  # most pages change with these, and are shared
        for path in (large.root / f"kb/articles/s{number % 3}").glob(f"p{number}*.md"):
            path.write_text(path.read_text() + "\nmore\n")
    (large.root / "kb/articles/s1/index.de.md").unlink()
    large.write("files/2.png", b"\x89PNG another")
    os.utime(large.root / "kb/files/2.png", (1, 1))
    (large.root / "out/files/3.pdf").unlink()
    assert _build(large, "out", alone=False).rebuilt > 16
    assert _is_as_by_one(large)
    assert _files(large.root / "out")["files/2.png"] == b"\x89PNG another"


# An extension that makes links lead where nothing is: of what our parser reads, the stage knows all.
EXTENSION = """
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

class Astray(Treeprocessor):
    def run(self, root):
        for link in root.iter("a"):
            if link.get("href").startswith("#nowhere"):
                link.set("href", link.get("href")[1:] + ".md")

class AstrayExtension(Extension):
    def extendMarkdown(self, md):
        md.treeprocessors.register(Astray(md), "astray", 9)

def makeExtension(**options):
    return AstrayExtension(**options)
"""
FAULT = "---\ntitle: T\naudience: public\n---\n[x](#nowhere{})\n"


@pytest.mark.parametrize("alone", [True, False])
def test_the_faults_of_both_processes_are_told_once(
    large: Base, alone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    (large.root / "astray.py").write_text(EXTENSION)
    monkeypatch.syspath_prepend(large.root)
    config = large.root / "mkdocs.yml"
    config.write_text(config.read_text().replace("  - tables\n", "  - tables\n  - astray\n"))
    for number in range(6):
        large.write(f"articles/s0/fault{number}.md", FAULT.format(number))
    with pytest.raises(SiteError) as error:
        _build(large, "out", alone=alone)
    told = re.findall(r"link '(nowhere\d\.md)'", error.value.message)
    assert told == [f"nowhere{number}.md" for number in range(6)]
    assert len(error.value.message.splitlines()) == 7
    assert (large.root / "out/.unfinished-by-kb").exists()
    for number in range(6):
        (large.root / f"kb/articles/s0/fault{number}.md").unlink()
    _build(large, "out", alone=False)
    assert _is_as_by_one(large), "what was half built is not taken for whole"


@pytest.mark.parametrize("place", [0, 1])
def test_a_disk_that_refuses_either_process_fails_the_build(
    large: Base, kb: Run, place: int
) -> None:
    _build(large, "out", alone=False)
    changed = sorted((large.root / "kb/articles").glob("s*/p*.md"))
    for path in changed:
        path.write_text(path.read_text() + "\nmore\n")
    listed = [*render_stage(view_for(large.workspace, Audience.PUBLIC)).files]
    name = [item for item in listed if "/p" in item and item.endswith(".md")][place]
    page = large.root / "out" / name.removesuffix(".md") / "index.html"
    page.unlink()
    page.mkdir()
    done = kb("site", "build", "--out", "out")
    assert done.code == 1
    assert "index.html: Is a directory" in done.err
    page.rmdir()
    _build(large, "out", alone=False)
    assert _is_as_by_one(large)


# When a build is ended, and how: each when and each how, and at night each of the other pairs.
_ENDED = (
    (".unfinished-by-kb", signal.SIGKILL),
    ("404.html", signal.SIGINT),
    ("ja/articles/s0", signal.SIGKILL),
)
_ENDED_LONG = (
    (".unfinished-by-kb", signal.SIGINT),
    ("404.html", signal.SIGKILL),
    ("ja/articles/s0", signal.SIGINT),
)


@pytest.mark.parametrize(
    ("place", "number"),
    [*_ENDED, *(pytest.param(*pair, marks=pytest.mark.long) for pair in _ENDED_LONG)],
)
def test_a_build_that_is_ended_leaves_no_process_and_can_be_done_again(
    large: Base, number: int, place: str
) -> None:
    command = [sys.executable, "-c", KB, "site", "build", "--out", "out"]
    process = subprocess.Popen(command, cwd=large.root, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not (large.root / "out" / place).exists():
        time.sleep(0.001)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)  # the forks hold its stderr as long as they live
    assert process.returncode in {-number, 128 + number}, said
    assert "Traceback" not in said
    _build(large, "out", alone=False)
    assert _is_as_by_one(large)


def test_a_plugin_that_sees_all_pages_gets_all_pages(large: Base) -> None:
    text = CONFIG.read_text().replace("plugins:\n", "plugins:\n  - search\n")
    (large.root / "mkdocs.yml").write_text(text)
    _build(large, "out", alone=False)
    path = large.root / "kb/articles/s0/p0.md"
    path.write_text(path.read_text() + "\nAnother word\n")
    _build(large, "out", alone=False)
    assert _is_as_by_one(large)
    index = json.loads((large.root / "out/search/search_index.json").read_bytes())
    assert len({item["location"].partition("#")[0] for item in index["docs"]}) > 18
