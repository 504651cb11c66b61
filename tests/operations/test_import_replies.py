"""Replies of another program become macros once, beside whatever is there already."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.content.holes import holes_in_template
from cannery.errors import ContentError, UsageError
from cannery.exchange import table
from cannery.exchange.format import Format
from cannery.exchange.source import SourceFile
from cannery.model.canned_reply import CannedReply, Imported, Origin
from cannery.model.location import Status
from cannery.operations.import_plan import Decisions, ImportPlan, plan, save
from cannery.operations.import_replies import ImportQuery, State, Survey, survey
from cannery.operations.undo import undo

LONG = (
    "Thank you for the log file. We have found that the proxy in front of your runner cuts every "
    "upload after sixty seconds. Please raise its timeout to ten minutes and start the job again.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "replies"
    made.mkdir()
    return made


@pytest.fixture
def both(base: Base) -> Base:
    """A knowledge base in English and Japanese, with a macro."""
    base.write("kb.toml", 'languages = ["en", "ja"]\nformat = 2\n')
    base.write("macros/hello.md", "---\ntitle: Hello\nshortcut: ;hello\n---\nGood morning to you\n")
    return base


def _imported(
    base: Base, folder: Path, decisions: Decisions | None = None, **query: str
) -> tuple[Survey, ImportPlan]:
    found = survey(base.workspace, ImportQuery(folder, **query))
    values = {part.value for part in found.personal if not part.is_own}
    planned = plan(base.workspace, found, decisions or Decisions(values))
    save(base.workspace, found, planned)
    return found, planned


def _paths(planned: ImportPlan) -> list[str]:
    return [one.path for one in planned.files]


def _states(found: Survey) -> list[State]:
    return [one.state for one in found.candidates]


def test_a_reply_becomes_a_macro_that_asks_for_its_placeholders(both: Base, folder: Path) -> None:
    (folder / "refund.txt").write_text(
        "Dear [Customer Name],\nyour order %{order.id} is refunded.\n"
    )
    _imported(both, folder)
    macro = both.macro("refund.md")
    assert macro.body == "\nDear {{ customer_name }},\nyour order {{ order_id }} is refunded.\n"
    assert [field.name for field in macro.fields] == ["customer_name", "order_id"]
    assert (macro.header.title, macro.header.status, macro.faults) == (
        "refund", Status.PUBLISHED, (),
    )  # fmt: skip
    assert not holes_in_template(macro.body)


def test_languages_become_variants_of_one_macro(both: Base, folder: Path) -> None:
    (folder / "refund.md").write_text("---\nshortcut: ;refund\n---\nRefunded.\n")
    (folder / "返金.md").write_text("---\nshortcut: ;refund_ja\n---\n返金いたしました。\n")
    _, planned = _imported(both, folder)
    assert sorted(_paths(planned)) == ["kb/macros/refund.ja.md", "kb/macros/refund.md"]
    ja = both.macro("refund.ja.md")
    assert (ja.header.title, ja.shortcut, ja.header.keywords) == (
        "返金",
        ";refund",
        (";refund_ja",),
    )


def test_importing_again_changes_nothing_and_keeps_edits(both: Base, folder: Path) -> None:
    (folder / "refund.txt").write_text("Refunded.\n")
    _imported(both, folder)
    path = both.root / "kb/macros/refund.md"
    path.write_text(path.read_text().replace("Refunded.", "We have refunded it."))
    path.rename(path.with_name("money-back.md"))
    found, planned = _imported(both, folder)
    assert (_states(found), planned.files) == ([State.KNOWN], [])


def test_what_a_macro_says_already_is_not_imported(both: Base, folder: Path) -> None:
    (folder / "greeting.txt").write_text("Good  morning\nto you\n")
    found, planned = _imported(both, folder)
    assert (_states(found), planned.files) == ([State.KNOWN], [])


def test_the_same_reply_twice_is_one_macro_found_by_both_names(both: Base, folder: Path) -> None:
    (folder / "a.md").write_text("---\ntitle: Proxy\nshortcut: ;proxy\n---\n" + LONG)
    (folder / "b.md").write_text("---\ntitle: Timeout\nshortcut: ;timeout\n---\n" + LONG)
    found, planned = _imported(both, folder)
    assert _states(found) == [State.NEW, State.SAME]
    assert _paths(planned) == ["kb/macros/proxy.md"]
    macro = both.macro("proxy.md")
    assert (macro.header.keywords, len(macro.imported_from)) == (("Timeout", ";timeout"), 2)


def test_replies_that_are_much_alike_are_told_and_merged_if_wanted(
    both: Base, folder: Path
) -> None:
    (folder / "a.txt").write_text(LONG)
    (folder / "b.txt").write_text(LONG.replace("ten", "twenty"))
    found = survey(both.workspace, ImportQuery(folder))
    ((number, share, macro, other),) = found.alike
    assert (number, macro, other) == (1, "", 0)
    assert share > 0.8
    assert len(plan(both.workspace, found, Decisions()).files) == 2
    (merged,) = plan(both.workspace, found, Decisions(merged={1})).files
    assert "keywords:\n- b\n" in merged.text


def test_a_reply_that_is_like_a_macro_is_left_out_if_wanted(both: Base, folder: Path) -> None:
    both.write("macros/proxy.md", "---\ntitle: Proxy\n---\n" + LONG)
    (folder / "a.txt").write_text(LONG.replace("ten", "twenty"))
    found = survey(both.workspace, ImportQuery(folder))
    assert [one.macro for one in found.alike] == ["macros/proxy"]
    assert plan(both.workspace, found, Decisions(merged={0})).files == []


def test_a_reply_with_a_secret_is_refused(both: Base, folder: Path) -> None:
    (folder / "a.txt").write_text("The password is Winter-Tokyo-26.\n")
    (folder / "b.txt").write_text("Fine.\n")
    found, planned = _imported(both, folder)
    assert _states(found) == [State.REFUSED, State.NEW]
    assert "password" in found.candidates[0].why
    assert _paths(planned) == ["kb/macros/b.md"]


def test_what_is_personal_becomes_a_field(both: Base, folder: Path) -> None:
    (folder / "a.txt").write_text(
        "Dear Ms. Tanaka,\n{{ date }}: call +81 90 1234 5678 on 2026-03-04.\n"
    )
    _imported(both, folder)
    macro = both.macro("a.md")
    assert "Tanaka" not in macro.body
    assert "1234" not in macro.body
    assert "{{ date }}" in macro.body
    assert "{{ date_2 }}" in macro.body  # `date` is another one
    names = [field.name for field in macro.fields]
    assert len(names) == len({*names}) == 5


def test_what_is_personal_in_the_text_is_not_in_the_title(both: Base, folder: Path) -> None:
    (folder / "Order A-12345.txt").write_text("Your order A-12345 {2026-03-04} was sent.\n")
    _, planned = _imported(both, folder)
    assert _paths(planned) == ["kb/macros/order.md"]
    macro = both.macro("order.md")
    assert macro.header.title == "Order …"
    assert "A-12345" not in planned.files[0].text
    assert macro.body == "\nYour order {{ order_number }} {{ '{' }}{{ date }}} was sent.\n"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("We'll answer today, as we did 2 hours ago.", []),
        ("本日中に、遅くとも明日までにご連絡します。", []),
        ("We'll answer on Friday, 2026-03-04.", ["Friday", "2026-03-04"]),
        ("3月4日にご連絡します。", ["3月4日"]),
    ],
)
def test_days_reckoned_from_the_day_of_sending_stay(
    both: Base, folder: Path, text: str, values: list[str]
) -> None:
    (folder / "a.txt").write_text(f"{text}\n")
    found = survey(both.workspace, ImportQuery(folder))
    assert [part.value[1] for part in found.personal] == values


def test_what_many_replies_have_is_the_desks_own(both: Base, folder: Path) -> None:
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Case {'abc'[number]}. Call 03-5550-1234.\n")
    found, planned = _imported(both, folder)
    (part,) = found.personal
    assert (part.is_own, part.replies, part.value) == (True, (0, 1, 2), ("phone", "03-5550-1234"))
    assert all("03-5550-1234" in one.text for one in planned.files)


def test_titles_shortcuts_and_ids_that_clash_are_resolved_and_told(
    both: Base, folder: Path
) -> None:
    (folder / "hello.md").write_text("---\ntitle: Hello\nshortcut: ;HELLO\n---\nGood evening.\n")
    _, planned = _imported(both, folder)
    macro = both.macro("hello-2.md")
    assert (macro.header.title, macro.shortcut) == ("Hello 2", "")
    assert {note.what for note in planned.notes} == {"Hello", ";HELLO"}


def test_a_language_is_added_to_a_macro_of_the_same_shortcut(both: Base, folder: Path) -> None:
    (folder / "Hello.md").write_text("---\nshortcut: ;hello\n---\nおはようございます。\n")
    _, planned = _imported(both, folder)
    assert _paths(planned) == ["kb/macros/hello.ja.md"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("con.txt", "kb/macros/x/con-1.md"),
        ("a:b|c?.txt", "kb/macros/x/a-b-c.md"),
        (f"{'long' * 50}.txt", f"kb/macros/x/{('long' * 50)[:50]}.md"),
        ("b. .txt", "kb/macros/x/b.md"),
    ],
)
def test_names_that_cannot_be_checked_out_become_others(
    both: Base, folder: Path, name: str, path: str
) -> None:
    (folder / name).write_text("Hello\n")
    assert _paths(_imported(both, folder, into="../x")[1]) == [path]


def test_all_can_be_said_to_be_of_one_language(both: Base, folder: Path) -> None:
    (folder / "a.txt").write_text("OK\n")
    assert _paths(_imported(both, folder, language="ja")[1]) == ["kb/macros/a.ja.md"]


def test_an_import_is_one_step_to_undo(both: Base, folder: Path) -> None:
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"Reply {name}\n")
    _imported(both, folder)
    undo(both.workspace)
    assert sorted(path.name for path in (both.root / "kb/macros").iterdir()) == ["hello.md"]


def test_a_file_without_replies_is_refused(both: Base, folder: Path) -> None:
    (folder / "a.png").write_bytes(b"\x89PNG\0")
    with pytest.raises(ContentError, match="no replies that can be imported"):
        survey(both.workspace, ImportQuery(folder))


def test_a_format_that_there_is_not_is_refused(both: Base, folder: Path) -> None:
    with pytest.raises(UsageError, match="no format named x"):
        survey(both.workspace, ImportQuery(folder, format="x"))


def test_a_text_that_no_template_can_be_costs_itself_alone(base: Base, folder: Path) -> None:
    (folder / "long.txt").write_text("word\n" * 5000)
    (folder / "short.txt").write_text(LONG)
    found, _ = _imported(base, folder)
    assert [one.reply.title for one in found.candidates] == ["short"]
    assert [(loss.what, loss.why) for loss in found.losses] == [
        ("long", "a template can have at most 20,000 characters")
    ]


def test_a_format_is_a_row(both: Base, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(files: Sequence[SourceFile]) -> Imported:
        return Imported(tuple(CannedReply(one.stem, one.text, Origin(one.path)) for one in files))

    made_up = Format("made_up", "what starts with !", lambda one: one.raw.startswith(b"!"), read)
    monkeypatch.setattr(table, "FORMATS", (made_up, *table.FORMATS))
    (folder / "hello.txt").write_text("!Hello there\n")
    assert _paths(_imported(both, folder, format="made_up")[1]) == ["kb/macros/hello-2.md"]


@pytest.mark.parametrize("place", ["title", "description", "subject", "tag"])
def test_a_secret_beside_the_text_is_refused_too(base: Base, folder: Path, place: str) -> None:
    secret = "ghp_" + "a1B2c3D4e5" * 4
    macro = {
        "title": secret if place == "title" else "Ink",
        "description": secret if place == "description" else "",
        "actions": [
            {"field": "comment_value", "value": LONG},
            {"field": "subject", "value": secret if place == "subject" else "Ink"},
            {"field": "priority", "value": secret if place == "tag" else "low"},
        ],
    }
    (folder / "macros.json").write_text(json.dumps({"macros": [macro]}))
    found, planned = _imported(base, folder)
    assert [one.state for one in found.candidates] == [State.REFUSED]
    assert not planned.files


def test_a_file_with_a_slip_is_told_with_its_line(base: Base, folder: Path) -> None:
    (folder / "macros.json").write_text('{"macros": [\n {"title": "a",\n}]}')
    with pytest.raises(ContentError, match=r"macros\.json:3: not JSON"):
        _imported(base, folder)


def test_a_placeholder_of_python_leaves_none_of_its_signs(both: Base, folder: Path) -> None:
    (folder / "refund.txt").write_text("Dear %(customer)s,\n%(amount)d yen are on their way.\n")
    _imported(both, folder)
    assert "%" not in both.macro("refund.md").body
