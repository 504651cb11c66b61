"""`kb doctor`: what works here, in one screen."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output


def doctor(
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Check the setup: settings, Git, index, clipboard and editor.

    Example: kb doctor
    """
    from cannery.operations.doctor import examine

    findings = [*examine(Path.cwd())]
    if json:
        output.as_json([asdict(item) for item in findings])
        return
    for item in findings:
        mark = output.style("✓", fg="green") if item.good else output.style("!", fg="yellow")
        output.say(mark, f" {item.subject:<15} {item.text}")
