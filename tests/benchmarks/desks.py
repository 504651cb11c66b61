"""The replies among the examples of help desks' published API descriptions, imported.

    DESK_APIS=FOLDER python tests/benchmarks/desks.py

Tells for each description how many replies its examples have, what they ask for and lose, and
whether one of them has a placeholder left or can't be filled in; exits with 1 if one has.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from cannery.content.holes import holes_in_template
from cannery.exchange.finish import finished
from cannery.exchange.placeholders.accepted import is_accepted
from cannery.exchange.source import SourceFile
from cannery.exchange.table import FORMATS, read_all
from cannery.model.canned_reply import CannedReply

_DEEPEST = 60
_ENDINGS = ("*.json", "*.yaml", "*.yml")
# Schemas whose properties have examples each, or none, and that have none as a whole.
_SCHEMAS = ("MessageTemplateResponse", "MessageTemplateFolderResponse", "canned_response")
_TELLING = {"macro", "macros", "data", "_results", "title", "name", "short_code"}
_SAMPLES = {"string": "text", "integer": 7, "boolean": True, "array": [], "object": {}}


def read(path: Path) -> object:
    """A description; Zendesk's is YAML 1.2, which PyYAML can't read."""
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        return json.loads(text)
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_constructor("tag:yaml.org,2002:value", lambda _, node: node.value)
    return yaml.load(text)


def objects(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    """The objects that may be replies or hold them, and one of each schema of examples apart."""
    if isinstance(value, list):
        for item in value:
            yield from objects(item, depth + 1)
    if not isinstance(value, dict) or depth > _DEEPEST:
        return
    if not _TELLING.isdisjoint(value):
        yield value
    for key, item in value.items():
        if key in _SCHEMAS and isinstance(item, dict) and isinstance(item.get("properties"), dict):
            yield {name: sample(one) for name, one in item["properties"].items()}
        yield from objects(item, depth + 1)


def sample(schema: object) -> object:
    """What a schema says for example; else something of its type."""
    if not isinstance(schema, dict):
        return None
    if "example" in schema:
        return schema["example"]
    if isinstance(inner := schema.get("properties"), dict):
        return {name: sample(one) for name, one in inner.items()}
    return _SAMPLES.get(str(schema.get("type")))


def main() -> int:
    folder = Path(os.environ.get("DESK_APIS", ""))
    if not os.environ.get("DESK_APIS"):
        sys.exit("Set DESK_APIS to a folder of API descriptions.")
    wrong = 0
    print("| description | replies | fields | losses | not read | left open |")  # noqa: T201
    print("| --- | --- | --- | --- | --- | --- |")  # noqa: T201
    for path in sorted(one for ending in _ENDINGS for one in folder.rglob(ending)):
        try:
            found = [*objects(read(path))]
        except (ValueError, YAMLError) as error:
            sys.exit(f"{path}: {error}")
        wrong += row(path, found)
    return min(wrong, 1)


def row(path: Path, found: list[Mapping[str, object]]) -> int:
    """Print what becomes of a description's replies; how many are wrong."""
    replies: dict[str, CannedReply] = {}
    unread: set[str] = set()
    for value in found:
        file = SourceFile("a.json", str(path), json.dumps(value, default=str).encode())
        if any(one.recognize(file) for one in FORMATS):
            imported = read_all([file])
            unread |= {f"{loss.what}: {loss.why}" for loss in imported.losses}
            replies |= {f"{one.title}\n{one.body}": finished(one) for one in imported.replies}
    wrong = [
        one for one in replies.values() if not is_accepted(one.body) or holes_in_template(one.body)
    ]
    fields = sum(len(one.fields) for one in replies.values())
    losses = sum(len(one.losses) for one in replies.values())
    if replies or unread:
        cells = (path.name, len(replies), fields, losses, len(unread), len(wrong))
        print(f"| {' | '.join(map(str, cells))} |")  # noqa: T201
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
