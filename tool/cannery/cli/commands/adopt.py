"""`kb adopt`: a knowledge base of what another tool has laid out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output


def adopt(
    folder: Annotated[Path, typer.Argument(help="The repository or folder to look at.")] = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Tell what another tool's folder of pages holds.

    Its kind, languages and front matter, and what can't be taken over. Nothing is changed.

    Example: kb adopt ../handbook
    """
    from cannery.cli.adoption import show_survey
    from cannery.cli.progress import shown
    from cannery.operations.adopt import look_at

    with shown() as listener:
        found = look_at(folder, listener)
    if json:
        output.as_json(asdict(found))
    else:
        show_survey(found)
