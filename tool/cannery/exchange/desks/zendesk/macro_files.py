"""Files that go along with a macro in Zendesk.

They are uploaded first and tied to the macro after; none can be changed or removed then, and a
macro has five at most. A list of macros tells of none: so they go there, and don't come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from mimetypes import guess_type
from posixpath import dirname, normpath
from secrets import token_hex
from typing import NamedTuple

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk.paging import Json, answered, number, objects, one
from cannery.model.entry import Macro
from cannery.model.loss import Loss
from cannery.rest.client import Body, RestError

PART = "attachments"
_MOST = 5
_MACROS = "/api/v2/macros"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\"\\/]")
_SIZE = 8  # bytes of a digest


class _File(NamedTuple):
    name: str
    data: bytes


class MacroFiles:
    """The files of the macros that went through here, by what their part says of each."""

    def __init__(self, opening: Opening) -> None:
        self._client, self._files = opening.client, opening.files
        self._known: dict[str, _File] = {}

    def items(self, macro: Macro) -> list[str]:
        """What a macro's part says: the name and the digest of each file.

        Raises ContentError for a file that can't be sent.
        """
        found = []
        for path in macro.attachments[:_MOST] if self._files else ():
            whole = normpath(f"{dirname(macro.at.path)}/{path}")
            assert self._files is not None  # noqa: S101 - see above
            data = self._files.attached(whole)
            name = _UNSAFE.sub("_", whole.rpartition("/")[2])
            item = f"{name} {blake2b(data, digest_size=_SIZE).hexdigest()}"
            self._known[item] = _File(name, data)
            found.append(item)
        return sorted(found)

    def losses(self, macro: Macro) -> Iterator[Loss]:
        for path in macro.attachments[_MOST:]:
            yield Loss(macro.at.path, 0, path, f"Zendesk keeps at most {_MOST} files of a macro")

    def ids(self, items: Iterable[str], record_id: str = "") -> Sequence[int]:
        """The numbers of a macro's files once these are among them; what is not there is uploaded.

        Raises RestError where there would be too many.
        """
        there = [*self._there(record_id)]
        known = {(str(it.get("filename")), str(it.get("size"))) for it in there}
        files = (self._known[item] for item in items if item in self._known)
        new = [file for file in files if (file.name, str(len(file.data))) not in known]
        if len(there) + len(new) > _MOST:
            message = f"the macro has {len(there)} files at the desk, and keeps {_MOST} at most"
            hint = "None can be removed there: delete the macro at the desk, and push it again."
            raise RestError(message, hint)
        return [int(number(it)) for it in there] + [self._uploaded(file) for file in new]

    def _there(self, record_id: str) -> Iterator[Json]:
        if record_id:
            answer = answered(self._client, "GET", f"{_MACROS}/{record_id}/attachments")
            yield from objects(answer, "macro_attachments")

    def _uploaded(self, file: _File) -> int:
        answer = answered(self._client, "POST", f"{_MACROS}/attachments", _form(file))
        return int(number(one(answer, "macro_attachment")))


def _form(file: _File) -> Body:
    """A form with a file, as browsers send it."""
    edge = f"kb-{token_hex(16)}"
    kind = guess_type(file.name)[0] or "application/octet-stream"
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="attachment"; filename="{file.name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n"
    )
    data = head.encode() + file.data + f"\r\n--{edge}--\r\n".encode()
    return Body(data, f"multipart/form-data; boundary={edge}")
