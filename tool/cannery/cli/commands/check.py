"""`kb check`: what is wrong with the content."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.model.location import Problem, Severity

if TYPE_CHECKING:
    from cannery.cli.checked import Mended
    from cannery.workspace import Workspace


_FIX = "check --fix"


class CheckFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


def rule_codes(incomplete: str) -> list[str]:
    from cannery.check.runner import RULES

    return sorted(rule.code for rule in RULES if rule.code.startswith(incomplete))


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Tell only of these files and folders; all are read all the same."),
    ] = None,
    form: Annotated[CheckFormat, typer.Option("--format", "-f", help="How to tell.")] = (
        CheckFormat.TEXT
    ),
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    since: Annotated[
        str, typer.Option(metavar="REF", help="Tell only of files changed since this revision.")
    ] = "",
    fix: Annotated[bool, typer.Option("--fix", help="Mend what a machine can.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --fix: show the changes, and make none.")
    ] = False,
    explain: Annotated[
        str,
        typer.Option(metavar="RULE", help="What a rule is for.", autocompletion=rule_codes),
    ] = "",
) -> None:
    """Check every article and macro; exit 1 when there is an error.

    A problem can be allowed where it stands, with the reason: see `kb check --explain heading`.

    Example: kb check --since origin/main
    """
    if explain:
        _explain(explain)
        return
    from cannery.cli.checked import checked, mended
    from cannery.cli.options import chosen_paths
    from cannery.errors import UsageError
    from cannery.workspace import open_workspace

    if dry_run and not fix:
        raise UsageError("--dry-run shows what --fix would do", "Add --fix.")
    workspace = open_workspace(Path.cwd())
    if fix and not dry_run:
        from cannery.cli.alone import settle

        settle(workspace, _FIX)
    chosen = chosen_paths(workspace.root, paths or [], since)
    looked = checked(workspace)
    if fix:
        changed = list(mended(workspace, looked, chosen))
        if dry_run:
            _show(changed)
            return
        _save(workspace, changed)
        looked = checked(workspace) if changed else looked
    problems = [item for item in looked.sifted.problems if chosen(item.path)]
    _tell(problems, CheckFormat.JSON if json else form)
    errors = sum(item.severity is Severity.ERROR for item in problems)
    if form is CheckFormat.TEXT and not json:
        count, told = len(looked.whole.entries), output.counted(errors, "error")
        warnings = output.counted(len(problems) - errors, "warning")
        output.note(f"{count} entries: {told}, {warnings}.")
        for reason, times in sorted(looked.sifted.suppressed.items()):
            output.note(f"{times} allowed because {reason}")
    if errors:
        raise typer.Exit(1)


def _show(changed: Sequence[Mended]) -> None:
    """What would be changed, as a patch."""
    from difflib import unified_diff

    for path, before, after in changed:
        old, new = before.splitlines(), after.splitlines()
        for line in unified_diff(old, new, path, path, n=1, lineterm=""):
            output.say(line)
    output.note(f"{output.counted(len(changed), 'file')} would be mended.")


def _save(workspace: Workspace, changed: Sequence[Mended]) -> None:
    from cannery.cli.alone import write

    if not changed:
        return
    files: dict[str, bytes | None] = {item.path: item.after.encode() for item in changed}
    write(workspace, _FIX, files, {item.path: item.before.encode() for item in changed})
    for item in changed:
        output.note(f"Mended {item.path}")


def _tell(problems: list[Problem], form: CheckFormat) -> None:
    if form is CheckFormat.TEXT:
        output.problems(problems)
    elif form is CheckFormat.JSON:
        output.as_json([item._asdict() for item in problems])
    else:
        from cannery.check.formats import REPORTS

        text = REPORTS[form.value](problems)
        if form is CheckFormat.GITHUB:
            output.commands(text)
        else:
            output.say(text, end="")


def _explain(code: str) -> None:
    from difflib import get_close_matches

    from cannery.check.rule import shown
    from cannery.check.runner import RULES
    from cannery.errors import UsageError

    rules = {rule.code: rule for rule in RULES}
    if code not in rules:
        near = get_close_matches(code, rules, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There is {', '.join(sorted(rules))}."
        raise UsageError(f"there is no rule {code}", hint)
    rule = rules[code]
    output.say(output.style(rule.code, bold=True))
    output.say(rule.why)
    for word, files in (("Wrong", rule.wrong), ("Right", rule.right)):
        for path, text in files.items():
            output.say(output.style(f"\n{word}: kb/{path}", bold=True))
            output.say("\n".join(f"    {line}" for line in shown(text).splitlines()))
    output.say(output.style("\nAllowed where it is meant", bold=True))
    output.say(f"    <!-- kb allow: {code} because it is so here -->")
    output.say("On its line or the one before; `kb allow file:` for a whole file; in front matter")
    output.say("as a YAML comment, in a macro in {% comment %}. For all files, in kb/kb.toml:")
    output.say(f'    [check.allow]\n    {code} = "the reason"')
