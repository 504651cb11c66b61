"""A macro's template as Zendesk would have it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cannery.content.marks import Url
from cannery.errors import TemplateError
from cannery.exchange.desks.desk import Around
from cannery.exchange.desks.template.fill import Desk, Filled, fill
from cannery.exchange.desks.template.names import there_by
from cannery.exchange.desks.template.written import Look, as_html, as_line, in_code
from cannery.exchange.placeholders.zammad import DIALECT as ZAMMAD
from cannery.exchange.placeholders.zendesk import DIALECT
from cannery.model.entry import Choice, Field, Header, Macro, Part
from cannery.model.location import Kind, Location

_DESK = Desk(DIALECT, there_by(DIALECT))
_FIELDS = (
    Field("customer", source="ticket.requester.first_name"),
    Field("company", source="ticket.organization.name", default="your company"),
    Field("days", type="number", default="10"),
    Field("hours", default="{{ team.hours }}"),
    Field("title", default="{{ ticket.subject }}"),
    Field("due", type="date", default="today"),
    Field("amount"),
    Field("how", type="choice", choices=(Choice("full", "full"), Choice("part", "part"))),
)
_VALUES = {"team": {"hours": "9 to 5", "pages": ["a", "b"]}, "kb": {"name": "Help"}}


def _article(id_: str) -> Url:
    if id_ != "net/har":
        raise ValueError(f"{id_} is internal")
    return Url("https://help.example/net/har/")


def _part(name: str, body: str) -> Part:
    return Part(Location(f"kb/macros/_parts/{name}.md", name, Kind.PART, "en"), body, 1)


_PARTS = {
    "hello": _part("hello", "{% if reply.first %}Hello{% if name != '' %} {{ name }}{% endif %},{% endif %}"),
    "deep": _part("deep", "{% render 'hello', name: who.first_name %} "),
    **{
        f"many{at}": _part(f"many{at}", f"{{% render 'many{at + 1}' %}}" * 1000) for at in range(4)
    },
    "many4": _part("many4", ""),
    "again": _part("again", "{% render 'again' %}"),
}  # fmt: skip


def _macro(body: str, language: str = "en", fields: Sequence[Field] = _FIELDS) -> Macro:
    at = Location("kb/macros/x.md", "macros/x", Kind.MACRO, language)
    return Macro(at, Header(title="X"), body, 9, fields=tuple(fields))


def _fill(body: str, language: str = "en", fields: Sequence[Field] = _FIELDS) -> Filled:
    return fill(body, _macro(body, language, fields), Around(_PARTS, _VALUES, _article), _DESK)


def _html(body: str, language: str = "en") -> str:
    return as_html(_fill(body, language), Look(language))


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("{{ ticket.id }}", "<p>{{ticket.id}}</p>"),
        ("{{ ticket.subject | upcase }}", "<p>{{ticket.title | upcase}}</p>"),
        ("{{ customer }}", "<p>{{ticket.requester.first_name}}</p>"),
        ("{{ customer | phrase }}", "<p>{{ticket.requester.first_name}}</p>"),
        ("{{ customer | default: 'you' }}", '<p>{{ticket.requester.first_name | default: "you"}}</p>'),
        ("{{ company }}", '<p>{{ticket.organization.name | default: "your company"}}</p>'),
        ("{{ title }}", "<p>{{ticket.title}}</p>"),
        ("{{ agent.name }}", "<p>{{current_user.name}}</p>"),
        ("[x]({{ ticket.url }})", '<p><a href="{{ticket.link}}">x</a></p>'),
        ("{% assign n = ticket.id %}{{ n }}", "<p>{{ticket.id}}</p>"),
        (
            "{% if customer == 'A' %}a{% else %}b{% endif %}",
            "<p>{% if ticket.requester.first_name == 'A' %}a{% else %}b{% endif %}</p>",
        ),
        (
            "{% if customer == team.hours and reply.first %}a{% endif %}",
            "<p>{% if ticket.requester.first_name == '9 to 5' and true %}a{% endif %}</p>",
        ),
    ],
)  # fmt: skip
def test_what_the_desk_has_it_fills_in(body: str, html: str) -> None:
    filled = _fill(body)
    assert (as_html(filled, Look("en")), filled.asked) == (html, ())


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("{{ team.hours }}, {{ kb.name }}", "<p>9 to 5, Help</p>"),
        ("{{ days }} {{ days | pluralize: 'day', 'days' }}", "<p>10 days</p>"),
        ("{{ hours }}", "<p>9 to 5</p>"),
        ("a{% if days > 5 %}b{% else %}c{% endif %}", "<p>ab</p>"),
        ("{% for p in team.pages %}{{ p }}.{% endfor %}", "<p>a.b.</p>"),
        ("{% assign x = days | plus: 1 %}{{ x }}", "<p>11</p>"),
        ("[x]({{ 'net/har' | article_url }})", '<p><a href="https://help.example/net/har/">x</a></p>'),
        ("a{{ cursor }}b", "<p>ab</p>"),
        ("a\nb", "<p>a<br>b</p>"),
        ("{% raw %}{{ x }}{% endraw %}", "<p>{{ '{{' }} x }}</p>"),
        ("{% render 'hello', name: 'Ann' %}", "<p>Hello Ann,</p>"),
    ],
)  # fmt: skip
def test_what_is_the_same_for_each_ticket_is_computed(body: str, html: str) -> None:
    filled = _fill(body)
    assert (as_html(filled, Look("en")), filled.asked) == (html, ())


@pytest.mark.parametrize(
    ("body", "html", "asked"),
    [
        ("{{ amount }}", "<p>[[amount]]</p>", ("amount",)),
        ("{{ due }}", "<p>[[due]]</p>", ("due",)),
        ("{{ today }}", "<p>[[today]]</p>", ("today",)),
        ("{{ ticket.nothing }}", "<p>[[ticket.nothing]]</p>", ("ticket.nothing",)),
        ("{{ undeclared | upcase }}", "<p>[[undeclared]]</p>", ("undeclared",)),
        ("{{ ticket.id | append: amount }}", "<p>[[amount]]</p>", ("amount",)),
        ("{{ customer | pluralize: 'a', 'b' }}", "<p>[[customer]]</p>", ("customer",)),
        ("{{ 'in/house' | article_url }}", "<p>[[in/house]]</p>", ("in/house",)),
        ("`{{ amount }}`", "<p><code>[[amount]]</code></p>", ("amount",)),
        ("[x]({{ amount }})", '<p><a href="[[amount]]">x [[amount]]</a></p>', ("amount",)),
        (
            "{% if how == 'full' %}a{{ amount }}{% elsif customer %}b{% endif %}",
            "<p>[[if how == 'full']]a[[amount]][[elsif customer]]b[[endif]]</p>",
            ("how", "amount"),
        ),
        (
            "{% for x in amount %}{{ x }}{% endfor %}",
            "<p>[[for x in amount]][[x]][[endfor]]</p>",
            ("x", "amount", "x"),
        ),
    ],
)
def test_what_is_asked_for_is_a_loud_mark(body: str, html: str, asked: tuple[str, ...]) -> None:
    filled = _fill(body)
    assert as_html(filled, Look("en")) == html
    assert {*filled.asked} >= {*asked} - {"x"}


def test_a_choice_of_the_desks_in_one_of_a_persons_stays_the_desks() -> None:
    body = "{% if how == 'a' %}{% if customer %}x{% endif %}{% endif %}"
    tag = "{% if ticket.requester.first_name %}x{% endif %}"
    assert _html(body) == f"<p>[[if how == 'a']]{tag}[[endif]]</p>"


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("a{% if customer != '' %} {{ customer }}{% else %}b{% endif %}", "<p>a #{ticket.customer.firstname}</p>"),
        ("{% if agent.name and customer != blank %}x{% endif %}", "<p>x</p>"),
        ("{% if customer == 'A' %}a{% endif %}", "<p>[[if customer == 'A']]a[[endif]]</p>"),
        ("{% case customer %}{% when 'A' %}a{% endcase %}", "<p>[[case customer]][[when 'A']]a[[endcase]]</p>"),
    ],
)  # fmt: skip
def test_a_desk_without_tags_gets_none(body: str, html: str) -> None:
    filled = fill(body, _macro(body), Around(), Desk(ZAMMAD, there_by(ZAMMAD)))
    assert as_html(filled, Look("en")) == html
    assert bool(filled.losses) != bool(filled.asked)


def test_a_part_takes_what_it_is_given() -> None:
    tag = "{% if ticket.requester.first_name != '' %} {{ticket.requester.first_name}}{% endif %}"
    assert _html("{% render 'hello', name: customer %}") == f"<p>Hello{tag},</p>"


def test_a_part_may_call_another() -> None:
    direct = _html("{% render 'hello', name: customer %}")
    assert _html("{% render 'deep', who: ticket.requester %}") == direct


def test_the_blanks_that_a_call_cuts_are_cut() -> None:
    assert _html("a \n{%- render 'hello', name: 'B' -%}\n c") == "<p>aHello B,c</p>"


def test_parts_that_call_each_other_a_thousand_times_each_are_an_error() -> None:
    with pytest.raises(TemplateError, match="too often"):
        _fill("{% render 'many0' %}")


def test_a_part_that_calls_itself_is_an_error() -> None:
    with pytest.raises(TemplateError):
        _fill("{% render 'again' %}")


def test_a_name_is_addressed_as_the_language_does() -> None:
    assert _html("{{ customer | honorific }}", "ja") == "<p>{{ticket.requester.first_name}} 様</p>"


def test_the_desk_fills_nothing_in_in_code() -> None:
    filled = _fill("`{{ ticket.id }}` {{ ticket.id }}")
    assert as_html(filled, Look("en")) == "<p><code>[[ticket.id]]</code> {{ticket.id}}</p>"
    assert [*in_code(filled, Look("en"))] == ["[[ticket.id]]"]


def test_a_value_that_may_be_blank_there_is_told() -> None:
    losses = _fill("{{ customer }} {{ company }} {{ ticket.id }}").losses
    blank = [loss.what for loss in losses if "blank there" in loss.why]
    assert blank == ["customer"]


def test_a_value_that_a_condition_looks_at_is_not_told_as_blank() -> None:
    losses = _fill("{% if customer != '' %}{{ customer }}{% endif %}").losses
    assert [loss for loss in losses if "blank there" in loss.why] == []


def test_what_is_written_out_is_told_in_one_loss() -> None:
    losses = _fill("{% render 'hello', name: 'x' %} {{ team.hours }} {{ days }}").losses
    assert [loss.what for loss in losses] == ["days, hello, team.hours"]


def test_what_is_set_in_a_choice_that_is_not_made_here_is_asked_for() -> None:
    filled = _fill("{% assign x = 1 %}{% if how == 'a' %}{% assign x = 2 %}{% endif %}{{ x }}")
    assert as_html(filled, Look("en")) == "<p>[[if how == 'a']][[endif]][[x]]</p>"


def test_a_text_with_the_letters_of_a_sign_keeps_them() -> None:
    assert _html("qzx0qzx {{ ticket.id }}") == "<p>qzx0qzx {{ticket.id}}</p>"


def test_a_line_has_no_markup() -> None:
    assert as_line(_fill("Re: {{ ticket.subject }} <{{ amount }}>")) == "Re: {{ticket.title}} <[[amount]]>"  # fmt: skip


@pytest.mark.parametrize("body", ["{% if %}x{% endif %}", "{{ 'x' | nofilter }}", "{% if team %}"])
def test_a_faulty_template_is_an_error(body: str) -> None:
    with pytest.raises(TemplateError):
        _fill(body)
