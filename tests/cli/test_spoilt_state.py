"""A file of kb's own that can't be read costs nothing but what it held, and is told."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.conftest import Base, Run
from tests.util.test_state import SPOILT

from cannery.search.manifest import index_folder
from cannery.util import notices

MACRO = "---\ntitle: A\nfields:\n  name: {type: text, remember: true, default: none}\n---\nproxy {{ name }}"
COMMANDS = (("find", "proxy"), ("reply", "a", "--print"), ("check",), ("doctor",), ("show", "a"))


@pytest.fixture
def used(base: Base, kb: Run) -> Base:
    """A knowledge base in a repository, with all that kb keeps of its use."""
    base.write("macros/a.md", MACRO)
    base.write("articles/b.md", "---\ntitle: B\n---\nproxy")
    base.write("articles/b.ja.md", "---\ntitle: B\n---\nproxy")
    base.write("synonyms.yml", "- [proxy, gateway]\n")
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qm", "A"]):  # fmt: skip
        subprocess.run(["git", *words], cwd=base.root, check=True)
    assert kb("reply", "a", "--set", "name=Kim", "--print").code == 0
    assert kb("find", "gateway").code == 0
    assert kb("check").code == 0
    notices.taken()
    return base


def _files(base: Base) -> dict[str, Path]:
    index = index_folder(base.workspace.cache)
    return {
        "values": base.workspace.state / "values.json",
        "usage": base.workspace.state / "usage.json",
        "check": base.workspace.cache / "check.json",
        "commits": base.workspace.cache / "commits.json",
        "words": index / "completions.json",
        "synonyms": index / "synonyms.json",
    }


_KEPT = ("values", "usage", "check", "commits", "synonyms")
# One function reads them all (tests/util/test_state.py): each kind of spoilt meets one file here,
# each file several kinds, and in the long run every one meets every other.
_PAIRS = [
    pytest.param(which, how, marks=[] if number % len(_KEPT) == at else [pytest.mark.long])
    for number, how in enumerate(SPOILT)
    for at, which in enumerate(_KEPT)
]


@pytest.mark.parametrize(("which", "how"), _PAIRS)
def test_every_command_goes_on_without_it(used: Base, kb: Run, which: str, how: str) -> None:
    path = _files(used)[which]
    path.unlink(missing_ok=True)
    SPOILT[how](path)
    said = ""
    for words in COMMANDS:
        done = kb(*words)
        assert done.code == 0, done.err
        assert "Traceback" not in done.err
        said += done.err
    is_other = how == "a list" and which in ("check", "commits")  # as of another version: no fault
    assert said.count(f"{path} can't be read") == (not is_other)
    assert len([*path.parent.glob(f"{path.name}.unreadable-*")]) == (not is_other)
    assert "proxy" in kb("reply", "a", "--print").out


ODD = ('{"a": null}', '{"a": [null, null]}', "[[1], [2]]", '{"name": ["x", 1e400]}', '["1 x", {"kb/macros/a.md": ["k", 1]}]', '["", ["--output=x", {}]]', "[[1, 2, 3], [[null]]]", '{"name": {"0": "x", "1": 1}}')  # fmt: skip


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("which", ["values", "usage", "check", "commits", "words", "synonyms"])
def test_sound_json_of_another_shape_does_no_harm(
    used: Base, kb: Run, which: str, text: str
) -> None:
    path = _files(used)[which]
    path.write_text(text)
    for words in COMMANDS:
        done = kb(*words)
        assert done.code == 0, done.err


def test_what_a_check_kept_is_looked_through_before_it_is_believed(used: Base, kb: Run) -> None:
    path = used.workspace.cache / "check.json"
    form, rows = json.loads(path.read_text())
    sound = kb("check", "--format", "json").out
    for at in range(len(rows["kb/macros/a.md"])):
        for wrong in (None, [None], [[None]], {"a": None}, 10**30, [[1, 2, 3, 4, 5, 6]]):
            spoilt = [*rows["kb/macros/a.md"]]
            if spoilt[at] == wrong:
                continue
            spoilt[at] = wrong
            path.write_text(json.dumps([form, {**rows, "kb/macros/a.md": spoilt}]))
            done = kb("check", "--format", "json")
            assert done.code == 0, (at, wrong, done.err)
            if at != 7 or not isinstance(wrong, int):  # a number is as good as another
                assert done.out == sound
