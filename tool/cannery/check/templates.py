"""Macros that can't be filled in as they are meant to be."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from cannery.check.rule import Checked, Rule
from cannery.content.template import variables
from cannery.errors import TemplateError
from cannery.model import Field, FieldType, Macro
from cannery.place import Problem, Severity

_PATTERN_SECONDS = 0.2


def templates(checked: Checked) -> Iterator[Problem]:
    """Templates that can't be filled in, and fields that none of them uses."""
    for macro in checked.macros:
        used: set[str] = set()
        try:
            for source in checked.sources(macro):
                used.update(variables(source, checked.around(macro.at.language)))
        except TemplateError as error:
            yield Problem(error.path, error.line, "template", error.reason, error.hint)
            continue
        names = {name.split(".")[0] for name in used}
        for item in macro.fields:
            if item.name not in names:
                line = checked.line(macro.at.path, "fields")
                message = f"the field {item.name} is never used"
                yield Problem(macro.at.path, line, "unused-field", message, "Use or remove it.")


def fields(checked: Checked) -> Iterator[Problem]:
    """Patterns that are none, and defaults that their own field would refuse."""
    for macro in checked.macros:
        line = checked.line(macro.at.path, "fields")
        for item in macro.fields:
            if message := _fault(item):
                yield Problem(macro.at.path, line, "default", message, "Correct one of them.")


def _fault(item: Field) -> str:
    default = item.default or ""
    if "{" in default:
        default = ""  # a template: known when it is filled in
    if item.pattern:
        try:
            fits = regex.fullmatch(item.pattern, default, timeout=_PATTERN_SECONDS)
        except (regex.error, TimeoutError, RecursionError, OverflowError) as error:
            return f"the pattern of {item.name} can't be used: {error!s:.100}"
        if default and not fits:
            return f"the default of {item.name} does not match its own pattern"
    values = {choice.value for choice in item.choices}
    if item.type is FieldType.CHOICE and default and default not in values:
        return f"the default of {item.name} is none of its choices"
    return ""


def variants(checked: Checked) -> Iterator[Problem]:
    """A language variant that lacks a field or a placeholder that its original has."""
    language = checked.workspace.settings.default_language
    originals = {macro.at.id: macro for macro in checked.macros if macro.at.language == language}
    for macro in checked.macros:
        original = originals.get(macro.at.id)
        if original is None or original is macro:
            continue
        lacking = sorted(_names(original, checked) - _names(macro, checked))
        if lacking:
            message = f"lacks what {original.at.path} has: {', '.join(lacking[:5])}"
            hint = "Say the same in both, or allow it with the reason."
            line = macro.body_line
            yield Problem(macro.at.path, line, "variant", message, hint, Severity.WARNING)


def _names(macro: Macro, checked: Checked) -> set[str]:
    """The fields of a macro, and the names that its templates mention."""
    names = {item.name for item in macro.fields}
    try:
        for source in checked.sources(macro):
            names.update(variables(source, checked.around(macro.at.language)))
    except TemplateError:
        return names  # told by another rule
    return {name for name in names if not name.startswith(("reply.", "cursor"))}


_FIELDS = "---\ntitle: Refund\nfields:\n- name: invoice\n"
_PATTERN = f"{_FIELDS}  pattern: INV-\\d+\n"

RULES = (
    Rule(
        "template",
        templates,
        "A template that can't be read stops the reply while a customer waits.",
        {"macros/refund.md": "---\ntitle: Refund\n---\nInvoice {{ invoice | upcas }}\n"},
        {"macros/refund.md": "---\ntitle: Refund\n---\nInvoice {{ invoice | upcase }}\n"},
    ),
    Rule(
        "unused-field",
        templates,
        "A field that nothing uses is asked for in vain, each time.",
        {"macros/refund.md": f"{_FIELDS}- name: amount\n---\nInvoice {{{{ invoice }}}}\n"},
        {"macros/refund.md": f"{_FIELDS}---\nInvoice {{{{ invoice }}}}\n"},
    ),
    Rule(
        "default",
        fields,
        "A default that its own field refuses is none, and a broken pattern refuses everything.",
        {"macros/refund.md": f"{_PATTERN}  default: 17\n---\n{{{{ invoice }}}}\n"},
        {"macros/refund.md": f"{_PATTERN}  default: INV-17\n---\n{{{{ invoice }}}}\n"},
    ),
    Rule(
        "variant",
        variants,
        "A translation that lacks a value of the original tells the customer less.",
        {
            "macros/refund.md": "---\ntitle: Refund\n---\nInvoice {{ invoice }}: {{ amount }}\n",
            "macros/refund.ja.md": "---\ntitle: 返金\n---\n請求書 {{ invoice }}\n",
        },
        {
            "macros/refund.md": "---\ntitle: Refund\n---\nInvoice {{ invoice }}: {{ amount }}\n",
            "macros/refund.ja.md": "---\ntitle: 返金\n---\n請求書 {{ invoice }}：{{ amount }}\n",
        },
    ),
)  # fmt: skip
