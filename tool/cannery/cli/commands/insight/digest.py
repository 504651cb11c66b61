"""`kb insight digest`: the last week, for a chat or a mail."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.options import day_of


def digest(
    lang: Annotated[str, typer.Option(help="The language: en or ja.")] = "",
    since: Annotated[
        str, typer.Option(metavar="DATE", help="Beside the week of this day, not the one before.")
    ] = "",
) -> None:
    """Print the last complete week as Markdown.

    A sentence, a table, and links to `address` of [insight] in kb.toml.

    Example: kb insight digest --lang ja
    """
    from cannery.insight.wording import LANGUAGES
    from cannery.operations.insight_digest import digest_of
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    own = workspace.settings.default_language
    language = lang or (own if own in LANGUAGES else LANGUAGES[0])
    output.say(digest_of(workspace, language, day_of(since)))
