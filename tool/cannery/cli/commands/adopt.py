"""`kb adopt`: a knowledge base of what another tool has laid out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cannery.cli import output
from cannery.cli.completers import section_names
from cannery.errors import UsageError

if TYPE_CHECKING:
    from cannery.workspace import Workspace


Folder = Annotated[
    Path,
    typer.Argument(metavar="[PATH]", help="The repository or folder; to import, also a file."),
]
Into = Annotated[
    str,
    typer.Option(
        metavar="SECTION",
        help="Where imported pages go. Default: PATH's name.",
        autocompletion=section_names,
    ),
]
Move = Annotated[
    bool,
    typer.Option("--move", help="Move them within the repository: Git follows their history."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be done without doing it.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask for confirmation.")]
Json = Annotated[
    bool, typer.Option("--json", help="Print the plan as JSON; with --yes, carry it out.")
]


def adopt(
    folder: Folder = Path(),
    into: Into = "",
    move: Move = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Make a knowledge base of another tool's folder.

    MkDocs, Docusaurus, Hugo, Jekyll, Starlight, VitePress, GitBook, Obsidian or plain Markdown. The
    pages stay where they are and keep their own build: kb/kb.toml names their folders, languages
    and front matter. Existing files are left unchanged. Run it again to see what is new.

    In a knowledge base, with the PATH of another folder, the pages are imported: converted, with
    their images, links and old addresses; also those of DokuWiki, of MediaWiki's XML and of Zendesk
    Guide. What could not be taken over is listed in a file.

    To undo, run `kb undo`.

    Example: kb adopt --dry-run

    Example: kb adopt ../handbook --into guides
    """
    from cannery.operations.adopt import target_of

    asks = _Asks(dry_run, yes, json)
    workspace = target_of(folder, Path.cwd())
    if workspace is not None:
        _import(workspace, folder, into, asks, move=move)
        return
    if into or move:
        hint = "Run it in a knowledge base (`kb init` makes one), with the PATH of another folder."
        raise UsageError("--into and --move are for importing", hint)
    _in_place(folder, asks)


class _Asks(NamedTuple):
    """How far to go, and how to tell it."""

    dry_run: bool
    yes: bool
    json: bool

    @property
    def writes(self) -> bool:
        """Whether anything may be carried out at all."""
        return not self.dry_run and (self.yes or not self.json)

    def stops(self) -> bool:
        """Whether nothing is to be carried out; raises Abort if the user says no."""
        if not self.writes:
            return True
        if not self.yes and sys.stdin.isatty():
            output.confirm("Carry it out?", default=True, abort=True)
        return False


def _in_place(folder: Path, asks: _Asks) -> None:
    from cannery.cli.adoption import plan_data, show_plan, show_survey
    from cannery.cli.progress import shown
    from cannery.operations.adopt import adopt as carry_out
    from cannery.operations.adopt import is_resumed, plan_adoption

    with shown() as listener:
        if asks.writes and is_resumed(folder, listener):
            return
        planned = plan_adoption(folder, listener)
        if asks.json:
            output.as_json(plan_data(planned))
        else:
            show_survey(planned.survey)
            show_plan(planned)
        is_idle = planned.news is not None or all(file.exists for file in planned.files)
        if is_idle or asks.stops():
            return
        carry_out(planned, listener)
    audience = "" if planned.audience == "public" else " --audience internal"
    output.note(
        f"Adopted {planned.survey.root}. Next: `kb check --statistics`, `kb find`, "
        f"`kb site build --lenient{audience}`."
    )


def _import(workspace: Workspace, folder: Path, into: str, asks: _Asks, *, move: bool) -> None:
    from cannery.cli.adoption import show_survey
    from cannery.cli.adoption_import import import_data, show_import
    from cannery.cli.progress import shown
    from cannery.operations.adopt_import import ImportQuery, is_resumed, plan_import, save_import

    query = ImportQuery(folder, into, move)
    with shown() as listener:
        if asks.writes and is_resumed(workspace, query, listener):
            return
        planned = plan_import(workspace, query, listener)
        if asks.json:
            output.as_json(import_data(planned))
        else:
            show_survey(planned.survey, is_converted=True)
            show_import(planned)
        if not planned.files or asks.stops():
            return
        save_import(workspace, query, planned, listener)
    output.note(
        f"Imported {output.counted(len(planned.files), 'file')}. Next: `kb check --statistics`."
    )
