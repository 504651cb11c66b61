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
    ways = _ways()
    found: dict[tuple[str, int], Use] = {}
    for module in modules():
        for name, value in vars(module).items():
            for pattern in _patterns(value):
                key = (pattern.pattern, pattern.flags)
                own = ways.get((module.__name__, name), frozenset()) | _imported(ways, name)
                before = found.get(key)
                own |= before.ways if before else frozenset()
                found[key] = Use(module.__name__, name, *key, own)
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


@cache
def _ways() -> Mapping[tuple[str, str], frozenset[str]]:
    """How each name is called, by module; a name that is handed on is called in every way."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for module, tree in trees():
        called = {
            id(node.value): node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                key = (module, node.id)
                found[key] = found.get(key, frozenset()) | {called.get(id(node), "finditer")}
    return found


def _imported(ways: Mapping[tuple[str, str], frozenset[str]], name: str) -> frozenset[str]:
    """How other modules call a name that they can import: none that begins with an underscore."""
    if name.startswith("_"):
        return frozenset()
    return frozenset().union(*(kinds for (_, other), kinds in ways.items() if other == name))


def calls() -> list[Call]:
    """Every call of `re` or `regex` in the package that a pattern is given to."""
    found: list[Call] = []
    for module, tree in trees():
        _walk(module, tree, "", found)
    return found


def _walk(module: str, node: ast.AST, scope: str, found: list[Call]) -> None:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        scope = getattr(node, "name", "lambda")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        library = node.func.value
        is_call = isinstance(library, ast.Name) and library.id in {"re", "regex"}
        if is_call and node.func.attr in _MAKING:
            keywords = tuple(node.keywords)
            found.append(Call(module, node.lineno, node.func.attr, scope, node.args[0], keywords))
    for inner in ast.iter_child_nodes(node):
        _walk(module, inner, scope, found)


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
