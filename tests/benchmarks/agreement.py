"""Whether `kb check` says yes only where a site can be built, on real Markdown and on damage of each kind.

python tests/benchmarks/agreement.py FOLDER... [--pages 300]

Each folder becomes a knowledge base of its own, and is checked and staged whole, once with all of it
public and once with half of the files internal. What stops the strict build and is no error of the
check was let through; what the check finds by the rules on names, conflicts, redirects and idle values,
and no build tells, was ignored. Then `--pages` of its files, without those that the check refuses, are
built, and whatever MkDocs or the search for leaks says was let through as well.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from cannery.check.runner import RULES
from cannery.errors import CanneryError
from cannery.model.entry import Audience
from cannery.model.location import Problem, Severity
from cannery.operations.build_site import Mode, build_site
from cannery.operations.check import check
from cannery.operations.stage import stage_of, view_for
from cannery.site.plan import FaultyContentError
from cannery.starter import starter_files
from cannery.workspace import open_workspace

NEW_RULES = ("conflict", "file-name", "redirect", "no-effect")
ENDINGS = (".md", ".markdown", ".mdx")
_ROUNDS = 12
_FOREIGN = re.compile(rb"^(?:audience|status)\s*:.*\n", re.IGNORECASE | re.MULTILINE)
_HEAD = "---\ntitle: {}\naudience: public\n---\n"


class Outcome(NamedTuple):
    """What a check and a build say of the same files: places of errors, each as a text."""

    entries: int
    errors: int
    stopped: frozenset[str]
    let_through: frozenset[str]
    ignored: frozenset[str]


def prepare(root: Path, files: Mapping[str, bytes | str]) -> None:
    """Make a knowledge base of these files, by path below kb/."""
    shutil.rmtree(root, ignore_errors=True)
    config = next(item.data for item in starter_files(root) if item.path == "mkdocs.yml")
    for path, text in {
        "kb.toml": 'languages = ["en", "ja"]\n',
        "../mkdocs.yml": config,
        **files,
    }.items():
        file = root / "kb" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)


def body_of(folder: Path, *, mixed: bool) -> dict[str, bytes | str]:
    """The files of a folder as articles; of `mixed` half are internal, by their names' checksums."""
    files: dict[str, bytes | str] = {"index.md": "# Front\n"}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        raw, name = path.read_bytes(), f"articles/{path.relative_to(folder).as_posix()}"
        if path.name.endswith(ENDINGS):
            audience = b"internal" if mixed and crc32(name.encode()) % 2 else b"public"
            header, mark, body = raw.partition(b"---\n")[2].partition(b"\n---")
            if raw.startswith(b"---\n") and mark:
                header = _FOREIGN.sub(b"", header + b"\n").rstrip(b"\n")
                raw = b"---\n" + header + b"\naudience: " + audience + mark + body
            else:
                raw = b"---\naudience: " + audience + b"\n---\n" + raw
        files[name] = raw
    return files


def _places(problems: Iterator[Problem] | tuple[Problem, ...]) -> frozenset[str]:
    return frozenset(f"{item.path}:{item.line} [{item.code}]" for item in problems)


def _line(place: str) -> str:
    """A place without the rule: on one site a link is broken, on another it leads inside."""
    return place.partition(" [")[0]


def compare(root: Path) -> Outcome:
    """Check a knowledge base and stage it for both audiences."""
    workspace = open_workspace(root)
    result = check(workspace)
    errors = _places(item for item in result.problems if item.severity is Severity.ERROR)
    found = _places(item for item in result.problems if item.code in NEW_RULES)
    stopped, told, strange = set[str](), set[str](), set[str]()
    shown = set[str]()
    for audience in Audience:
        view = view_for(workspace, audience)
        shown |= {item.at.path for item in (*view.entries, *view.fronts)}
        for lenient in (False, True):
            try:
                told |= _places(stage_of(workspace, view, lenient=lenient).problems)
            except FaultyContentError as error:
                stopped |= _places(error.problems)
            except CanneryError as error:
                strange.add(error.message)
    told |= stopped
    ignored = {item for item in found - told if item.partition(":")[0] in shown}
    known = {_line(item) for item in errors}
    through = frozenset({*(item for item in stopped if _line(item) not in known), *strange})
    return Outcome(
        len(result.whole.entries), len(errors), frozenset(stopped), through, frozenset(ignored)
    )


