"""A macro as a reply would read, with a sign for each value: what a reviewer wants to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from cannery.content.field_types import type_of
from cannery.content.files import scan
from cannery.content.library import load_parts, parts_for, read
from cannery.content.marks import Url
from cannery.errors import CanneryError
from cannery.model.entry import Field, Macro
from cannery.reply.compose import compose
from cannery.reply.resolve import Request, resolve
from cannery.workspace import Workspace

_ROUNDS = 20  # one value may call for another


Sampler = Callable[[str, bytes | None], str]


def sampler(workspace: Workspace, now: datetime | None = None) -> Sampler:
    """What gives a reply as plain text, of a macro's path and source; it reads the parts once.

    It gives nothing for what is no macro, or can't be filled in. `now` is the present for it.
    """
    settings = workspace.settings
    parts = load_parts(workspace, scan(workspace))
    now = now or datetime.now().astimezone()

    def sample(path: str, raw: bytes | None) -> str:
        item = read(path, raw, settings).item if raw and path.endswith(".md") else None
        if not isinstance(item, Macro):
            return ""
        # A sign fits no pattern.
        macro = replace(item, fields=tuple(replace(field, pattern="") for field in item.fields))
        request = Request(
            macros=(macro,),
            parts=parts_for(parts, item.at.language, settings),
            language=item.at.language,
            article_url=lambda id_: Url(f"{settings.site_url or 'https://example.com'}/{id_}"),
            now=now,
            kb={"name": settings.name, "site_url": settings.site_url},
            team=settings.facts(item.at.language),
            keeps_lines=settings.keeps_lines,
        )
        return _filled(request)

    return sample


def _filled(request: Request) -> str:
    try:
        for _ in range(_ROUNDS):
            resolution = resolve(request, accept=True)
            if not resolution.missing:
                return compose(request, resolution.values).text
            signs = {item.field.name: _sign(item.field) for item in resolution.missing}
            request = replace(request, given={**request.given, **signs})
    except CanneryError:
        return ""  # `kb check` tells what is wrong with it
    return ""


def _sign(field: Field) -> str:
    if field.choices:
        return field.choices[0].value
    return type_of(field).sample or f"[{field.label or field.name}]"
