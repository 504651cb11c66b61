"""Advice to install names the way in which this program was installed."""

from __future__ import annotations

import json
import sys
import sysconfig
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import pytest

from cannery import distribution, installation
from cannery.installation import how_to_add, how_to_install, how_to_upgrade, needed, present
from tests.conftest import Run

_REQUIRES = [
    "typer>=0.16",
    'waitress>=3; extra == "serve"',
    "mkdocs<2,>=1.6.1; extra == 'site'",
    'pillow>=11; extra == "site"',
]
_WHEEL = {"url": "file:///srv/cannery-0.1.0-py3-none-any.whl", "archive_info": {}}
_COMMIT = {
    "url": "https://git.example.com/cannery",
    "vcs_info": {"vcs": "git", "commit_id": "a" * 40, "requested_revision": "main"},
}


class Installed(metadata.Distribution):
    """An installation that the test makes up."""

    def __init__(self, origin: Mapping[str, object] | None = None) -> None:
        extras = "".join(f"Provides-Extra: {name}\n" for name in ("serve", "site"))
        self._texts = {
            "METADATA": "Name: cannery\nVersion: 0.1.0\n"
            + extras
            + "".join(f"Requires-Dist: {line}\n" for line in _REQUIRES)
        }
        if origin:
            self._texts["direct_url.json"] = json.dumps(origin)

    def read_text(self, filename: str) -> str | None:
        return self._texts.get(filename)

    def locate_file(self, path: object) -> Path:
        raise NotImplementedError


@pytest.fixture
def prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment of its own, from a package index, with a pip in it."""
    folder = tmp_path / "venvs" / "cannery"
    folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(folder))
    monkeypatch.setattr(sys, "executable", str(folder / "bin/python"))
    monkeypatch.setattr(installation, "find_spec", lambda _: object())
    comes_from(monkeypatch, None)
    return folder


def comes_from(monkeypatch: pytest.MonkeyPatch, origin: Mapping[str, object] | None) -> None:
    monkeypatch.setattr(metadata, "distribution", lambda _: Installed(origin))


def test_in_a_venv_its_own_pip_installs_what_the_extra_needs(prefix: Path) -> None:
    assert (
        how_to_add("site") == f'{prefix}/bin/python -m pip install "mkdocs<2,>=1.6.1" "pillow>=11"'
    )


def test_in_an_environment_of_conda_its_own_pip_does(
    prefix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (prefix / "conda-meta").mkdir()
    monkeypatch.setattr(sys, "base_prefix", str(prefix))
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(prefix / "lib"))
    assert how_to_add("serve") == f'{prefix}/bin/python -m pip install "waitress>=3"'


def test_in_a_venv_without_pip_uv_does(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "find_spec", lambda _: None)
    assert how_to_add("serve") == f'uv pip install --python {prefix}/bin/python "waitress>=3"'


def test_a_path_is_quoted(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/home/kim lee/$x/python")
    assert how_to_add("serve") == "'/home/kim lee/$x/python' -m pip install \"waitress>=3\""


def test_beside_the_packages_of_the_system_pip_is_told_so(
    prefix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Debian, whose pip else refuses (PEP 668); what is in a venv isn't the system's."""
    (prefix / "EXTERNALLY-MANAGED").touch()
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(prefix))
    assert "--break-system-packages" not in how_to_add("serve")
    monkeypatch.setattr(sys, "base_prefix", str(prefix))
    assert how_to_add("serve").endswith('-m pip install --break-system-packages "waitress>=3"')


