"""An index is data: whatever stands in its files, nothing of it runs."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import Base

import cannery
from cannery.search.manifest import describe, index_folder, latest_manifest, write_manifest

_WITHOUT_PICKLE = """
import os, pickle, sys, time
import _pickle

def refuse(*_, **__):
    sys.stderr.write("a pickle was read or written\\n")
    os._exit(77)

for module in (pickle, _pickle):
    for name in ("load", "loads", "dump", "dumps", "Unpickler", "Pickler"):
        if not name.endswith("ickler"):
            setattr(module, name, refuse)
        else:
            setattr(module, name, type(name, (), {"__init__": refuse}))
sys.addaudithook(lambda event, _: refuse() if event.startswith("pickle.") else None)

from pathlib import Path
import cannery
from cannery.search.index import temporary_index
from cannery.search.manifest import index_folder, latest_manifest

root = Path(sys.argv[1])
folder = index_folder(cannery.open(root).workspace.cache)
with cannery.open(root) as kb:
    assert len(kb.search("proxy", limit=999)) == 200
    for number in range(20):
        (root / f"kb/articles/{number}.md").write_text(f"proxy again{number}")
    assert kb.search("again7")[0].at.id == "articles/7"
    (root / "kb/articles/8.md").unlink()
    assert len(latest_manifest(folder)[1].segments) == 2, "an update"
    for number in range(20, 180):
        (root / f"kb/articles/{number}.md").write_text(f"proxy more{number}")
    time.sleep(0.05)
    assert len(kb.search("proxy", limit=999)) == 199
    kb.search("proxy")
    assert all(not piece.gone for piece in latest_manifest(folder)[1].segments), "a merge"
    kb.similar("proxy more150", limit=3)
    kb.suggest("prxoy")
temporary_index(folder).close()
print("done")
"""


def test_neither_build_nor_search_update_nor_merge_reads_or_writes_a_pickle(base: Base) -> None:
    for number in range(200):
        base.write(f"articles/{number}.md", f"---\ntitle: T{number}\ntags: [a]\n---\nproxy")
    time.sleep(0.05)  # or the next search reads some of them again
    command = [sys.executable, "-c", _WITHOUT_PICKLE, str(base.root)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.stderr.decode() == ""
    assert done.stdout.decode() == "done\n"


class Planted:
    """Makes a folder when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.mkdir, (self.mark,)


def _whoosh_contents(evil: bytes) -> bytes:
    """What Whoosh's own table of contents looks like, with a pickle where its schema would be."""
    numbers = bytes((4, 8, 4)) + (-12345).to_bytes(4, "big", signed=True)
    head = numbers + (-111).to_bytes(4, "big", signed=True) + bytes((2, 7, 5))
    return head + bytes([len(evil)]) + evil + bytes(8) + evil


def test_a_planted_pickle_does_what_it_is_planted_for(tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Planted(tmp_path / "mark")))  # noqa: S301 - the test's own
    assert (tmp_path / "mark").is_dir()


@pytest.mark.parametrize("generation", [0, 1, 99])
@pytest.mark.parametrize("beside", [False, True])
def test_a_table_of_contents_as_whoosh_writes_it_is_none(
    base: Base, tmp_path: Path, generation: int, beside: bool
) -> None:
    base.write("articles/a.md", "proxy")
    folder = index_folder(base.workspace.cache)
    if beside:
        with cannery.open(base.root) as opened:
            opened.search("proxy")
    else:
        folder.mkdir(parents=True)
    evil = pickle.dumps(Planted(tmp_path / "mark"), 2)
    (folder / f"_MAIN_{generation}.toc").write_bytes(_whoosh_contents(evil))
    base.write("articles/b.md", "proxy")
    with cannery.open(base.root) as opened:
        assert len(opened.search("proxy")) == 2
    assert not (tmp_path / "mark").exists()


# A posting list that is none is met when its reader is open already.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("where", ["instead", "in front", "behind"])
@pytest.mark.parametrize("ending", ["trm", "pst", "kept", "keptends", "pairs", "len", "manifest"])
def test_a_pickle_in_a_file_that_the_manifest_vouches_for_is_not_run(
    base: Base, tmp_path: Path, ending: str, where: str
) -> None:
    for number in range(30):
        base.write(f"articles/{number}.md", f"---\ntitle: T{number}\n---\nproxy")
    with cannery.open(base.root) as opened:
        opened.search("proxy")
    folder = index_folder(base.workspace.cache)
    generation, manifest = latest_manifest(folder)
    evil = pickle.dumps(Planted(tmp_path / "mark"), 2)
    for path in folder.iterdir():
        if path.name.endswith(f".{ending}") or path.name.startswith(ending):
            data = path.read_bytes()
            planted = {"instead": evil, "in front": evil + data, "behind": data + evil}
            path.write_bytes(planted[where])
    if ending != "manifest":
        write_manifest(
            folder, generation, manifest._replace(files=describe(folder, manifest.files))
        )
    with cannery.open(base.root) as opened:
        found = opened.search("proxy", limit=99)  # who can forge a manifest can hide an entry
    assert len(found) == 30 or ending != "manifest"
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("name", ["../../elsewhere", "/etc/passwd", "..", "", "a/b", "a\0b"])
def test_a_manifest_names_only_files_of_its_own_folder(base: Base, name: str) -> None:
    base.write("articles/a.md", "proxy")
    with cannery.open(base.root) as opened:
        opened.search("proxy")
    folder = index_folder(base.workspace.cache)
    generation, manifest = latest_manifest(folder)
    for changed in (
        manifest._replace(files={name: (0, 0, 0, 0)}),
        manifest._replace(segments=(manifest.segments[0]._replace(name=name),)),
    ):
        write_manifest(folder, generation, changed)
        with pytest.raises(ValueError, match="no file of an index"):
            latest_manifest(folder)
