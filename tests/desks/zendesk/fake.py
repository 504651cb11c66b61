"""The whole of it: `FakeZendesk` on a port of its own."""

from __future__ import annotations

from tests.desks.server import DeskServer, Request
from tests.desks.zendesk.account import Account
from tests.desks.zendesk.apply import Apply
from tests.desks.zendesk.dynamic import DynamicContent
from tests.desks.zendesk.exports import Exports
from tests.desks.zendesk.guide import Guide
from tests.desks.zendesk.guide_articles import Articles
from tests.desks.zendesk.guide_files import ArticleFiles
from tests.desks.zendesk.guide_texts import Texts
from tests.desks.zendesk.macro_files import MacroFiles
from tests.desks.zendesk.macros import Macros
from tests.desks.zendesk.oauth import Accounts
from tests.desks.zendesk.store import Store
from tests.desks.zendesk.tickets import Tickets


class FakeZendesk(DeskServer):
    """A Zendesk of an account with an agent, three groups and five languages.

    `oauth.token()` is a token to ask it with. `fail` plans faults. `lines` is what it was asked.
    """

    def __init__(self) -> None:
        self.store = Store()
        self.oauth = Accounts(self.store)
        self.account = Account(self.store)
        self.macros = Macros(self.store)
        self.files = MacroFiles(self.store)
        self.dynamic = DynamicContent(self.store, self.account)
        self.tickets = Tickets(self.store, self.account.agent)
        self.apply = Apply(self.store, self.dynamic, self.account.agent)
        self.exports = Exports(self.store)
        self.texts = Texts(self.store)
        self.guide = Guide(self.store, self.texts)
        self.articles = Articles(self.store, self.guide, self.texts)
        self.article_files = ArticleFiles(self.store)
        support = (self.files, self.macros, self.dynamic, self.tickets, self.apply, self.exports)
        help_center = (self.article_files, self.guide, self.articles)
        rooms = (self.oauth, self.account, *support, *help_center)
        super().__init__([route for room in rooms for route in room.routes], self._check)
        self.store.address = self.address

    def _check(self, request: Request) -> None:
        self.oauth.check(request)
