from __future__ import annotations

import pytest

from cannery.content.holes import holes_in_template
from cannery.exchange.finish import finished
from cannery.exchange.formats.espanso import FORMAT
from cannery.model.canned_reply import CannedReply, Imported
from tests.exchange.reading import kept, source_file


@pytest.fixture(scope="module")
def imported() -> Imported:
    return FORMAT.read([file for file in kept("espanso") if FORMAT.recognize(file)])


@pytest.fixture(scope="module")
def replies(imported: Imported) -> dict[str, CannedReply]:
    return {reply.origin.record: reply for reply in imported.replies}


def _one(match: str) -> CannedReply:
    (reply,) = FORMAT.read([source_file("a.yml", f"matches:\n{match}")]).replies
    return reply


def _fields(reply: CannedReply) -> list[tuple[str, str, str]]:
    return [(one.name, one.label, one.type) for one in reply.fields]


def test_match_files_and_packages_are_told_by_what_they_hold(imported: Imported) -> None:
    recognized = {file.name for file in kept("espanso") if FORMAT.recognize(file)}
    assert recognized == {
        "match/base.yml", "match/support/forms.yml", "match/support/japanese.yml",
        "match/packages/refund-pack/0.1.0/package.yml", "match/packages/refund-pack/0.1.0/_manifest.yml",
    }  # fmt: skip
    assert len(imported.replies) == 17


def test_no_placeholder_of_theirs_is_left(imported: Imported) -> None:
    for reply in map(finished, imported.replies):
        assert not holes_in_template(reply.body), reply.body
        assert "[[" not in reply.body


def test_a_trigger_is_the_shortcut_and_tells_the_title(replies: dict[str, CannedReply]) -> None:
    reply = replies[":hello"]
    assert (reply.title, reply.shortcut, reply.section, reply.origin.line) == (
        "hello",
        ":hello",
        "",
        16,
    )
    assert reply.body == "Hi {{ cursor }},\n\nthank you for your message.\n"


def test_a_label_is_the_title_and_other_words_find_it(replies: dict[str, CannedReply]) -> None:
    reply = replies[":bye"]
    assert (reply.title, reply.keywords) == ("Say goodbye", (":cya", "closing", "regards"))
    assert reply.body == "Best regards,\nKim from support\n\\--\nExample Support\n"


def test_a_date_with_an_offset_is_a_field_with_that_day(replies: dict[str, CannedReply]) -> None:
    reply = replies[":due"]
    assert reply.body == (
        "Please answer by {{ deadline | date: '%d/%m/%Y' }} (sent {{ today | date: '%B %-d, %Y' }}).\n"
    )
    (field,) = reply.fields
    assert (field.type, field.default, field.required) == ("date", "in 7 days", False)


@pytest.mark.parametrize(
    ("params", "body"),
    [
        ("format: '%H:%M'", "{{ now | date: '%H:%M' }}\n"),
        ("format: '%Y-%m-%d', offset: -86400", "{{ d | date: '%Y-%m-%d' }}\n"),
        ("format: '%H:%M', offset: 3600", "{{ d }}\n"),
        ("format: '%Q'", "{{ today }}\n"),
    ],
)
def test_dates_are_ours_or_told(params: str, body: str) -> None:
    reply = _one(
        f"- {{trigger: a, replace: '{{{{d}}}}', vars: [{{name: d, type: date, params: {{{params}}}}}]}}"
    )
    assert reply.body == body
    assert bool(reply.losses) == (body in {"{{ d }}\n", "{{ today }}\n"})


def test_what_a_program_prints_is_asked_for_and_told(replies: dict[str, CannedReply]) -> None:
    assert _fields(replies[":ip"]) == [("output", "output", "text")]
    assert [loss.what for loss in replies[":ip"].losses] == ["output: curl 'https://api.ipify.org'"]
    assert [loss.what for loss in replies[":ver"].losses] == [
        "output: python %CONFIG%/version.py", "clip: clipboard",
    ]  # fmt: skip


def test_what_is_by_chance_is_chosen(replies: dict[str, CannedReply]) -> None:
    (field,) = replies[":quote"].fields
    assert (field.type, field.default) == ("choice", "Have a nice day.")


def test_html_and_markdown_are_read_as_such(replies: dict[str, CannedReply]) -> None:
    assert replies[":html"].body == (
        "Dear **customer**,\n\n- open *Settings*\n- see {{ today | date: '%B %-d, %Y' }}\n"
    )
    assert (
        replies[":md"].body == "This is **important**: see [the guide](https://help.example.com).\n"
    )


