"""The environments: how a command is started in each, and what is done to the place before."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.environments.trip import Place
from tests.unprivileged import WITHOUT_RIGHTS

# A user whom nobody knows; may read Python wherever it is, but write nowhere.
_NOBODY = (
    "env PYTHONDONTWRITEBYTECODE=1 setpriv --reuid 12345 --regid 12345 --clear-groups "
    "--inh-caps=+dac_read_search --ambient-caps=+dac_read_search"
)


@dataclass(frozen=True)
class Environment:
    """`script` is of sh, and starts the command, which is "$@".

    `variables` are added, or taken away with None. `heard` and `seen` say whether somebody has
    stderr, and stdout. `sent` is a signal that comes at some moment; `gone` is the stream whose
    reader has left. `needs` are programs, and "root"; `heavy` ones aren't tests of each run.
    `own_words` is what Python itself says before a line of ours can run. `letters`: a terminal
    that takes nothing else. `strict`: all has to end well.
    """

    name: str
    script: str = 'exec "$@"'
    variables: Mapping[str, str | None] = field(default_factory=dict)
    prepare: Callable[[Place], None] | None = None
    restore: Callable[[Place], None] | None = None
    heard: bool = True
    seen: bool = True
    gone: str = ""
    sent: int = 0
    terminal: tuple[int, int] | None = None
    as_plain: bool = False
    needs: tuple[str, ...] = ()
    heavy: bool = False
    strict: bool = False
    stdin: bytes | None = None
    own_words: str = ""
    letters: bool = False

    @property
    def command(self) -> list[str]:
        plain = WITHOUT_RIGHTS if self.as_plain and os.geteuid() == 0 else ()
        return [*plain, "/bin/sh", "-c", self.script, "sh"]


def _homeless(place: Place) -> None:
    shutil.rmtree(place.home)


def _home_is_file(place: Place) -> None:
    _homeless(place)
    place.home.write_text("")


def _home_shut(place: Place) -> None:
    place.home.chmod(0o500)


def _open_home(place: Place) -> None:
    place.home.chmod(0o700)


def _settings(make: Callable[[Path], object]) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        target = place.home / ".config/cannery/config.toml"
        target.parent.mkdir(parents=True)
        make(target)

    return prepare


def _marker(make: Callable[[Path], object]) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        target = place.base / "kb/kb.toml"
        target.unlink()
        make(target)

    return prepare


def _unreadable(path: Path) -> None:
    path.write_text("")
    path.chmod(0)


def _readable(place: Place) -> None:
    for path in (place.base / "kb/kb.toml", place.home / ".config/cannery/config.toml"):
        if path.exists():
            path.chmod(0o600)


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _site(code: str) -> Callable[[Place], None]:
    """Have Python run this before anything of `kb`."""

    def prepare(place: Place) -> None:
        folder = place.folder / "python"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(code)

    return prepare


def _lacks(module: str) -> Environment:
    code = f"import sys\nsys.modules[{module!r}] = None\n"
    return Environment(f"Python lacks {module}", variables=_SITE, prepare=_site(code))


_SITE = {"PYTHONPATH": "{folder}/python"}
_OLD = """import sys
class Old(tuple):
    major, minor, micro, releaselevel, serial = 3, 9, 2, "final", 0
