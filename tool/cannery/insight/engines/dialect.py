"""The measures' SQL, which is SQLite's, as another engine reads it."""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.dialects.dialect import DialectType


def translated(select: str, dialect: DialectType) -> str:
    """A query of SQLite's, in another dialect. Raises ValueError for what would mean another.

    A division of integers has no rest in SQLite and one elsewhere, and types can't be told from
    the text: measures say `CAST(... AS REAL) / ...`.
    """
    tree = sqlglot.parse_one(select, read="sqlite")
    for division in tree.find_all(exp.Div):
        if not _is_real(division.left):
            raise ValueError(f"what is divided must be a REAL: {division.sql('sqlite')}")
    return str(tree.transform(_as_sqlite_means).sql(dialect=dialect))


def _is_real(term: exp.Expression) -> bool:
    term = term.unnest()
    if isinstance(term, exp.Mul | exp.Add | exp.Sub):
        return _is_real(term.left) or _is_real(term.right)
    return isinstance(term, exp.Cast) and term.to.is_type("float", "double")


def _as_sqlite_means(node: exp.Expression) -> exp.Expression:
    """Numbers have 8 bytes in SQLite; 1.0 is no decimal fraction; MAX(1, NULL) is NULL."""
    if isinstance(node, exp.DataType):
        wide = _WIDE.get(node.this)
        return exp.DataType.build(wide) if wide else node
    if isinstance(node, exp.Literal) and not node.is_string and not node.is_int:
        return node if isinstance(node.parent, exp.Cast) else exp.cast(node.copy(), "double")
    if isinstance(node, exp.Greatest | exp.Least) and not node.args.get("ignore_nulls"):
        return _null_if_any_is(node)
    return node


_WIDE = {exp.DataType.Type.FLOAT: "double", exp.DataType.Type.INT: "bigint"}


def _null_if_any_is(node: exp.Greatest | exp.Least) -> exp.Expression:
    terms = [node.this, *node.expressions]
    known = exp.and_(*(term.is_(exp.null()).not_() for term in terms))
    plain = node.copy()
    plain.args["ignore_nulls"] = True
    return exp.Case().when(known, plain)
