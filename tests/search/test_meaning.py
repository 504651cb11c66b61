"""A sentence encoder of the user's own orders what words have found."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from tests.conftest import Base, Run
from tests.search import tiny_encoder
from tests.search.tiny_encoder import named, vectors

import cannery
from cannery.errors import CanneryError
from cannery.installation import how_to_add


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model, which the settings name; skipped without the extra, which CI must have."""
    tiny_encoder.must_run()
    return named(tiny_encoder.write(tmp_path / "model"))


@pytest.fixture
def desk(base: Base) -> Base:
    for number, word in enumerate(("bag", "colour", "slow")):
        base.write(f"articles/{number}.md", f"---\ntitle: Laptop {word}\n---\nLaptop, {word}")
    return base


def found(desk: Base, words: str, *, typing: bool = False) -> list[str]:
    with cannery.open(desk.root) as opened:
        return [hit.at.id.removeprefix("articles/") for hit in opened.search(words, typing=typing)]


def test_without_a_model_words_alone_count(desk: Base) -> None:
    assert found(desk, "sluggish laptop")[0] != "2"
    assert vectors() == []


def test_what_means_the_same_comes_first(desk: Base, model: Path) -> None:
    assert found(desk, "sluggish laptop")[0] == "2"


@pytest.mark.parametrize(("language", "first"), [("en", "2"), ("ja", "0")])
def test_it_counts_for_the_languages_named(
    desk: Base, model: Path, language: str, first: str
) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "cannery/config.toml"
    config.write_text(f"{config.read_text('utf-8')}languages = ['{language}']\n", "utf-8")
    assert found(desk, "sluggish laptop")[0] == first


def test_a_message_in_letters_of_no_language_is_of_that_of_what_it_finds(
    desk: Base, model: Path
) -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "cannery/config.toml"
    config.write_text(f"{config.read_text('utf-8')}languages = ['ja']\n", "utf-8")
    for number, word in enumerate(("bag", "colour", "slow")):
        desk.write(f"articles/{number}.md", f"---\ntitle: 機器 {word}\n---\nLaptop, {word}")
    assert found(desk, "sluggish laptop")[0] == "2"


def test_what_no_word_finds_is_not_found(desk: Base, model: Path) -> None:
    assert found(desk, "sluggish") == []


def test_filters_hold(desk: Base, model: Path) -> None:
    assert "2" not in found(desk, "sluggish laptop -slow")


def test_an_unfinished_word_has_no_meaning_yet(desk: Base, model: Path) -> None:
    assert found(desk, "sluggish laptop", typing=True)[0] != "2"


def test_the_part_of_meaning_is_told_and_the_parts_add_up(desk: Base, model: Path) -> None:
    with cannery.open(desk.root) as opened:
        hits = opened.search("sluggish laptop", explain=True)
    parts = [hit.explanation.parts for hit in hits if hit.explanation]
    assert [sum(part.amount for part in some) for some in parts] == pytest.approx(
        [hit.score for hit in hits]
    )
    amounts = [part.amount for some in parts for part in some if part.name == "meaning"]
    assert amounts[0] > 0 > amounts[-1]


def test_an_entry_is_read_once(desk: Base, model: Path) -> None:
    with cannery.open(desk.root) as opened:
        opened.update()
        assert opened.read_meaning()
        assert opened.unread() is None
        desk.write("articles/0.md", "---\ntitle: A bag\n---\nlaptop, sluggish")
        for _ in opened.catch_up(opened.behind()):
            pass
        reading = opened.unread()
        assert reading
        assert reading.todo == ("kb/articles/0.md",)


def test_a_model_named_later_reads_what_was_indexed_before(
    desk: Base, kb: Run, tmp_path: Path
) -> None:
    tiny_encoder.must_run()
    kb("find", "laptop")
    named(tiny_encoder.write(tmp_path / "model"))
    assert json.loads(kb("find", "sluggish laptop", "--json").out)[0]["id"] == "articles/2"
    assert len(vectors()) == 1