sys.version_info = Old((3, 9, 2, "final", 0))
"""


def _euc_jp(place: Place) -> None:
    target = place.folder / "locale/ja_JP.eucJP"
    target.parent.mkdir()
    subprocess.run(["localedef", "-i", "ja_JP", "-f", "EUC-JP", target], check=True)


def _tmp_shut(place: Place) -> None:
    (place.folder / "tmp").chmod(0o500)


def _read_only(place: Place) -> None:
    for options in (["--bind"], ["-o", "remount,ro,bind"]):
        subprocess.run(["mount", *options, place.base, place.base], check=True)


def _writable(place: Place) -> None:
    subprocess.run(["umount", place.base], check=True)


def _foreign(place: Place) -> None:
    subprocess.run(["chown", "-R", "12345:12345", place.base], check=True)


def _all_foreign(place: Place) -> None:
    subprocess.run(["chown", "-R", "12345:12345", place.folder], check=True)
    place.folder.chmod(0o755)


def _xdg(value: str) -> Mapping[str, str | None]:
    names = ("CONFIG", "CACHE", "STATE", "DATA")
    return {f"XDG_{name}_HOME": value for name in names} | {"XDG_RUNTIME_DIR": value}


_STREAMS = (
    Environment("as usual", strict=True),
    Environment("stdin closed", 'exec "$@" <&-'),
    Environment("stdout closed", 'exec "$@" >&-', seen=False),
    Environment("stderr closed", 'exec "$@" 2>&-', heard=False),
    Environment("stdin and stdout closed", 'exec "$@" <&- >&-', seen=False),
    Environment("stdin and stderr closed", 'exec "$@" <&- 2>&-', heard=False),
    Environment("stdout and stderr closed", 'exec "$@" >&- 2>&-', seen=False, heard=False),
    Environment("all closed", 'exec "$@" <&- >&- 2>&-', seen=False, heard=False),
    Environment("stdout is a full disk", 'exec "$@" >/dev/full', seen=False),
    Environment("stdout is a full disk, unbuffered", 'exec "$@" >/dev/full',
                {"PYTHONUNBUFFERED": "1"}, seen=False),
    Environment("stderr is a full disk", 'exec "$@" 2>/dev/full', heard=False),
    Environment("stdout and stderr are a full disk", 'exec "$@" >/dev/full 2>&1',
                seen=False, heard=False),
    Environment("the reader of stdout is gone", gone="stdout", seen=False),
    Environment("the reader of stderr is gone", gone="stderr", heard=False),
    Environment("stdout can only be read", 'exec "$@" 1</dev/null', seen=False),
    Environment("stdin can only be written", 'exec "$@" 0>/dev/null'),
    Environment("stdin is a folder", 'exec "$@" </', own_words="<stdin> is a directory"),
    Environment("stdin never ends", 'exec "$@" </dev/zero'),
    Environment("stdin is no text", stdin=bytes(range(256)) * 40),
)  # fmt: skip
_HOMES = (
    Environment("HOME unset", variables={"HOME": None}),
    Environment("HOME unset, no account", f'exec {_NOBODY} "$@"', {"HOME": None},
                _all_foreign, needs=("root", "setpriv"), heavy=True),
    Environment("no account, files of another", f'exec {_NOBODY} "$@"', {"HOME": None},
                needs=("root", "setpriv"), heavy=True),
    Environment("HOME empty", variables={"HOME": ""}),
    Environment("HOME relative", variables={"HOME": "here"}),
    Environment("HOME missing", prepare=_homeless),
    Environment("HOME missing and not to be made", variables={"HOME": "/proc/kim"}),
    Environment("HOME is a file", prepare=_home_is_file),
    Environment("HOME not writable", prepare=_home_shut, restore=_open_home, as_plain=True),
    Environment("XDG folders relative", variables=_xdg("here")),
    Environment("XDG folders empty", variables=_xdg("")),
    Environment("XDG folders are a file", variables=_xdg("/etc/passwd")),
    Environment("XDG folders not to be made", variables=_xdg("/proc/kim")),
    Environment("TMPDIR missing", variables={"TMPDIR": "/proc/kim"}),
    Environment("TMPDIR not writable", prepare=_tmp_shut, as_plain=True),
    Environment("no temporary folder at all", variables={"TMPDIR": "/proc/kim"}, heavy=True,
                needs=("root", "unshare"), script=
                "exec unshare -m sh -c 'for f in /tmp /var/tmp /usr/tmp; do "
                "[ ! -d $f ] || { mount --bind $f $f && mount -o remount,ro,bind $f; }; done; "
                'exec "$@"\' sh "$@"'),
    Environment("the current folder is gone",
                'mkdir ../gone && cd ../gone && rmdir ../gone && exec "$@"'),
    Environment("the current folder is shut", 'mkdir ../shut; cd ../shut; chmod 0 .; exec "$@"',
                as_plain=True),
)  # fmt: skip
_TERMINALS = (
    Environment("a terminal", terminal=(24, 80)),
    Environment("TERM=dumb", variables={"TERM": "dumb"}, terminal=(24, 80), letters=True),
    Environment("TERM unset", variables={"TERM": None}, terminal=(24, 80), letters=True),
    Environment("TERM unknown", variables={"TERM": "vt-nothing"}, terminal=(24, 80)),
    Environment("a terminal of no size", terminal=(0, 0)),
    Environment("a terminal of one letter", terminal=(1, 1)),
    Environment("a terminal of 3 lines, 10 columns", terminal=(3, 10)),
    Environment("COLUMNS=0", variables={"COLUMNS": "0", "LINES": "0"}),
    Environment("COLUMNS=1", variables={"COLUMNS": "1", "LINES": "1"}),
    Environment("COLUMNS=-7", variables={"COLUMNS": "-7", "LINES": "-7"}),
    Environment("COLUMNS=many", variables={"COLUMNS": "many", "LINES": "many"}),
    Environment("NO_COLOR and FORCE_COLOR", variables={"NO_COLOR": "1", "FORCE_COLOR": "1"}),
    Environment("EDITOR missing", variables={"EDITOR": "/nowhere/editor", "VISUAL": None}),
    Environment("EDITOR unbalanced", variables={"EDITOR": "'vi", "VISUAL": None}),
    Environment("EDITOR with arguments", variables={"EDITOR": "sh -c true", "VISUAL": None}),
    Environment("PAGER missing", variables={"PAGER": "/nowhere/pager", "GIT_PAGER": "'"}),
)
_LOCALES = (
    Environment("no locale", variables={"LANG": None}),
    Environment("LC_ALL=C", variables={"LC_ALL": "C"}),
    Environment("LC_ALL=POSIX, strictly", variables={
        "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    Environment("LC_ALL unknown", variables={"LC_ALL": "xx_YY.UTF-9"}),
    Environment("PYTHONIOENCODING=ascii:strict", variables={"PYTHONIOENCODING": "ascii:strict"}),
    Environment("PYTHONIOENCODING=euc_jp", variables={"PYTHONIOENCODING": "euc_jp"}),
    Environment(
        "LC_ALL=ja_JP.eucJP",
        variables={"LC_ALL": "ja_JP.eucJP", "LOCPATH": "{folder}/locale"},
        prepare=_euc_jp,
        needs=("localedef",),
        heavy=True,
    ),
    Environment("PYTHONIOENCODING unknown", variables={"PYTHONIOENCODING": "utf-9"},
                own_words="Fatal Python error: init_stdio_encoding"),
    Environment("TZ unknown", variables={"TZ": "Nowhere/At_all"}),
    Environment("TZ nonsense", variables={"TZ": ":/dev/full\x01"}),
    Environment("1970", 'exec faketime "1970-01-02 00:00:00" "$@"', needs=("faketime",),
                heavy=True),
    Environment("2100", 'exec faketime "2100-06-01 00:00:00" "$@"', needs=("faketime",),
                heavy=True),
)  # fmt: skip
_PYTHONS = (
    Environment("PYTHONOPTIMIZE=2", variables={"PYTHONOPTIMIZE": "2"}),
    Environment("PYTHONWARNINGS=error", variables={"PYTHONWARNINGS": "error"}),
    Environment("PYTHONDEVMODE=1", variables={"PYTHONDEVMODE": "1"}),
    Environment("PYTHONSAFEPATH=1", variables={"PYTHONSAFEPATH": "1"}),
    Environment("PYTHONINSPECT=1", variables={"PYTHONINSPECT": "1"}),
    Environment("python -I", 'p=$1; shift; exec "$p" -I "$@"'),
    Environment("python -E -s", 'p=$1; shift; exec "$p" -E -s "$@"'),
    _lacks("typer"),
    _lacks("yaml"),
    _lacks("whoosh"),
    _lacks("platformdirs"),
    _lacks("cannery.cli.output"),
    Environment("Python too old", variables=_SITE, prepare=_site(_OLD)),
)
_LIMITS = (
    Environment("PATH empty", variables={"PATH": ""}),
    Environment("PATH missing", variables={"PATH": "/nowhere"}),
    Environment("10 open files", 'ulimit -n 10; exec "$@"'),
    Environment("16 open files", 'ulimit -n 16; exec "$@"'),
    Environment("no file may grow", 'ulimit -f 0; exec "$@"'),
    Environment("files up to 1 KB", 'ulimit -f 2; exec "$@"'),
    Environment("60 MB of memory", 'ulimit -v 60000; exec "$@"', heavy=True),
    Environment("120 MB of memory", 'ulimit -v 120000; exec "$@"', heavy=True),
    Environment("no process more", f'ulimit -u 1; exec {_NOBODY} "$@"', {"HOME": None},
                _all_foreign, needs=("root", "setpriv"), heavy=True),
)  # fmt: skip
_FILES = (
    Environment("kb.toml is a folder", prepare=_marker(Path.mkdir)),
    Environment("kb.toml is a pipe", prepare=_marker(os.mkfifo)),
    Environment("kb.toml is unreadable", prepare=_marker(_unreadable), restore=_readable,
                as_plain=True),
    Environment("kb.toml is a link to itself", prepare=_marker(_loop)),
    Environment("kb.toml is no text", prepare=_marker(lambda path: path.write_bytes(b"\xff\0"))),
    Environment("config.toml is broken", prepare=_settings(lambda path: path.write_text("[a"))),
    Environment("config.toml is a folder", prepare=_settings(Path.mkdir)),
    Environment("config.toml is a pipe", prepare=_settings(os.mkfifo)),
    Environment("config.toml is unreadable", prepare=_settings(_unreadable), restore=_readable,
                as_plain=True),
    Environment("config.toml is a link to itself", prepare=_settings(_loop)),
    Environment("a checkout of another user", prepare=_foreign, needs=("root",), as_plain=True,
                heavy=True),
    Environment("a read-only mount", prepare=_read_only, restore=_writable, needs=("root",),
                heavy=True),
)  # fmt: skip
_SIGNALS = (
    Environment("SIGINT at some moment", sent=signal.SIGINT, heavy=True),
    Environment("SIGTERM at some moment", sent=signal.SIGTERM, heavy=True),
    Environment("SIGHUP at some moment", sent=signal.SIGHUP, heavy=True),
)
ENVIRONMENTS = (
    *_STREAMS, *_HOMES, *_TERMINALS, *_LOCALES, *_PYTHONS, *_LIMITS, *_FILES, *_SIGNALS,
)  # fmt: skip
