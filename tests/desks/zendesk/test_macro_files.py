from __future__ import annotations

from tests.desks.zendesk.asking import MACROS, Asking, refused
from tests.desks.zendesk.fake import FakeZendesk

_UPLOAD = f"{MACROS}/attachments"


def test_a_file_is_uploaded_first_and_tied_to_a_macro_later(asking: Asking) -> None:
    uploaded = asking.upload(_UPLOAD)["macro_attachment"]
    made = asking.macro(attachments=[uploaded["id"]])
    files = asking.get(f"{MACROS}/{made['id']}/attachments")["macro_attachments"]
    assert [(one["filename"], one["size"]) for one in files] == [("form.txt", 4)]


def test_a_file_that_no_macro_has_is_purged(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    uploaded = asking.upload(_UPLOAD)["macro_attachment"]
    fake_zendesk.files.purge()
    with refused(422):
        asking.macro(attachments=[uploaded["id"]])


def test_a_file_of_a_macro_can_not_be_removed(asking: Asking) -> None:
    uploaded = asking.upload(_UPLOAD)["macro_attachment"]
    made = asking.macro(attachments=[uploaded["id"]])
    asking.change(made["id"], attachments=[])
    assert len(asking.get(f"{MACROS}/{made['id']}/attachments")["macro_attachments"]) == 1


def test_a_sixth_file_is_refused(asking: Asking) -> None:
    path = f"{MACROS}/{asking.macro()['id']}/attachments"
    for _ in range(5):
        asking.upload(path)
    with refused(422):
        asking.upload(path)


def test_six_files_at_once_are_refused(asking: Asking) -> None:
    files = [asking.upload(_UPLOAD)["macro_attachment"]["id"] for _ in range(6)]
    with refused(422):
        asking.macro(attachments=files)


def test_files_of_two_macros_are_two(asking: Asking) -> None:
    uploaded = asking.upload(_UPLOAD)["macro_attachment"]
    asking.macro(attachments=[uploaded["id"]])
    with refused(422):
        asking.macro(attachments=[uploaded["id"]])
