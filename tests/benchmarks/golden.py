"""Record what every command of `kb` prints and returns, to compare before and after a move.

python tests/benchmarks/golden.py record OUT.json [--kb PROGRAM] [--content FOLDER]
python tests/benchmarks/golden.py compare OLD.json NEW.json

Each command runs on a fresh copy of one knowledge base with a bare remote and fixed dates; what
changes by itself (folders, times, hashes of commits, process numbers) is replaced by a word.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parents[2]
DATE = "2026-01-02T03:04:05+00:00"
TICKET = {
    "id": 7,
    "subject": "Builds fail with 502",
    "requester": {"name": "田中 花子", "locale": "ja"},
    "organization": {"name": "Example K.K."},
}
READING = """
--help|--version|nonsense|find --nonsense
find refund|find 返金|find refund --json|find 返金 --kind macro --lang ja|find nothing-of-that-kind|find
find '"bad gateway" -nginx'|find tag:network|find prox --as-you-type --json|find refund --limit 1 --tag billing
help|help picker|help --lang ja|help take back a proposal --json|help xyzzy
show refund|show refund --lang ja|show refund --raw|show refund --html|show refund --json|show ';ask-har'
show nothing|show har-file|show har-file --lang ja --html|show articles/net/har-file --json
reply refund --print|reply nothing --print|reply refund --print --yes --set amount=49
reply first-response --print --set customer=Kim --set summary=x --set agent.name=Aoki
reply first-response --print --lang ja --set customer=田中 --set summary=遅い --set agent.name=青木
reply first-response --print --format slack-api --set customer=Kim --set summary=x --set agent.name=Aoki
reply first-response --print --format html --set customer='<b>*' --set summary=x --set agent.name=Aoki
reply first-response --print --format text --ticket ticket.json --set summary=x --set agent.name=Aoki
reply first-response --json --ticket ticket.json --set summary=x --set agent.name=Aoki
reply first-response --print --ticket none --set customer= --set summary=x
reply ';ask-har' ';refund' --print --yes|reply first-response --set nonsense=1 --print|reply har-file --print
reply first-response --print --ticket missing.json|reply first-response --print --ticket bad.json
check|check --json|check --format github|check --format sarif|check --format junit|check kb/articles/net
check --explain link|check --explain nonsense|check --since HEAD|check --fix --dry-run|check nothing.md
status|status --json|history refund|history refund --json|history refund --patch|blame refund|blame refund --json
blame refund --lang ja|history nothing|propose --dry-run --yes|propose --yes --json --title T --why W|sync|sync --json
undo|undo --dry-run|restore refund --at HEAD --dry-run|restore refund --at nonsense|restore refund --at HEAD
similar refund|similar refund --json|similar refund --limit 1|similar nothing|schema macro|schema article|schema x
ask 'How long are logs kept?' --yes|ask xyzzy --yes|new article Title --yes --dry-run|new macro Title --dry-run
new macro 'Ask for logs' --section general --yes|new macro Reply --from reply.txt --yes|new article Title --section net
new macro Reply --from reply.txt --dry-run --yes|new macro X --from secret.txt --yes|new macro X --from-clipboard
rename refund refunds --dry-run|rename refund refunds|rename refund bad:name|rename nothing x|rename refund first-response
retire refund --dry-run|retire refund|retire refund --for first-response|edit nothing|edit refund
stage out|stage out --audience internal|site build --out out|site build --out out --json|site build --audience internal --out out
init fresh|init fresh --dry-run|init .|pick|doctor --json|reply|show|check --format nonsense
"""
CHANGED = """
status|status --json|check|check --since HEAD|propose --dry-run --yes|propose --yes --title T --why W
propose --yes --json --title T --why W|sync|sync --json|undo|history har-file|find 返金|propose --yes --patch out.mail --title T --why W
restore har-file --at HEAD|rename har-file har|check --fix|check --fix --dry-run|site build --out out
"""
SCRUB = (
    (r"\b[0-9a-f]{40}\b", "COMMIT"),
    (r"\b[0-9a-f]{7,12}\b(?![-.])", "SHORT"),
    (r"\b\d+(\.\d+)? ?(ms|s)\b", "TIME"),
    (r"kb-[a-z0-9_]{8}\b", "TEMPORARY"),
    (r"Python \S+|cannery [\d.]+", "VERSION"),
    (r"\bbase-[0-9a-f]{16}\b", "KEY"),
    (r'"seconds": [\d.]+', "SECONDS"),
)


def run(program: list[str], folder: Path, environment: Mapping[str, str]) -> dict[str, object]:
    done = subprocess.run(
        program,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="backslashreplace",
        check=False,
        timeout=300,
    )
    return {"code": done.returncode, "out": done.stdout, "err": done.stderr}


def git(folder: Path, *arguments: str) -> None:
    who = {"NAME": "A", "EMAIL": "a@example.com", "DATE": DATE}
    names = {f"GIT_{role}_{key}": who[key] for role in ("AUTHOR", "COMMITTER") for key in who}
    subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **names}, check=True)


def make(folder: Path, content: Path) -> None:
    """A bare remote and a clone of it with our own content, in `folder`."""
    clone = folder / "base"
    git(folder, "init", "-q", "--bare", "-b", "main", "remote.git")
    git(folder, "clone", "-q", "remote.git", "base")
    shutil.copytree(content, clone / "kb")
    for name in ("mkdocs.yml", ".gitignore", ".site"):
        source = HERE / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, clone / name)
    (clone / "ticket.json").write_text(json.dumps(TICKET), "utf-8")
    (clone / "bad.json").write_text("{", "utf-8")
    (clone / "reply.txt").write_text(
        "Hello Ms. Kim,\n\nplease call 03-1234-5678.\n\nAoki\n", "utf-8"
    )
    (clone / "secret.txt").write_text("Your password is hunter2hunter2.\n", "utf-8")
    git(clone, "checkout", "-q", "-b", "main")
    git(clone, "config", "user.name", "A")
    git(clone, "config", "user.email", "a@example.com")
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", "Start")
    git(clone, "push", "-q", "-u", "origin", "main")


def change(clone: Path) -> None:
    """What a user may have done to it: edits, a new file, a broken one, a hole in a link."""
    article = clone / "kb/articles/net/har-file.md"
    article.write_text(article.read_text("utf-8") + "\nOne more line.  [x](nowhere.md)\n", "utf-8")
    (clone / "kb/articles/net/new.md").write_text("---\ntitle: New\n---\n# New\n\ntext\n", "utf-8")
    (clone / "kb/articles/net/broken.md").write_text("---\ntitle: [\n---\ntext 返金\n", "utf-8")


def record(program: list[str], content: Path) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        (top / "first").mkdir()
        make(top / "first", content)
        for label, table, prepare in (("", READING, None), ("changed: ", CHANGED, change)):
            lines = [item.strip() for item in table.replace("\n", "|").split("|") if item.strip()]
            for line in lines:
                found[label + line] = _one(program, top, shlex.split(line), prepare)
                sys.stderr.write(".")
                sys.stderr.flush()
    return found


def _one(program: list[str], top: Path, arguments: list[str], prepare: object) -> dict[str, object]:
    work = top / "work"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(top / "first", work, symlinks=True)
    git(work / "base", "remote", "set-url", "origin", str(work / "remote.git"))
    if callable(prepare):
        prepare(work / "base")
    environment = {"PATH": os.environ["PATH"], "HOME": str(top / "home"), "KB_NO_HELPER": "1"}
    environment |= {"EDITOR": "true", "LANG": "C.UTF-8", "COLUMNS": "100"}
    answer = run([*program, *arguments], work / "base", environment)
    answer["files"] = _files(work / "base")
    for key in ("out", "err"):
        text = str(answer[key]).replace(str(top), "TOP")
        for pattern, word in SCRUB:
            text = re.sub(pattern, word, text)
        answer[key] = text
    shutil.rmtree(top / "home", ignore_errors=True)
    return answer


def _files(clone: Path) -> list[str]:
    """What the command changed in the clone, the site it built left out."""
    asked = ["git", "status", "--porcelain", "--untracked-files=all", "--", ".", ":!out"]
    done = subprocess.run(asked, cwd=clone, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def compare(old: Path, new: Path) -> int:
    before, after = (json.loads(path.read_text("utf-8")) for path in (old, new))
    count = 0
    for name in sorted({*before, *after}):
        texts = [
            json.dumps(item.get(name), indent=1, ensure_ascii=False) for item in (before, after)
        ]
        if texts[0] != texts[1]:
            count += 1
            old_lines, new_lines = (text.replace("\\n", "\n").splitlines() for text in texts)
            told = list(difflib.unified_diff(old_lines, new_lines, n=0, lineterm=""))[2:]
            sys.stdout.write("\n".join([f"=== kb {name}", *told, ""]))
    sys.stdout.write(f"{count} of {len(before)} commands differ\n")
    return 1 if count else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    does = parser.add_subparsers(dest="does", required=True)
    recording = does.add_parser("record")
    recording.add_argument("target", type=Path)
    recording.add_argument("--kb", default=f"{sys.executable} -m cannery")
    recording.add_argument("--content", type=Path, default=HERE / "kb")
    comparing = does.add_parser("compare")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    options = parser.parse_args()
    if options.does == "compare":
        return compare(options.old, options.new)
    found = record(shlex.split(options.kb), options.content)
    options.target.write_text(json.dumps(found, indent=1, ensure_ascii=False), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
