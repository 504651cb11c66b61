"""`kb doctor`: what works here, in one screen."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output

if TYPE_CHECKING:
    from cannery.operations.doctor import Finding


def doctor(
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Tell what works here: knowledge base, settings, Git, index, clipboard, editor, versions.

    Example: kb doctor
    """
    from cannery.operations.doctor import examine_folder, examine_machine, examine_user

    folder = examine_folder(Path.cwd())
    findings = [*folder, examine_user(), _helper(), *examine_machine()]
    if json:
        output.as_json([asdict(item) for item in findings])
        return
    for item in findings:
        mark = output.style("✓", fg="green") if item.good else output.style("!", fg="yellow")
        output.say(mark, f" {item.subject:<15} {item.text}")


def _helper() -> Finding:
    """The resident helper."""
    from cannery.operations.doctor import Finding
    from cannery.operations.helper import is_running, socket_path

    address = socket_path()
    if address is None:
        text = "not on this system; searches do without"
    elif is_running(address):
        text = f"answers searches on {address}"
    else:
        text = "none runs; `helper = true` in config.toml has a search start one"
    return Finding("helper", good=True, text=text)
