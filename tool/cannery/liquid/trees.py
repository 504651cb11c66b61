"""The syntax trees of templates, so that each text is compiled once in a process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from liquid.exceptions import LiquidSyntaxError

import liquid

Tree = list[liquid.Node]
# Characters of all texts. A tree takes 15 bytes for each as a rule, and 120 at worst.
MAX_CHARS = 1_000_000


class Trees:
    """Trees by text. Past `MAX_CHARS`, the least recently used ones are dropped."""

    def __init__(self, compile_: Callable[[str], Tree]) -> None:
        self._compile = compile_
        self._trees: OrderedDict[str, Tree | LiquidSyntaxError] = OrderedDict()
        self._chars = 0
        self._lock = Lock()

    def tree(self, text: str) -> Tree:
        """Get the tree of a text. Raises LiquidSyntaxError, from the cache too.

        Other errors of `compile_` are passed on, and the next call compiles again.
        """
        with self._lock:
            tree = self._trees.get(text)
            if tree is None:
                tree = self._compiled(text)
                self._add(text, tree)
            self._trees.move_to_end(text)
        if isinstance(tree, LiquidSyntaxError):
            raise tree.with_traceback(None)
        return tree

    def _compiled(self, text: str) -> Tree | LiquidSyntaxError:
        try:
            return self._compile(text)
        except LiquidSyntaxError as error:
            return error.with_traceback(None)

    def _add(self, text: str, tree: Tree | LiquidSyntaxError) -> None:
        self._trees[text] = tree
        self._chars += len(text)
        while self._chars > MAX_CHARS:
            dropped, _ = self._trees.popitem(last=False)
            self._chars -= len(dropped)
