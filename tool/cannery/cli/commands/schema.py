"""`kb schema`: the front matter as JSON Schema, for editors that complete and check it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.options import KindChoice


def schema(
    kind: Annotated[KindChoice, typer.Argument(help="The kind of entry.")] = KindChoice.MACRO,
) -> None:
    """Print the JSON Schema of an article's or a macro's front matter.

    Keys that kb.toml names are in it too. Editors with a YAML language server complete keys from
    it: save it in your repository, and start the front matter with
    `# yaml-language-server: $schema=../../macro.schema.json`.

    Example: kb schema macro > macro.schema.json
    """
    from cannery.content.schema import front_matter_schema
    from cannery.errors import NoWorkspaceError
    from cannery.workspace import open_workspace

    try:
        keys = open_workspace(Path.cwd(), to_read=True).settings.front_matter
    except NoWorkspaceError:
        keys = None  # the schema of our own keys is of use anywhere
    output.as_json(front_matter_schema(macro=kind is KindChoice.MACRO, keys=keys))
