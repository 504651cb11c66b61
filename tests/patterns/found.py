"""Every regular expression of the package, with the ways it is matched."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import regex

import cannery
from cannery.util.lazy_pattern import LazyPattern

ROOT = Path(cannery.__file__).parent
_MATCHING = frozenset(
    ["match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"]
)
_MAKING = _MATCHING | {"compile"}


class Use(NamedTuple):
    """A pattern: the module and the name that has it, and how it is called."""

    module: str
    name: str
    pattern: str
    flags: int
    ways: frozenset[str]

    @property
    def way(self) -> str:
        """The way that takes the most steps."""
        anchored = self.ways and self.ways <= {"match", "fullmatch"}
        return min(self.ways) if anchored else "finditer"


class Call(NamedTuple):
    """A place in the code that makes or matches a pattern with a function of `re` or `regex`."""

    module: str
    line: int
    way: str
    scope: str  # the function that it stands in; empty at the top of a module
    pattern: ast.expr
    keywords: tuple[ast.keyword, ...]

    @property
    def place(self) -> str:
        return f"{self.module}:{self.line}"


@cache
def modules() -> tuple[ModuleType, ...]:
    names = sorted(item.name for item in pkgutil.walk_packages(cannery.__path__, "cannery."))
    return tuple(importlib.import_module(name) for name in names if not name.endswith("__main__"))


def held() -> list[Use]:
    """The patterns that the modules hold, in whatever they hold them, each once.

    In one order, though a set may hold them: all that run the tests beside each other see the same.
    """
    ways = {reader.module: reader.ways for reader in _read()}
    anywhere: dict[str, set[str]] = {}  # how any module calls a name
    for names in ways.values():
        for name, kinds in names.items():
            anywhere.setdefault(name, set()).update(kinds)
    found: dict[tuple[str, int], Use] = {}
    for module in modules():
        for name, value in vars(module).items():
            # Other modules can import a name that begins with no underscore.
            called = ways[module.__name__] if name.startswith("_") else anywhere
            own = frozenset(called.get(name, ()))
            for pattern in _patterns(value):
                key = (pattern.pattern, pattern.flags)
                before = found.get(key)
                both = own | before.ways if before else own
                found[key] = Use(module.__name__, name, *key, both)
    return sorted(found.values(), key=lambda use: (use.module, use.name, use.pattern, use.flags))


def _patterns(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, LazyPattern):
        yield value.compiled
    elif isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth < 4 and isinstance(value, Mapping):
        for inner in value.items():
            yield from _patterns(inner, depth + 1)
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _patterns(inner, depth + 1)


def trees() -> Iterator[tuple[str, ast.Module]]:
    for module in modules():
        yield module.__name__, ast.parse(Path(str(module.__file__)).read_text("utf-8"))


class _Reader(ast.NodeVisitor):
    """What one module calls: its patterns, and each name with how it is called."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.calls: list[Call] = []
        self.ways: dict[str, set[str]] = {}
        self._scope = ""

    def _within(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        before, self._scope = self._scope, getattr(node, "name", "lambda")
        self.generic_visit(node)
        self._scope = before

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = _within  # noqa: N815 - ast's names

    def visit_Call(self, node: ast.Call) -> None:
        made = node.func
        if (
            isinstance(made, ast.Attribute)
            and isinstance(made.value, ast.Name)
            and made.value.id in {"re", "regex"}
            and made.attr in _MAKING
        ):
            place = (self.module, node.lineno, made.attr, self._scope)
            self.calls.append(Call(*place, node.args[0], tuple(node.keywords)))
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name):
            self._called(node.value, node.attr)
        else:
            self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> None:
        self._called(node, "finditer")

    def _called(self, node: ast.Name, way: str) -> None:
        if isinstance(node.ctx, ast.Load):
            self.ways.setdefault(node.id, set()).add(way)


@cache
def _read() -> tuple[_Reader, ...]:
    readers = []
    for module, tree in trees():
        readers.append(_Reader(module))
        readers[-1].visit(tree)
    return tuple(readers)


def calls() -> list[Call]:
    """Every call of `re` or `regex` in the package that a pattern is given to."""
    return [call for reader in _read() for call in reader.calls]


def told(call: Call) -> str | None:
    """The pattern that a call is given, where the code or its module tells it; else None."""
    names = {**vars(importlib.import_module(call.module)), "re": re, "regex": regex}
    try:
        value = eval(compile(ast.Expression(call.pattern), "pattern", "eval"), names)  # noqa: S307
    except NameError:
        return None
    return value if isinstance(value, str) else None


def literal(made: Iterable[Call]) -> list[Use]:
    """The patterns that functions write where they use them."""
    return [
        Use(call.module, f"line {call.line}", text, 0, frozenset((call.way,)))
        for call in made
        if call.scope and (text := told(call)) is not None
    ]
