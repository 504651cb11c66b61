"""Random edits by two people and at a desk, with `kb desk push` and `pull` killed among them.

    python tests/benchmarks/desk_sync.py [--edits 300] [--kills 200] [--seed 1] [--log FILE]

Two clones of a remote and a Zendesk on loopback. Each edit is a word that occurs once; at the end it
must be in the files and at the desk, or have been taken away by somebody who was told. See
`tests/desks/simulation`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.desks.simulation.world import world  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=300)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--macros", type=int, default=5)
    parser.add_argument("--articles", type=int, default=5)
    parser.add_argument("--fault", action="append", default=[], help="a fault of planted.py")
    parser.add_argument("--log", type=Path)
    args = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        world(Path(folder, "world"), args.seed, args.fault, args.macros, args.articles) as made,
    ):
        try:
            found = made.play(args.edits, args.kills)
        finally:
            if args.log:
                args.log.write_text("\n".join(made.log))
    say(f"{found.edits} edits, {found.commands} commands, {found.kills} of them killed")
    for name in ("lost", "doubled", "unequal", "second"):
        rows = getattr(found, name)
        say(f"{name}: {len(rows)}")
        for row in rows:
            say(f"  {row}")
    for why, count in found.told.most_common():
        say(f"told {count} times: {why}")
    return int(not found.is_sound)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