def built(root: Path, most: int) -> tuple[int, str]:
    """Build what a check refuses nothing of, at most so many articles: the pages, and what stopped it."""
    articles = sorted(
        path for path in (root / "kb/articles").rglob("*") if path.name.endswith(ENDINGS)
    )
    step = max(1, len(articles) // most)
    for number, path in enumerate(articles):
        if number % step:
            path.unlink()
    for _ in range(_ROUNDS):
        problems = check(open_workspace(root)).problems
        wrong = {item.path for item in problems if item.severity is Severity.ERROR}
        if not wrong:
            break
        for name in wrong:
            (root / name).unlink(missing_ok=True)
    try:
        site = build_site(open_workspace(root), Audience.PUBLIC, None, mode=Mode())
    except CanneryError as error:
        return 0, error.message
    return site.pages, ""


def _page(body: str, more: str = "") -> str:
    return f"---\ntitle: A page\naudience: public\n{more}---\n{body}\n"


# Each kind of damage: the files that a sound knowledge base gets besides, or instead.
DAMAGE: Mapping[str, Mapping[str, bytes | str]] = {
    "a footnote": {"articles/x.md": _page("Done.[^1]\n\n[^1]: Nearly.")},
    "a footnote with a broken link": {"articles/x.md": _page("Done.[^a]\n\n[^a]: [x](gone.md)")},
    "a link without a scheme": {"articles/x.md": _page("[x](apps.example.com)")},
    "an address without mailto": {"articles/x.md": _page("[x](help@example.com)")},
    "a link to a folder": {"articles/x.md": _page("[x](net/) [y](./) [z](../../)")},
    "a link to .html": {"articles/x.md": _page("[x](a.html#top)")},
    "a link without an ending": {"articles/x.md": _page("[x](a)")},
    "a broken link": {"articles/x.md": _page("[x](gone.md)")},
    "a broken link by reference": {"articles/x.md": _page("> [x][1]\n>\n> [1]: gone.md")},
    "a broken link in a table": {"articles/x.md": _page("|a|\n|-|\n|[x](gone.md)|")},
    "a link with a placeholder": {"articles/x.md": _page("[x](<{{ url }}/a>)")},
    "a missing picture": {"articles/x.md": _page("![x](gone.png)")},
    "a picture from outside": {"articles/x.md": _page("![x](../../../a.png)")},
    "a file of another kind": {"articles/x.md": _page("[x](a.exe)"), "articles/a.exe": "x"},
    "a name with #": {"articles/x.md": _page("[x](<a #1.txt>)"), "articles/a #1.txt": "x"},
    "a hidden file": {"articles/x.md": _page("![x](.a/a.png)"), "articles/.a/a.png": "x"},
    "an SVG with a script": {"articles/x.md": _page("![x](a.svg)"), "articles/a.svg": "<svg onload='x'/>"},
    "a file too large": {"articles/x.md": _page("[x](a.pdf)"), "articles/a.pdf": b"x" * 5_000_001},
    "a path with a NUL": {"articles/x.md": _page("![x](a%00.png)")},
    "a path too long to look for": {"articles/x.md": _page(f"![x]({'a' * 300}.png)")},
    "a link to a draft": {"articles/x.md": _page("[x](d.md)"), "articles/d.md": _page("x", "status: draft\n")},
    "a link to an internal article": {"articles/x.md": _page("[x](in.md)"), "articles/in.md": "---\ntitle: I\n---\n"},
    "a link to a macro": {"articles/x.md": _page("[x](../macros/m.md)"), "macros/m.md": "---\ntitle: M\n---\n"},
    "a link to a part": {"articles/x.md": _page("[x](../macros/_parts/p.md)"), "macros/_parts/p.md": "x"},
    "a link to an unreadable file": {"articles/x.md": _page("[x](u.md)"), "articles/u.md": b"\xff\xfe\x00"},
    "a front page that leads inside": {"index.md": "[x](articles/in.md)", "articles/in.md": "---\ntitle: I\n---\n"},
    "index beside README": {"articles/net/index.md": _page("x"), "articles/net/README.md": _page("y")},
    "index beside an article": {"articles/net/index.md": _page("x"), "articles/net.md": _page("y")},
    "two files for one entry": {"articles/x.md": _page("x"), "articles/x.mdx": _page("y")},
    "a redirect from a path": {"articles/x.md": _page("x", "redirect_from: [/old/x.html]\n")},
    "a redirect from outside": {"articles/x.md": _page("x", "redirect_from: ['articles/../../x']\n")},
    "a redirect from what is there": {"articles/x.md": _page("x", "redirect_from: [articles/a]\n")},
    "a redirect from a section": {"articles/x.md": _page("x", "redirect_from: [articles/net]\n")},
    "a redirect from an internal one": {
        "articles/x.md": _page("x", "redirect_from: [articles/in]\n"), "articles/in.md": "---\ntitle: I\n---\n",
    },
    "a redirect twice": {
        "articles/x.md": _page("x", "redirect_from: [articles/old]\n"),
        "articles/y.md": _page("y", "redirect_from: [articles/old]\n"),
    },
    "a script": {"articles/x.md": _page("<script>alert(1)</script>")},
    "a link that runs": {"articles/x.md": _page("[x](javascript:alert(1))")},
    "a conflict": {"articles/x.md": _page("<<<<<<< a\n1\n=======\n2\n>>>>>>> b")},
    "a conflict in front matter": {"articles/x.md": _page("x", "<<<<<<< a\nowner: a\n=======\nowner: b\n>>>>>>> b\n")},
    "a device's name": {"articles/nul.md": _page("x")},
    "names that are one on Windows": {"articles/Q.md": _page("x"), "articles/q.md": _page("y")},
    "names that are one on macOS": {"articles/\u00e9.md": _page("x"), "articles/e\u0301.txt": "y"},
    "a name with a dot behind": {"articles/net./x.md": _page("x")},
    "a path too long for Windows": {f"articles/{'a' * 120}/{'b' * 120}.md": _page("x")},
    "a value without effect": {"articles/x.md": _page("x", "review_every: 90d\n")},
    "a macro for the public": {"macros/m.md": "---\ntitle: M\naudience: public\n---\nx"},
}  # fmt: skip
_SOUND = {
    "articles/a.md": _page("x"),
    "articles/net/b.md": _page("[a](../a.md)").replace("A page", "B"),
}
# What these damage is no fault of the content.
_HARMLESS = ("a footnote",)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _damage(root: Path) -> int:
    """Inject each kind of damage; the number of those that check and build disagree on."""
    wrong = 0
    for kind, files in DAMAGE.items():
        prepare(root, {**_SOUND, **files})
        outcome = compare(root)
        missed = not outcome.errors and not outcome.stopped and kind not in _HARMLESS
        found = {item.code for item in check(open_workspace(root)).problems}
        if outcome.let_through or outcome.ignored or (missed and not found):
            wrong += 1
            _say(
                f"  {kind}: let through {sorted(outcome.let_through)}, ignored {sorted(outcome.ignored)}"
            )
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=300)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
        root = Path(folder) / "base"
        _say(f"{len(RULES)} rules; {len(DAMAGE)} kinds of damage: {_damage(root)} disagree")
        _say(
            "| body | files | errors | stop a build | let through | ignored | pages built | stopped |"
        )
        _say("| --- | --- | --- | --- | --- | --- | --- | --- |")
        for source in chosen.folders:
            for mixed in (False, True):
                prepare(root, body_of(source, mixed=mixed))
                outcome = compare(root)
                pages, why = built(root, chosen.pages)
                name = (
                    f"{source.parent.name}/{source.name}{', half of it internal' if mixed else ''}"
                )
                sizes = (len(outcome.stopped), len(outcome.let_through), len(outcome.ignored))
                row = (name, outcome.entries, outcome.errors, *sizes, pages, int(bool(why)))
                _say(f"| {' | '.join(map(str, row))} |")
                for text in [
                    *sorted(outcome.let_through)[:5],
                    *sorted(outcome.ignored)[:5],
                    why[:600],
                ]:
                    if text:
                        _say(f"    {text}")


if __name__ == "__main__":
    main()
