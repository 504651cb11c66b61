from __future__ import annotations

import os
from pathlib import Path

import pytest

from cannery.util import notices, trust


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A folder as kb makes it, below one of the user's."""
    notices.taken()
    folder = tmp_path / "cache" / "cannery" / "base-1"
    trust.make(folder)
    return folder


def test_what_kb_makes_is_for_the_user_alone_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        trust.make(tmp_path / "cannery" / "base-1")
    finally:
        os.umask(before)
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("cannery", "cannery/base-1")]
    assert modes == [0o700, 0o700]
    trust.refuse(tmp_path / "cannery" / "base-1")


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o722, 0o770, 0o775, 0o777, 0o1777, 0o2775])
@pytest.mark.parametrize("which", ["base-1", "cannery"])
def test_a_folder_of_ours_that_others_can_write_is_refused(
    ours: Path, which: str, mode: int
) -> None:
    place = ours if which == "base-1" else ours.parent
    place.chmod(mode)
    with pytest.raises(trust.UntrustedError):
        trust.refuse(ours)
    assert notices.taken() == [
        f"{ours} is not used: other users can write to {place}. Run: chmod go-w {place}"
    ]


@pytest.mark.parametrize("mode", [0o700, 0o750, 0o755, 0o500])
def test_one_that_others_can_only_read_is_not(ours: Path, mode: int) -> None:
    ours.chmod(mode)
    trust.refuse(ours)


@pytest.mark.parametrize("mode", [0o702, 0o777])
def test_a_folder_above_that_others_can_write_is_refused(ours: Path, mode: int) -> None:
    ours.parent.parent.chmod(mode)
    with pytest.raises(trust.UntrustedError):
        trust.refuse(ours)


def test_a_folder_above_where_others_can_only_add_is_not(ours: Path) -> None:
    ours.parent.parent.chmod(0o1777)  # as /tmp
    trust.refuse(ours)


def test_a_folder_of_another_user_is_refused(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert "belongs to another user" in trust.distrust(str(ours))


def test_so_is_one_below_a_folder_of_another_user(
    ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, foreign = os.lstat, str(ours.parent.parent)

    def lstat(path: str) -> os.stat_result:
        info = real(path)
        return os.stat_result([*info[:4], 12345, *info[5:]]) if path == foreign else info

    monkeypatch.setattr(os, "lstat", lstat)
    assert foreign in trust.distrust(str(ours))


@pytest.mark.parametrize("which", ["base-1", "cannery"])
def test_a_link_in_the_place_of_a_folder_of_ours_is_refused(ours: Path, which: str) -> None:
    place = ours if which == "base-1" else ours.parent
    place.rename(place.with_name("elsewhere"))
    place.symlink_to(place.with_name("elsewhere"))
    assert "is a link" in trust.distrust(str(ours))


@pytest.mark.parametrize(("mode", "refused"), [(0o755, False), (0o777, True)])
def test_a_link_above_is_as_good_as_what_it_leads_to(
    tmp_path: Path, mode: int, refused: bool
) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk").chmod(mode)
    (tmp_path / "cache").symlink_to(tmp_path / "disk")
    folder = tmp_path / "cache" / "cannery" / "base-1"
    if refused:
        with pytest.raises(trust.UntrustedError):
            trust.make(folder)
    else:
        trust.make(folder)


def test_it_is_told_once(ours: Path) -> None:
    ours.chmod(0o777)
    for _ in range(3):
        with pytest.raises(trust.UntrustedError):
            trust.refuse(ours)
    assert len(notices.taken()) == 1


def test_a_system_without_owners_is_not_asked(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours.chmod(0o777)
    monkeypatch.delattr(os, "getuid")
    trust.refuse(ours)
