"""A copy of a site for a disk: built as any other, then written for a browser without a server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cannery.model.entry import Audience
from cannery.model.event import Listener, counting, ignore
from cannery.operations.build_site import STRICT, BuiltSite, Mode, build_site
from cannery.operations.site_place import stage_place
from cannery.operations.stage import disk_errors
from cannery.site.build_record import BuildRecord, refuse_other_files
from cannery.site.offline import offline_file
from cannery.workspace import Workspace

_FOLDER = "offline"  # beside the stage: the site that the copy is made of


def build_offline(
    workspace: Workspace,
    audience: Audience,
    target: Path,
    listener: Listener = ignore,
    mode: Mode = STRICT,
) -> BuiltSite:
    """Build a site and write it into `target` for reading from a disk.

    Only what changed is built; all of it is written. Raises as `build_site` does.
    """
    refuse_other_files(target)
    with stage_place(workspace, target) as stage:
        source = stage / _FOLDER
        built = build_site(workspace, audience, source, listener, mode._replace(stage=stage))
        with disk_errors(target, is_named=True):
            record = BuildRecord(stage, target, "")
            record.begin({})
            files = [path for path in sorted(source.rglob("*")) if path.is_file()]
            for path in counting(files, len(files), "Writing", listener):
                name, data = offline_file(path.relative_to(source).as_posix(), path.read_bytes())
                file = target / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
            record.end_unknown()
    return replace(built, folder=target)
