"""Settings files as strangers could write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.util.toml import read_toml


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kb.toml"


@pytest.mark.parametrize("part", ["a", '"*"', "'*'", '"a.b*"', '"\\""', "' '"])
@pytest.mark.parametrize("between", [".", " . ", "\t.\t"])
@pytest.mark.parametrize(
    "around",
    [
        "{} = 1",
        "[{}]",
        "[[{}]]",
        "x = {{ {} = 1 }}",
        "x = 1 # it's\n{} = 1",
        'x = """\na""\n""""\n{} = 1',
        "x = '''\n\"\n'''\n{} = 1",
        'x = {{ y = """\n""", {} = 1 }}',
        'x = "\\\\" # "\n{} = 1',
    ],
)
def test_a_key_of_thousands_of_parts_is_refused(
    file: Path, part: str, between: str, around: str
) -> None:
    file.write_text(around.format(between.join([part] * 3000)))
    with pytest.raises(ValueError, match="a key of more than 20 parts"):
        read_toml(file)


def test_it_is_told_with_its_line(file: Path) -> None:
    file.write_text(f"# one\nx = '''\n\n'''\n{'.'.join(['a'] * 30)} = 1\n")
    with pytest.raises(ValueError, match="at line 5"):
        read_toml(file)


@pytest.mark.parametrize(
    "written",
    [
        f'x = "{".".join(["a"] * 99)}"',
        f"x = '{'.'.join(['a'] * 99)}'",
        f"x = 1 # {'.'.join(['a'] * 99)}",
        f"x = '''\n{'.'.join(['a'] * 99)}'''",
        f'x = """\n{".".join(["a"] * 99)}"""',
        f"{'.'.join(['a'] * 20)} = 1",
        f"x = [{', '.join(['1.5'] * 99)}]",
    ],
)
def test_dots_elsewhere_are_none_of_keys(file: Path, written: str) -> None:
    file.write_text(written)
    assert read_toml(file)


def test_an_empty_file_and_none_are_empty_tables(file: Path) -> None:
    assert read_toml(file) == {}
    file.write_text(" \n")
    assert read_toml(file) == {}


def test_where_no_file_can_be_there_is_none(file: Path) -> None:
    file.touch()
    assert read_toml(file / "cannery" / "config.toml") == {}
