"""A release: the tag, the version, the dated changelog, and what installs us, agree."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHANGELOG = ROOT / "CHANGELOG.md"
PACKAGE = ROOT / "tool/cannery/__init__.py"
DISTRIBUTION = ROOT / "tool/cannery/distribution.py"
WHERE_FROM = ROOT / ".ci/where_from.py"  # guides and workflows, which say what is installed

USAGE = """\
python .ci/release.py prepare VERSION   date the changelog, set the version, install by name
python .ci/release.py check TAG         name what doesn't agree with the tag
python .ci/release.py notes             print the changelog's section of this version
python .ci/release.py files SDIST       name what an sdist lacks of the commit, or has beyond it
"""
UNRELEASED = "## Unreleased"
_VERSION = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}((a|b|rc)[1-9]\d*)?")
_VERSION_LINE = re.compile(r'^__version__ = "(.*)"$', re.MULTILINE)
_PUBLISHED_LINE = re.compile(r"^PUBLISHED = (.*)$", re.MULTILINE)
_SECTION = re.compile(r"^## (.*)\n", re.MULTILINE)


class Refused(Exception):  # noqa: N818 - it is what the script says, not a fault of it
    """The release can't go on; each line says why."""


def version() -> str:
    return _only(_VERSION_LINE, PACKAGE)[1]


def sections() -> list[tuple[str, str]]:
    """The changelog's sections, newest first: the heading without its signs, and the text."""
    _, *parts = _SECTION.split(CHANGELOG.read_text("utf-8"))
    return list(zip(parts[::2], (text.strip() for text in parts[1::2]), strict=True))


def disagreements(tag: str) -> list[str]:
    """What says something else than the tag, a line each."""
    told = version()
    found = [] if tag == f"v{told}" else [f"the tag is {tag}, cannery/__init__.py has {told}"]
    heading, text = (sections() or [("", "")])[0]
    name, _, day = heading.partition(" - ")
    if name != told or not _is_day(day):
        wanted = f"## {told} - YYYY-MM-DD"
        found.append(f"the changelog begins with '## {heading}', not with '{wanted}'")
    elif not text:
        found.append(f"the changelog says nothing of {told}")
    if _only(_PUBLISHED_LINE, DISTRIBUTION)[1] != "True":
        found.append("distribution.py says that nothing is published: PUBLISHED")
    done = _where_from("--check")
    found += [f"{name} doesn't say what is installed: run .ci/where_from.py" for name in done]
    return found


def prepare(wanted: str) -> None:
    """Make the checkout one that `v` and this version may be the tag of."""
    if not _VERSION.fullmatch(wanted):
        raise Refused(f"'{wanted}' is no version such as 1.2.3 or 1.2.3rc1")
    heading, text = (sections() or [("", "")])[0]
    if f"## {heading}" != UNRELEASED or not text:
        raise Refused(f"the changelog has nothing below '{UNRELEASED}'")
    if wanted in {name.partition(" - ")[0] for name, _ in sections()}:
        raise Refused(f"the changelog has {wanted} already")
    today = datetime.now(UTC).date().isoformat()
    _put(CHANGELOG, re.compile(rf"^{UNRELEASED}$", re.MULTILINE), f"## {wanted} - {today}")
    _put(PACKAGE, _VERSION_LINE, f'__version__ = "{wanted}"')
    _put(DISTRIBUTION, _PUBLISHED_LINE, "PUBLISHED = True")
    _where_from()


def notes() -> str:
    """What the changelog says of this version."""
    for heading, text in sections():
        if heading.partition(" - ")[0] == version():
            return text
    raise Refused(f"the changelog has no section of {version()}")


def strangers(sdist: Path) -> list[str]:
    """How the files of an sdist differ from those that are committed, a line each."""
    listed = ["git", "ls-files", "-z"]
    done = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    committed = {*done.stdout.split("\0")} - {""}
    with tarfile.open(sdist) as archive:
        packed = {item.name.partition("/")[2] for item in archive if not item.isdir()}
    packed.discard("PKG-INFO")  # the metadata, which is made of pyproject.toml
    lacking = [f"the sdist lacks {name}" for name in sorted(committed - packed)]
    extra = [f"the sdist has {name}, which isn't committed" for name in sorted(packed - committed)]
    return lacking + extra


def _where_from(*arguments: str) -> list[str]:
    """The files that don't say, or didn't, what distribution.py says."""
    command = [sys.executable, str(WHERE_FROM), *arguments]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    if done.stderr:
        raise Refused(f"{WHERE_FROM.name} failed: {done.stderr}")
    return done.stdout.splitlines()


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _only(pattern: re.Pattern[str], file: Path) -> re.Match[str]:
    """The one place of a file that has it."""
    found = [*pattern.finditer(file.read_text("utf-8"))]
    if len(found) != 1:
        name = file.relative_to(ROOT)
        raise Refused(f"{name} has {len(found)} lines like '{pattern.pattern}', not one")
    return found[0]


def _put(file: Path, pattern: re.Pattern[str], new: str) -> None:
    _only(pattern, file)
    file.write_text(pattern.sub(new, file.read_text("utf-8")), "utf-8")


def main(arguments: list[str]) -> int:
    try:
        match arguments:
            case ["prepare", wanted]:
                prepare(wanted)
                faults = disagreements(f"v{wanted}")
            case ["check", tag]:
                faults = disagreements(tag)
            case ["notes"]:
                sys.stdout.write(notes() + "\n")
                faults = []
            case ["files", sdist]:
                faults = strangers(Path(sdist))
            case _:
                sys.stderr.write(USAGE)
                return 2
    except Refused as refused:
        faults = [str(refused)]
    sys.stderr.write("".join(f"release: {fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
