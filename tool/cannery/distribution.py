"""Where `cannery` is installed from: said here alone.

Until the distribution is published, its name on a package index is nobody's, and whoever takes it
would run on our users' machines: what installs it names the repository and a commit of it. The
release makes `PUBLISHED` true, and from then on it is the name with this version. What can't
import this (guides, workflows) is written anew by `.ci/where_from.py`.
"""

from __future__ import annotations

from cannery import __version__

PUBLISHED = False
REPOSITORY = "https://github.com/cannery/cannery"
COMMIT = "1220390b04b978752995441f74cb3b74486b49a6"  # one that is on the repository's main branch


def requirement(*extras: str) -> str:
    """What an installer is given for `cannery` with these extras, in the form of PEP 508."""
    if PUBLISHED:
        return f"{named(extras)}=={__version__}"
    return f"{named(extras)} @ git+{REPOSITORY}@{COMMIT}"


def newest(*extras: str) -> str:
    """Likewise, for whatever is the newest by the time that it is installed."""
    return named(extras) if PUBLISHED else f"{named(extras)} @ git+{REPOSITORY}"


def revision() -> str:
    """What names these sources to Git, where they are used from the repository itself."""
    return f"v{__version__}" if PUBLISHED else COMMIT


def named(extras: tuple[str, ...]) -> str:
    return f"cannery[{','.join(extras)}]" if extras else "cannery"
