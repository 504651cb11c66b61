"""What the picker knows: entries, searches, forms. Knows nothing of the screen.

It works in the worker's thread: an open knowledge base belongs to one, and is slow to load.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text

from cannery.content.files import Scan, scan
from cannery.content.layout import locate
from cannery.content.library import catalogue, load_entry, resolve
from cannery.content.links import article_url
from cannery.content.markdown import parse
from cannery.errors import CanneryError, UsageError
from cannery.git.clone import open_local
from cannery.git.history import revisions
from cannery.git.run import attempt
from cannery.model.entry import Macro
from cannery.model.hit import Query
from cannery.operations.deliver import learn_from, log_copy
from cannery.operations.describe import age, facts, field_line, readable
from cannery.operations.reply import ReplyQuery, locale, request_for, request_of
from cannery.operations.ticket import facts_of, ticket_input
from cannery.operations.ticket_source import is_at_desk
from cannery.reply.form import build_form
from cannery.reply.usage import record, weights
from cannery.tui.drawn_lines import head, rendered
from cannery.tui.items import LIMIT, Filters, Item, Look, Preview, Results, Stack, recent_items
from cannery.util.plain import clean
from cannery.util.terminal_markdown import drawn
from cannery.util.text import fold_name
from cannery.workspace import Workspace

if TYPE_CHECKING:
    from cannery.content.library import Variants
    from cannery.model.entry import Entry
    from cannery.model.location import Location
    from cannery.operations.knowledge_base import KnowledgeBase
    from cannery.operations.reply import FinishedReply
    from cannery.operations.ticket_answer import Plan
    from cannery.operations.ticket_send import Sent
    from cannery.reply.resolve import Request
    from cannery.tui.ticket_at_desk import TicketAtDesk

_FEW = 200  # files that the first search waits for: a second's work


class Session:
    """Answers for one knowledge base. `ticket` is what is known of one that is at no desk."""

    def __init__(
        self,
        workspace: Workspace,
        ticket: Mapping[str, object] | None = None,
        at_desk: TicketAtDesk | None = None,
    ) -> None:
        self.workspace = workspace
        self._ticket = ticket
        self._at_desk = at_desk
        self._knowledge_base: KnowledgeBase | None = None
        self._usage: Mapping[str, float] | None = None
        self.is_new = True  # whether nobody has looked yet if the index knows all files

    @property
    def ticket(self) -> Mapping[str, object] | None:
        """What is known of the ticket by now; None where the user's command is asked."""
        return self._at_desk.facts if self._at_desk and self._at_desk.source else self._ticket

    def _open(self) -> KnowledgeBase:
        if self._knowledge_base is None:
            from cannery.operations.knowledge_base import KnowledgeBase

            self._knowledge_base = KnowledgeBase(self.workspace)
            todo = self._knowledge_base.behind()
            if len(todo.added) + len(todo.changed) <= _FEW:
                for _ in self._knowledge_base.catch_up(todo):
                    pass
                self.is_new = False
        return self._knowledge_base

    def catch_up(self) -> Iterator[tuple[int, int]]:
        """Bring the index up to date; yields how many files are done, and of how many."""
        knowledge_base = self._open()
        todo = knowledge_base.behind()
        count = len(todo.added) + len(todo.changed)
        for number, _ in enumerate(knowledge_base.catch_up(todo), start=1):
            yield number, count
        self.is_new = False

    def close(self) -> None:
        if self._knowledge_base is not None:
            self._knowledge_base.close()

    def find(self, words: str, filters: Filters) -> Results:
        """The best entries for words as far as they are typed; without any, those used lately."""
        if not words and not filters.tag:
            recent = tuple(item for item in self._recent() if filters.kind in ("", item.kind))
            hint = "" if recent else "Type what the customer is asking about, in any language."
            return Results(recent, hint)
        query = Query(
            words,
            kind=filters.kind,
            tags=(filters.tag,) if filters.tag else (),
            prefer=locale(self.ticket or {}) or self.workspace.user.language,
            limit=LIMIT,
            typing=True,
            usage=self._weights(),
            snippets=False,
        )
        items = [
            _item(hit.at, hit.title, "" if hit.status == "published" else hit.status)
            for hit in self._open().find(query)
        ]
        items.sort(key=lambda item: _is_called(words, item))
        return Results(tuple(items), "" if items else self._advice(words))

    def _advice(self, words: str) -> str:
        if self.is_new:
            return "Building the index…"
        near = self._open().suggest(words)
        hint = f"Did you mean {' or '.join(near)}?" if near else "Try other words, or fewer."
        return f"No results. {hint}"

    def _recent(self) -> Iterator[Item]:
        """What was used lately and is still there, as it is called now."""
        variants = catalogue(self.workspace, scan(self.workspace))
        for item in recent_items(self.workspace):
            if item.id in variants:
                at = variants[item.id].choose((item.language,), self.workspace.settings)
                try:
                    title = load_entry(self.workspace, at).header.title
                except CanneryError:
                    title = item.title  # what can't be read is told when it is opened
                yield _item(at, title)

    def _weights(self) -> Mapping[str, float]:
        if self._usage is None:
            self._usage = weights(self.workspace, time.time())
        return self._usage

    def tags(self) -> tuple[str, ...]:
        """All tags that the index knows."""
        return self._open().tags()

    # --- entries

    def _variants(self, item: Item) -> Variants:
        return resolve(self.workspace, scan(self.workspace), item.id)

    def locate(self, item: Item) -> Location:
        """Where its file stands, in its language. Looked for only if the item has no path."""
        if item.path:
            return locate(item.path, self.workspace.settings)
        return self._variants(item).choose((item.language,), self.workspace.settings)

    def other_language(self, item: Item) -> Item:
        """The entry in its next language; in the same one if there is no other."""
        variants = self._variants(item)
        languages = [*variants.by_language]
        here = languages.index(item.language) if item.language in languages else -1
        at = variants.by_language[languages[(here + 1) % len(languages)]]
        title = load_entry(self.workspace, at).header.title
        return item._replace(title=title, language=at.language, path=at.path)

    def preview(self, look: Look) -> Preview:
        """The entry as the pane shows it. Scans the files once, for its languages and its links."""
        files = scan(self.workspace)
        variants = resolve(self.workspace, files, look.item.id)
        at = variants.choose((look.item.language,), self.workspace.settings)
        entry = load_entry(self.workspace, at)
        today = date.today()  # noqa: DTZ011 - the user's own day
        about = (
            facts(entry, variants.by_language),
            age(entry, self.workspace.settings, today),
            clean(entry.header.summary),
        )
        sent = readable(self._as_sent(entry, files))
        tokens = parse(sent, bare_links=False, language=entry.at.language)
        body = rendered(drawn(tokens), look.width)
        if isinstance(entry, Macro) and entry.fields:
            fields = "\n".join(f"- {field_line(field)}" for field in entry.fields)
            body += rendered(Text(f"\n{fields}", style="dim"), look.width)
        lines = [line for line in about if line]
        top = head(clean(entry.header.title), lines, look.width)
        return Preview(look, entry.at.path, top, body)

    def _as_sent(self, entry: Entry, files: Scan) -> str:
        """What a reader gets: of a macro the reply, with holes for what nobody knows yet."""
        if not isinstance(entry, Macro):
            return entry.body
        query = ReplyQuery((entry.at.id,), {}, self.ticket or {}, entry.at.language)
        reply = build_form(request_of(self.workspace, (entry,), query, files), {}).reply
        return reply.source if reply else entry.body

    def dated(self, preview: Preview) -> Preview:
        """The preview with who changed the file last, and when, as far as Git knows."""
        command = ("log", "-1", "--format=%as by %an", "--", preview.path)
        try:
            status, raw, _ = attempt(self.workspace.root, *command)
        except CanneryError as error:  # without Git there is a preview all the same
            changed = clean(error.message)
        else:
            last = clean(raw.decode(errors="replace").strip())
            changed = f"changed {last}" if status == 0 and last else "not committed"
        more = rendered(Text(changed, style="dim"), preview.look.width)
        return preview._replace(about=[*preview.about, *more], is_dated=True)

    def history(self, item: Item) -> list[str]:
        """Who changed it, when and why, in each language."""
        checkout = open_local(self.workspace.root)
        return [
            f"{revision.day}  {at.language}  {revision.author}: {revision.subject}"
            for at in self._variants(item).by_language.values()
            for revision in revisions(checkout, at.path)
        ]

    def address(self, item: Item) -> str:
        """An article's public address. Raises CanneryError where it has none."""
        try:
            return str(article_url(self.workspace, scan(self.workspace), item.language)(item.id))
        except ValueError as error:
            reason = str(error).removeprefix("article_url: ")
            raise CanneryError(f"no public address: {reason}") from error

    def read(self, item: Item) -> Entry:
        """The entry, which counts as used."""
        entry = load_entry(self.workspace, self.locate(item))
        self._usage = None
        record(self.workspace, [(entry.at.id, entry.header.title, entry.at.language)], time.time())
        return entry

    # --- forms

    def request(self, stack: Stack) -> Request:
        """All that the reply is made of. Raises CanneryError, for a ticket command too."""
        if self._at_desk and self._at_desk.is_chosen:
            ticket = self._at_desk.wait()
        else:
            ticket = self._commanded() if self._ticket is None else self._ticket
        query = ReplyQuery(stack.names, {}, ticket, stack.language)
        return request_for(self.workspace, query)

    def _commanded(self) -> Mapping[str, object]:
        """What the user's command tells of the ticket at hand, or the desk that it names."""
        given = ticket_input(self.workspace, "")
        if self._at_desk and given.text is None and is_at_desk(given.source):
            return self._at_desk.follow(given.source)
        return facts_of(self.workspace, given)

    def plan(self, done: FinishedReply, how: str) -> Plan:
        """What would be sent into the ticket. Raises CanneryError."""
        from cannery.operations.ticket_answer import plan

        ref = self._at_desk.ref if self._at_desk else None
        if ref is None:
            raise UsageError("the desk has told nothing of the ticket", "Copy the reply instead.")
        return plan(self.workspace, ref, done, how)

    def send(self, made: Plan, done: FinishedReply, *, again: bool) -> Sent:
        """Send it. Raises CanneryError, and OSError where nothing can be written down."""
        from cannery.operations.ticket_answer import carry_out

        return carry_out(self.workspace, made, done, again=again)

    def used(self, request: Request, answers: Mapping[str, str]) -> None:
        """Learn from a reply that was used. Raises OSError where nothing can be kept."""
        self._usage = None
        learn_from(self.workspace, request, answers)

    def copied(self, request: Request, answers: Mapping[str, str]) -> None:
        """Learn from a reply that was copied, as it was filled in. Raises OSError likewise."""
        self.used(request, answers)
        log_copy(self.workspace, request)


def _is_called(words: str, item: Item) -> int:
    """0 where what is typed begins the entry's name or its words, else 1: names come first."""
    typed = fold_name(words).lstrip(";:/!").split()
    name = fold_name(f"{item.title} {item.id.rsplit('/', 1)[-1].replace('-', ' ')}")
    words_of_name = name.split()
    begun = all(any(word.startswith(piece) for word in words_of_name) for piece in typed)
    return 0 if begun or "".join(typed) in name.replace(" ", "") else 1


def _item(at: Location, title: str, state: str = "") -> Item:
    return Item(at.id, title, at.language, at.kind.value, state, at.path)
