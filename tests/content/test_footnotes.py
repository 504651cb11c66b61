from __future__ import annotations

from cannery.content.markdown import parse, tree


def test_a_footnote_is_at_the_end_and_is_found_from_both_sides() -> None:
    nodes = tree(parse("a[^n] b[^n] [^none]\n\n[^n]: text\n\n    more\n\n[^u]: unused"))
    assert [node.type for node in nodes] == ["paragraph", "footnote_block"]
    references = [node for node in nodes[0].children if node.type == "footnote_ref"]
    assert [(node.meta["id"], node.meta["subId"]) for node in references] == [(0, 0), (0, 1)]
    assert "[^none]" in "".join(node.content for node in nodes[0].children)
    (footnote,) = nodes[1].children
    assert [node.type for node in footnote.children] == ["paragraph", "paragraph"]


def test_names_without_an_end_are_read_soon() -> None:
    assert parse("[^a]: b\n\n" + "[^" * 30_000)
