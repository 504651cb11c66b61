"""Generated macros, sent, rewritten as Zendesk does, and read again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.exchange.desks.canonical_html import canonical_html
from cannery.model.desk import Record
from cannery.model.entry import Field
from cannery.model.location import Kind
from tests.desks.zendesk.rewriting import rewritten
from tests.exchange.desks.zendesk.connected import family, macro
from tests.exchange.desks.zendesk.offline import offline

_WORDS = st.sampled_from(
    ["Hello", "the", "invoice,", "49.00 EUR", "a & b", "1 < 2", "it's", "ご請求書", "です。", "e-mail", "#5", "x_y"]
)  # fmt: skip
_VALUES = st.sampled_from(
    [
        "{{ ticket.id }}",
        "{{ ticket.subject | upcase }}",
        "{{ ticket.requester.name | default: 'you' }}",
        "{{ agent.name }}",
        "{{ amount }}",
        "{{ reason }}",
    ]
)
_PLAIN = st.lists(_WORDS | _VALUES, min_size=1, max_size=4).map(" ".join)
_CHOICES = st.builds(
    lambda condition, yes, no: f"{{% if {condition} %}}{yes}{{% else %}}{no}{{% endif %}}",
    st.sampled_from(
        ["ticket.requester.name == 'Ann'", "ticket.organization.name", "amount == '5'"]
    ),
    _PLAIN,
    _PLAIN,
)
_INLINE = (
    _WORDS
    | _VALUES
    | _CHOICES
    | _PLAIN.map(lambda text: f"**{text}**")
    | st.sampled_from(["*soon*", "`git fetch`", "[here](https://x.example/a?b=1&c=2)", "[it](https://x.example/{{ ticket.id }})"])
)  # fmt: skip
_LINE = st.lists(_INLINE, min_size=1, max_size=5).map(lambda pieces: "So " + " ".join(pieces))
_ITEMS = st.lists(_LINE, min_size=1, max_size=3)
_BLOCKS = (
    st.lists(_LINE, min_size=1, max_size=3).map("\n".join)
    | _ITEMS.map(lambda items: "\n".join(f"- {one}" for one in items))
    | _ITEMS.map(lambda items: "\n".join(f"{at}. {one}" for at, one in enumerate(items, 1)))
    | _PLAIN.map(lambda text: f"## {text}")
    | st.just("```\ngit fetch\n  --all\n```")
)
_BODIES = st.lists(_BLOCKS, min_size=1, max_size=4).map("\n\nThen:\n\n".join)
_FIELDS = (Field("amount", "Amount"), Field("reason", "Reason"))


@settings(max_examples=60, deadline=None)
@given(_BODIES)
def test_a_macro_comes_back(body: str) -> None:
    desk = offline()
    sent = desk.outgoing(family(macro(body, fields=_FIELDS)))
    kept = {**sent.parts, "body.en": canonical_html(rewritten(str(sent.parts["body.en"])))}
    version = desk.incoming(Record("1", Kind.MACRO, "Refund", kept)).by_language["en"]
    assert version.body.strip() == body.strip()
    asked = {name for name in ("amount", "reason") if name in body}
    fields = version.keys["fields"] or []
    assert isinstance(fields, list)
    assert {one["name"] for one in fields} == asked
    assert {*sent.asked} == asked
