"""Where `cannery` is installed from: said here alone.

Until the distribution is published, its name on a package index is nobody's, and whoever takes it
would run on our users' machines: what installs it names the repository and a commit of it. The
release makes `PUBLISHED` true, and from then on it is the name with this version.
"""

from __future__ import annotations

from importlib.metadata import version

PUBLISHED = False
REPOSITORY = "https://github.com/cannery/cannery"
COMMIT = "5ab761514a5a3e08a97d46535b94b239e97c8717"  # one that is on the repository's main branch


def requirement(*extras: str) -> str:
    """What an installer is given for `cannery` with these extras, in the form of PEP 508."""
    name = f"cannery[{','.join(extras)}]" if extras else "cannery"
    if PUBLISHED:
        return f"{name}=={version('cannery')}"
    return f"{name} @ git+{REPOSITORY}@{COMMIT}"
