from __future__ import annotations

import pytest
from tests.conftest import Base, Run


def test_a_fix_makes_values_of_holes(base: Base, kb: Run) -> None:
    path = base.write(
        "macros/hello.md",
        "---\ntitle: Hello  # kept\n---\nDear #{ticket.customer.firstname} of [Company Name],\n\n"
        "{{contact.email}} and {%customer.firstName,fallback=there%}: `[Name]`, {% if a %}b{% endif %}.\n",
    )
    assert kb("check", "--fix").code == 0
    assert path.read_text() == (
        "---\ntitle: Hello  # kept\nfields:\n- name: company_name\n  label: Company Name\n---\n"
        "Dear {{ ticket.requester.first_name }} of {{ company_name }},\n\n"
        "{{ticket.requester.email}} and {{ ticket.requester.first_name | default: 'there' }}: "
        "`[Name]`, {% if a %}b{% endif %}.\n"
    )


def test_a_fix_puts_new_fields_behind_those_that_are_there(base: Base, kb: Run) -> None:
    path = base.write(
        "macros/hello.md",
        "---\ntitle: Hello\nfields:\n- {name: a}  # mine\n# the end\n---\n"
        "{{ a }} XXX {order number} until MM/DD\n",
    )
    assert kb("check", "--fix").code == 0
    assert path.read_text() == (
        "---\ntitle: Hello\nfields:\n- {name: a}  # mine\n- name: value_1\n  label: … XXX {order number}\n"
        "- name: order_number\n  label: order number\n- name: date\n  label: date\n  type: date\n# the end\n---\n"
        "{{ a }} {{ value_1 }} {{ order_number }} until {{ date }}\n"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_fix_keeps_line_ends_and_mends_the_subject_too(base: Base, kb: Run, end: str) -> None:
    text = "---\ntitle: Hello\nsubject: About XXX  # kept\n---\nHi ____,\n\n○月○日 for %s\n"
    path = base.write("macros/hello.md", (text % "[Name]").replace("\n", end))
    assert kb("check", "--fix").code == 0
    after = (
        "---\ntitle: Hello\nsubject: About {{ value_1 }}  # kept\nfields:\n- name: value_1\n"
        "  label: About XXX\n- name: customer_name\n  label: customer name\n- name: date\n"
        "  label: 日付\n  type: date\n- name: name\n  label: name\n---\n"
        "Hi {{ customer_name }},\n\n{{ date }} for {{ name }}\n"
    )
    assert path.read_bytes().decode() == after.replace("\n", end)


def test_a_fix_leaves_a_note_to_the_author_alone(base: Base, kb: Run) -> None:
    text = "---\ntitle: Hello\n---\nBEFORE SENDING: ask.\n\n※送信前に削除\n\n(remove this line)\n"
    path = base.write("macros/hello.md", text)
    done = kb("check", "--fix")
    assert path.read_text() == text
    assert "hello.md:4: error: BEFORE SENDING" in done.out


def test_a_desks_name_is_told_with_ours(base: Base, kb: Run) -> None:
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello {{ contact.name }}.\n")
    done = kb("check")
    assert "contact.name is a Chatwoot placeholder; here it is ticket.requester.name" in done.out


def test_a_hole_in_a_part_a_subject_and_a_default_is_found(base: Base, kb: Run) -> None:
    base.write("macros/_parts/end.md", "---\ntitle: End\n---\nYours, [Agent]\n")
    base.write(
        "macros/hello.md",
        "---\ntitle: Hello\nsubject: About ${case}\nfields:\n- name: a\n  default: '[Name]'\n---\n"
        "Hello {{ a }}{% render 'end' %}\n",
    )
    done = kb("check").out
    assert "_parts/end.md:4: error: [Agent]" in done
    assert "hello.md:3: error: ${case}" in done
    assert "hello.md:6: error: [Name]" in done