def test_pipx_injects(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (prefix / "pipx_metadata.json").touch()
    assert how_to_add("site") == 'pipx inject cannery "mkdocs<2,>=1.6.1" "pillow>=11"'
    monkeypatch.setattr(sys, "prefix", str(prefix.rename(prefix.with_name("cannery-next"))))
    assert how_to_add("serve") == 'pipx inject cannery-next "waitress>=3"'


def test_pipx_for_all_users_of_a_machine(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (prefix / "pipx_metadata.json").touch()
    monkeypatch.setenv("PIPX_GLOBAL_HOME", str(prefix.parents[1]))
    assert how_to_add("serve") == 'sudo pipx inject --global cannery "waitress>=3"'


def test_pipx_injects_into_a_checkout_too(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (prefix / "pipx_metadata.json").touch()
    comes_from(monkeypatch, {"url": prefix.as_uri(), "dir_info": {"editable": True}})
    assert how_to_add("serve") == 'pipx inject cannery "waitress>=3"'


def test_a_run_of_pipx_is_another_run(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cached = prefix.parent / ".cache" / "0123456789abcde"
    cached.mkdir(parents=True)
    (cached / "pipx_metadata.json").touch()
    monkeypatch.setattr(sys, "prefix", str(cached))
    comes_from(monkeypatch, _COMMIT)
    assert (
        how_to_add("serve")
        == f'pipx run --spec "cannery @ git+https://git.example.com/cannery@{"a" * 40}" --with "waitress>=3" kb'
    )


def test_uv_is_told_what_is_there_already(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes away what it isn't told again."""
    wheel = prefix / "cannery-0.1.0-py3-none-any.whl"
    wheel.touch()
    comes_from(monkeypatch, {"url": wheel.as_uri(), "archive_info": {}})
    (prefix / "uv-receipt.toml").write_text(
        "[tool]\nrequirements = [\n"
        f'  {{ name = "cannery", extras = ["keyring"], path = "{wheel}" }},\n'
        '  { name = "properdocs", specifier = ">=1.6" },\n'
        '  { name = "ibis-framework", extras = ["duckdb"] },\n'
        '  { name = "ours", git = "https://git.example.com/ours?rev=main" },\n'
        '  { name = "local", path = "/srv/local.whl" },\n'
        '  { name = "far", url = "https://example.com/far.whl" },\n'
        "]\n",
        "utf-8",
    )
    assert how_to_add("serve") == (
        'uv tool install --with "properdocs>=1.6" --with "ibis-framework[duckdb]" --with "ours @ git+https://git.example.com/ours@main" '
        '--with "local @ file:///srv/local.whl" --with "far @ https://example.com/far.whl" --with "waitress>=3" '
        f'"cannery[keyring] @ {wheel.as_uri()}"'
    )


def test_uv_is_told_the_repository_where_the_wheel_is_gone(
    prefix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    comes_from(monkeypatch, _WHEEL)
    (prefix / "uv-receipt.toml").write_text(
        '[tool]\nrequirements = [{ name = "cannery" }]\n', "utf-8"
    )
    assert (
        how_to_add("serve")
        == f'uv tool install --with "waitress>=3" "{distribution.requirement()}"'
    )


def test_uv_keeps_a_checkout(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    comes_from(monkeypatch, {"url": "file:///srv/my%20checkout", "dir_info": {"editable": True}})
    (prefix / "uv-receipt.toml").write_text(
        '[tool]\nrequirements = [{ name = "cannery", extras = ["site"] }]\n', "utf-8"
    )
    assert (
        how_to_add("serve")
        == 'uv tool install --with "waitress>=3" --editable "/srv/my checkout[site]"'
    )


@pytest.mark.parametrize("folder", ["archive-v0", "environments-v2"])
def test_a_run_of_uvx_is_another_run(
    prefix: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    cached = prefix.parent / folder / "j3MQmYF3ShrgNB-7"
    monkeypatch.setattr(sys, "prefix", str(cached))
    assert (
        how_to_add("serve") == f'uvx --from "{distribution.requirement()}" --with "waitress>=3" kb'
    )


def test_a_checkout_is_installed_with_the_extra(
    prefix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    comes_from(monkeypatch, {"url": "file:///srv/my%20checkout", "dir_info": {"editable": True}})
    assert (
        how_to_add("site")
        == f'{prefix}/bin/python -m pip install --editable "/srv/my checkout[site]"'
    )


def test_without_an_installation_the_repository_is_named(
    prefix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    assert (
        how_to_add("site")
        == f'{prefix}/bin/python -m pip install "{distribution.requirement("site")}"'
    )
    assert present() == []


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        ("", '{prefix}/bin/python -m pip install --upgrade "{newest}"'),
        ("pipx_metadata.json", 'pipx install --force "{newest}"'),
        ("uv-receipt.toml", 'uv tool install --upgrade "{newest}"'),
    ],
)
def test_a_newer_one_takes_the_extras_along(
    prefix: Path, monkeypatch: pytest.MonkeyPatch, kind: str, command: str
) -> None:
    if kind:
        (prefix / kind).touch()
    monkeypatch.setattr(
        metadata,
        "version",
        lambda name: {"waitress": "3.0.2", "mkdocs": "1.6.1"}.get(name) or missing(name),
    )
    assert how_to_upgrade() == command.format(prefix=prefix, newest=distribution.newest("serve"))


def missing(name: str) -> str:
    raise metadata.PackageNotFoundError(name)


def test_a_newer_one_of_a_checkout_is_pulled(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    comes_from(monkeypatch, {"url": "file:///srv/checkout", "dir_info": {"editable": True}})
    assert how_to_upgrade() == "git -C /srv/checkout pull"


def test_a_newer_one_is_run_by_uvx(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(prefix.parent / "archive-v0" / "x"))
    monkeypatch.setattr(installation, "present", list)
    assert how_to_upgrade() == f'uvx --from "{distribution.newest()}" kb'


def test_what_is_no_extra_is_refused() -> None:
    with pytest.raises(ValueError, match="no extra sites"):
        needed("sites")


def test_extras_have_no_conditions_that_the_advice_would_lose() -> None:
    """Each requirement of an extra is read; one of another system's would not be."""
    lines = [line for line in metadata.requires("cannery") or () if "extra" in line]
    extras = metadata.metadata("cannery").get_all("Provides-Extra") or []
    assert sum(len(needed(extra)) for extra in extras) == len(lines)


def test_other_packages_are_installed_likewise(prefix: Path) -> None:
    (prefix / "pipx_metadata.json").touch()
    assert (
        how_to_install("ibis-framework[pyspark]") == 'pipx inject cannery "ibis-framework[pyspark]"'
    )


def test_the_site_tells_it(docs: Path, kb: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cannery.site.generator", None)
    monkeypatch.delattr("cannery.site.generator", raising=False)  # of an earlier test
    done = kb("site", "build")
    assert done.code == 1
    assert f"Run `{how_to_add('site')}`." in done.err
