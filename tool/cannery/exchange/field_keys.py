"""A field of a macro as its front matter has it."""

from __future__ import annotations

from cannery.model.entry import Field


def field_keys(item: Field) -> dict[str, object]:
    """The field's keys and values, without what goes without saying."""
    choices: object = {one.value: one.label for one in item.choices}
    if all(one.value == one.label for one in item.choices):
        choices = [one.value for one in item.choices]
    entry: dict[str, object] = {
        "name": item.name,
        "label": item.label,
        "help": item.help,
        "type": "" if item.type == "text" else item.type,
        "choices": choices,
        "pattern": item.pattern,
        "from": item.source,
    }
    said = {key: value for key, value in entry.items() if value}
    if item.default is not None:
        said["default"] = item.default
    if item.required != (item.default is None):
        said["required"] = item.required
    if item.remember:
        said["remember"] = True
    return said
