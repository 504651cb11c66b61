"""The command that adds packages to what this program runs from, or takes over a newer one of it.

`pip install` reaches another Python than ours as a rule, where pipx, uv, conda or the system
installed us: each has a command of its own.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
import sysconfig
import tomllib
from collections.abc import Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from cannery import distribution

_NAME = "cannery"
_OF_EXTRA = re.compile(r"""(?P<needs>[^;]++);\s*+extra\s*+==\s*+["'](?P<extra>[\w-]+)["']""")
_OF_UVX = re.compile(r"(archive|environments)-v\d+")  # folders of uv's cache


def how_to_add(extra: str) -> str:
    """The command that installs what an extra of ours needs."""
    folder = _checkout()
    if folder and not _is_own_environment():
        return f'{_pip_install()} --editable "{folder}[{extra}]"'
    return how_to_install(*needed(extra))


def how_to_install(*requirements: str) -> str:
    """The command that installs packages where this program finds them."""
    prefix = Path(sys.prefix)
    if _is_of_uv_tool():
        return _uv_tool_install(requirements)
    if _is_of_uvx():
        return f"uvx --from {_quoted([_source()])} {_with(requirements)} kb"
    if _is_of_pipx():
        if prefix.parent.name == ".cache":  # of `pipx run`, which makes it anew each week
            return f"pipx run --spec {_quoted([_source()])} {_with(requirements)} kb"
        return f"{_pipx('inject')} {prefix.name} {_quoted(requirements)}"
    return f"{_pip_install()} {_quoted(requirements)}"


def how_to_upgrade() -> str:
    """The command that takes over the newest release, with the extras that are here."""
    newest = _quoted([distribution.newest(*present())])
    if (folder := _checkout()) and not _is_own_environment():
        return f"git -C {_path(folder)} pull"
    if _is_of_uv_tool():
        return f"uv tool install --upgrade {newest}"
    if _is_of_uvx():
        return f"uvx --from {newest} kb"
    if _is_of_pipx():
        return f"{_pipx('install')} --force {newest}"
    return f"{_pip_install()} --upgrade {newest}"


def needed(extra: str) -> list[str]:
    """What an extra needs, as the wheel's metadata says it. Raises ValueError if we have none."""
    installed = _installed()
    if installed is None:
        return [distribution.requirement(extra)]
    lines = (_OF_EXTRA.fullmatch(line) for line in installed.requires or ())
    found = [line["needs"].strip() for line in lines if line and line["extra"] == extra]
    if not found:
        raise ValueError(f"{_NAME} has no extra {extra}")
    return found


def present() -> list[str]:
    """The extras whose packages are here."""
    installed = _installed()
    extras = installed.metadata.get_all("Provides-Extra") or [] if installed else []
    return [extra for extra in extras if all(map(_is_here, needed(extra)))]


def _is_here(requirement: str) -> bool:
    try:
        metadata.version(re.split(r"[^\w.-]", requirement)[0])
    except metadata.PackageNotFoundError:
        return False
    return True


def _is_of_pipx() -> bool:
    return Path(sys.prefix, "pipx_metadata.json").exists()


def _is_of_uv_tool() -> bool:
    return Path(sys.prefix, "uv-receipt.toml").exists()


def _is_of_uvx() -> bool:
    return _OF_UVX.fullmatch(Path(sys.prefix).parent.name) is not None


def _is_own_environment() -> bool:
    """Whether a program made it for us alone, which then is the one that changes it."""
    return _is_of_pipx() or _is_of_uv_tool() or _is_of_uvx()


def _pipx(verb: str) -> str:
    """For all users of a machine, an environment is elsewhere."""
    home = Path(os.environ.get("PIPX_GLOBAL_HOME", "/opt/pipx"))
    return f"sudo pipx {verb} --global" if home in Path(sys.prefix).parents else f"pipx {verb}"


def _pip_install() -> str:
    """Pip of the Python that runs us, or uv's where that has none, as it does in venvs of uv's."""
    python = _path(sys.executable or "python3")
    more = " --break-system-packages" if _is_externally_managed() else ""
    if find_spec("pip"):
        return f"{python} -m pip install{more}"
    return f"uv pip install --python {python}{more}"


def _is_externally_managed() -> bool:
    """Whether the system's packages own this Python (PEP 668): we were put beside them anyway."""
    is_system = sys.prefix == sys.base_prefix
    return is_system and Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()


def _uv_tool_install(requirements: Sequence[str]) -> str:
    """All that is there once more: what uv isn't told again, it takes away."""
    receipt = tomllib.loads(Path(sys.prefix, "uv-receipt.toml").read_text("utf-8"))
    kept, extras = [], []
    for item in receipt.get("tool", {}).get("requirements", ()):
        if item.get("name") == _NAME:
            extras = item.get("extras", [])
        else:
            kept.append(_as_requirement(item))
    folder = _checkout()
    own = f"[{','.join(extras)}]" if extras else ""
    what = f'--editable "{folder}{own}"' if folder else _quoted([_source(*extras)])
    return f"uv tool install {_with([*kept, *requirements])} {what}"


def _as_requirement(item: dict[str, Any]) -> str:
    """A line of uv's receipt as pip writes it."""
    extras = f"[{','.join(item['extras'])}]" if item.get("extras") else ""
    name, path = f"{item['name']}{extras}", item.get("path") or item.get("directory")
    if path:
        return f"{name} @ {Path(path).as_uri()}"
    if "git" in item:  # with ?rev= or ?tag= as uv was asked for it
        address, _, asked = item["git"].partition("?")
        return f"{name} @ git+{address}" + (f"@{asked.partition('=')[2]}" if asked else "")
    return f"{name} @ {item['url']}" if "url" in item else name + item.get("specifier", "")


def _installed() -> metadata.Distribution | None:
    """None where our files are on Python's path without an installation."""
    try:
        return metadata.distribution(_NAME)
    except metadata.PackageNotFoundError:
        return None


def _origin() -> dict[str, Any]:
    """Where we were installed from, if not by name (PEP 610)."""
    installed = _installed()
    text = installed.read_text("direct_url.json") if installed else ""
    origin: dict[str, Any] = json.loads(text) if text else {}
    return origin


def _checkout() -> Path | None:
    """The folder whose files we are, if the installation is an editable one."""
    origin = _origin()
    if not origin.get("dir_info", {}).get("editable"):
        return None
    return _local(origin["url"])


def _source(*extras: str) -> str:
    """What an installer is given for the very program that runs."""
    origin, name = _origin(), distribution.named(extras)
    if "vcs_info" in origin:
        version = origin["vcs_info"]
        return f"{name} @ {version['vcs']}+{origin['url']}@{version['commit_id']}"
    is_gone = origin.get("url", "").startswith("file:") and not _local(origin["url"]).exists()
    if origin and not is_gone:
        return f"{name} @ {origin['url']}"
    return distribution.requirement(*extras)


def _local(address: str) -> Path:
    return Path(url2pathname(urlsplit(address).path))


def _with(requirements: Sequence[str]) -> str:
    return " ".join(f'--with "{each}"' for each in requirements)


def _quoted(requirements: Sequence[str]) -> str:
    """As all shells read them: <, > and [ mean something to most."""
    return " ".join(f'"{each}"' for each in requirements)


def _path(path: str | Path) -> str:
    if sys.platform == "win32":
        return f'"{path}"' if " " in str(path) else str(path)
    return shlex.quote(str(path))