def test_a_form_asks_for_its_fields(replies: dict[str, CannedReply]) -> None:
    reply = replies[":ticket"]
    assert reply.body.startswith("Hi {{ name }},\n\nyour request about {{ topic }} has the number")
    assert _fields(reply) == [
        ("name", "name", "text"), ("topic", "topic", "choice"), ("number", "number", "text"),
        ("details", "details", "multiline"),
    ]  # fmt: skip
    assert reply.fields[2].default == "none yet"


def test_a_forms_layout_has_the_labels(replies: dict[str, CannedReply]) -> None:
    reply = replies[":order"]
    assert _fields(reply) == [
        ("order", "Order number", "text"), ("product", "Product", "choice"),
        ("carrier", "carrier", "choice"), ("day", "Day", "text"),
    ]  # fmt: skip
    assert [(one.value, one.label) for one in reply.fields[2].choices] == [
        ("Yamato", "Yamato (Japan)"), ("DHL", "DHL"),
    ]  # fmt: skip


def test_a_match_in_a_match_stands_in_its_place(replies: dict[str, CannedReply]) -> None:
    assert (
        replies[":wrap"].body
        == "Hi {{ cursor }},\n\nthank you for your message.\n\nWe are on it.\n"
    )


def test_braces_that_are_escaped_are_text(replies: dict[str, CannedReply]) -> None:
    assert replies[":lit"].body == "Write {{ '{{' }}name}} in the template\n"


def test_a_match_in_itself_ends() -> None:
    reply = _one(
        "- {trigger: ':a', replace: 'x{{b}}', vars: [{name: b, type: match, params: {trigger: ':a'}}]}"
    )
    assert reply.body == "xxxxxxx{{ b }}\n"


def test_a_trigger_that_is_a_pattern_is_told_and_its_text_kept(imported: Imported) -> None:
    (reply,) = [one for one in imported.replies if one.origin.record.startswith(":greet")]
    assert (reply.title, reply.shortcut, reply.body) == ("", "", "Hi {{ person }}!\n")
    assert {loss.what.partition(":")[0] for loss in imported.losses} == {
        "regex", "image_path", "propagate_case", "../../private/keys.yml",
    }  # fmt: skip


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{two}: &{two} [{','.join(['*' + one] * 9)}]\n"
    for one, two in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("matches: [", "did not find"),
        (f"matches:\n{BOMB}", "aliases"),
        ("matches: " + "[" * 100, "levels deep"),
        ("matches:\n- {trigger: a, replace: b\0}", "NUL"),
        ("matches:\n" + "- {}\n" * 500_000, "longer than"),
    ],
)
def test_a_file_that_is_made_to_hurt_costs_a_loss(text: str, reason: str) -> None:
    imported = FORMAT.read(
        [source_file("bad.yml", text), source_file("a.yml", "matches: [{trigger: a, replace: b}]")]
    )
    assert [reply.body for reply in imported.replies] == ["b\n"]
    assert reason in imported.losses[0].why


def test_a_tag_makes_no_object() -> None:
    imported = FORMAT.read(
        [
            source_file(
                "a.yml",
                "matches:\n- trigger: a\n  replace: !!python/object/apply:os.system ['true']\n",
            )
        ]
    )
    assert imported.replies == ()
    assert "python/object" in imported.losses[0].why


def test_an_import_leads_to_no_other_file() -> None:
    text = "imports: ['/etc/passwd', '../../../etc/passwd']\nmatches: [{trigger: a, replace: b}]"
    losses = FORMAT.read([source_file("x/a.yml", text)]).losses
    assert [loss.what for loss in losses] == ["/etc/passwd", "../../../etc/passwd"]


@pytest.mark.parametrize(
    "match",
    [
        "- {trigger: a, replace: '{{n}}', vars: [{name: n, type: date, params: x}, 7, {}]}",
        "- {trigger: {}, replace: b, vars: x}",
        "- 7\n- trigger: a\n  replace: b\n  form_fields: [1]",
    ],
)
def test_a_match_of_another_shape_is_no_crash(match: str) -> None:
    assert FORMAT.read([source_file("a.yml", f"matches:\n{match}")]).replies


def test_choices_that_a_variable_makes_are_told_and_the_value_is_asked_for() -> None:
    reply = _one(
        "- trigger: a\n  replace: '{{f.x}}'\n  vars:\n  - {name: f, type: form, params: "
        "{layout: '[[x]]', fields: {x: {type: list, values: '{{names}}'}}}}"
    )
    assert (reply.body, reply.fields[0].type) == ("{{ x }}\n", "text")
    assert [loss.what for loss in reply.losses] == ["x: {{names}}"]
