"""The fakes of desks that keep one text a record, and how each is set up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from tests.desks.chatwoot import FakeChatwoot
from tests.desks.discourse import FakeDiscourse
from tests.desks.freshdesk import FakeFreshdesk
from tests.desks.front import FakeFront
from tests.desks.gorgias import FakeGorgias
from tests.desks.graphql import FakeGitLab
from tests.desks.server import DeskServer
from tests.desks.zammad import FakeZammad


class TextDesk(NamedTuple):
    """`options` are those of kb.toml. `has_values` says that the desk fills any in.

    `group` is one of the desk's, of what may be kept to groups.
    """

    name: str
    fake: Callable[[], DeskServer]
    options: Mapping[str, str] = {}
    can_be_off: bool = False
    can_delete: bool = True
    has_values: bool = True
    group: str = ""

    @property
    def id(self) -> str:
        return "-".join((self.name, *self.options))


TEXT_DESKS = (
    TextDesk("zammad", FakeZammad, can_be_off=True, group="Billing"),
    TextDesk("chatwoot", FakeChatwoot, {"account": "1"}),
    TextDesk("freshdesk", FakeFreshdesk, can_delete=False, group="Billing"),
    TextDesk("front", FakeFront, group="Support"),
    TextDesk("gorgias", FakeGorgias, can_be_off=True),
    TextDesk("discourse", FakeDiscourse, {"category": "7"}, can_be_off=True),
    TextDesk("gitlab", FakeGitLab, has_values=False),
    TextDesk("gitlab", partial(FakeGitLab, "Groups"), {"group": "acme/support"}, has_values=False),
)