def test_a_rebuilt_index_needs_no_new_reading(desk: Base, model: Path) -> None:
    found(desk, "laptop")
    for folder in Path(os.environ["XDG_CACHE_HOME"]).glob("cannery/*/index-*"):
        folder.rename(folder.parent / "gone")
    with cannery.open(desk.root) as opened:
        for _ in opened.catch_up(opened.behind()):
            pass
        assert opened.unread() is None


@pytest.mark.parametrize("content", [b"", b"kb-mean1" + b"\0" * 100])
def test_spoilt_vectors_are_made_anew(desk: Base, model: Path, content: bytes) -> None:
    found(desk, "laptop")
    (path,) = vectors()
    path.write_bytes(content)
    assert found(desk, "sluggish laptop")[0] == "2"


def test_another_model_reads_for_itself(desk: Base, model: Path) -> None:
    found(desk, "laptop")
    before = vectors()
    named(tiny_encoder.write(model.parent / "other"))
    assert found(desk, "sluggish laptop")[0] == "2"
    assert len(vectors()) == 1
    assert vectors() != before


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("content", [b"{}", None])
def test_what_is_no_encoder_is_refused(
    desk: Base, kb: Run, model: Path, name: str, content: bytes | None
) -> None:
    (model / name).unlink()
    if content is not None:
        (model / name).write_bytes(content)
    done = kb("find", "laptop")
    assert done.code == 1
    assert f"{model} is not a sentence encoder: " in done.err
    assert "[meaning]" in done.err


def test_a_device_is_no_model(desk: Base, model: Path) -> None:
    (model / "model.onnx").unlink()
    (model / "model.onnx").symlink_to("/dev/zero")
    with pytest.raises(CanneryError, match="not a file"):
        found(desk, "laptop")


def test_a_model_that_asks_for_more_is_refused(desk: Base, model: Path) -> None:
    data = (model / "model.onnx").read_bytes().replace(b"input_ids", b"image_ids")
    (model / "model.onnx").write_bytes(data)
    with pytest.raises(CanneryError, match="it asks for image_ids"):
        found(desk, "laptop")


@pytest.mark.parametrize("library", ["numpy", "onnxruntime", "tokenizers"])
def test_a_missing_library_is_told_with_the_command(
    desk: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    named(tiny_encoder.write(tmp_path / "model"))
    with pytest.raises(CanneryError) as told:
        found(desk, "laptop")
    assert told.value.hint.startswith(f"Run `{how_to_add('semantic')}`, or ")


@pytest.mark.parametrize("library", ["numpy", "onnxruntime", "tokenizers"])
def test_it_is_told_for_what_was_indexed_before_too(
    desk: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kb: Run, library: str
) -> None:
    found(desk, "laptop")
    monkeypatch.setitem(sys.modules, library, None)
    named(tiny_encoder.write(tmp_path / "model"))
    done = kb("find", "laptop")
    assert done.code == 1
    assert f"Run `{how_to_add('semantic')}`, or " in done.err


def test_a_tokenizer_of_another_model_is_told(desk: Base, kb: Run, model: Path) -> None:
    path = model / "tokenizer.json"
    path.write_text(path.read_text("utf-8").replace('"slow": 1', '"slow": 99'), "utf-8")
    done = kb("find", "slow laptop")
    assert done.code == 1
    assert f"{model} is not a sentence encoder: " in done.err


@pytest.mark.parametrize(
    "arguments", [("similar", "articles/0"), ("find", "--as-you-type", "laptop")]
)
def test_what_asks_no_model_needs_none(
    desk: Base, kb: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    named(tmp_path / "none")
    assert "sentence encoder" not in kb(*arguments).err


@pytest.mark.parametrize("value", ["'models/mine'", "3"])
def test_a_wrong_setting_is_told(desk: Base, kb: Run, value: str) -> None:
    named(Path("/none"))
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "cannery/config.toml"
    config.write_text(f"[meaning]\nmodel = {value}\n", "utf-8")
    done = kb("find", "laptop")
    assert done.code == 1
    assert "model" in done.err
