"""What `kb site build` and `kb stage` show of what they have made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.model.entry import Audience

if TYPE_CHECKING:
    from cannery.model.location import Problem
    from cannery.operations.build_site import BuiltSite

_NAMED = 10  # files
_OPEN = (
    "A site has no access control of its own: whoever reaches its files can read them all. "
    "Put it behind a sign-in before you publish it: `kb help internal-site`."
)


def require_mkdocs() -> None:
    """Raises SiteError where the extra that builds sites is missing."""
    try:
        from cannery.site import generator  # noqa: F401 - MkDocs is an extra
    except ImportError as error:
        from cannery.errors import SiteError
        from cannery.installation import how_to_add

        hint = f"Run `{how_to_add('site')}`."
        raise SiteError(f"MkDocs is not installed: {error}", hint) from error


def show_built(built: BuiltSite, audience: Audience, seconds: float, *, json: bool) -> None:
    show_uncleaned(built.uncleaned)
    if json:
        output.as_json(
            {
                "folder": str(built.folder),
                "audience": audience.value,
                "pages": built.pages,
                "built": built.rebuilt,
                "seconds": round(seconds, 2),
                "problems": [item._asdict() for item in built.problems],
                "warnings": list(built.warnings),
            }
        )
        return
    show_left_out(built.problems, built.warnings)
    pages = output.counted(built.pages, "page")
    output.note(f"Built {built.folder} in {seconds:.1f} s: {pages}, {built.rebuilt} rebuilt.")
    if audience is Audience.INTERNAL:
        output.note(_OPEN)


def show_left_out(problems: Sequence[Problem], warnings: Sequence[str] = ()) -> None:
    """List what is not on the site, or not as it was meant, and what else is wrong."""
    output.problems(problems)
    for text in warnings:
        output.say(text)
    if count := len(problems) + len(warnings):
        output.note(f"{output.counted(count, 'warning')}, listed above.")


def show_uncleaned(files: Sequence[str]) -> None:
    """Say which files still hold their makers' metadata."""
    if not files:
        return
    named = ", ".join(files[:_NAMED])
    more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    output.note(f"These files may contain metadata that kb can't remove: {named}{more}.")
