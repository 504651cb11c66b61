"""The finder: words as they are typed, the entries they find, and what the chosen one says."""

from __future__ import annotations

import textwrap
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from cannery.tui.footer import KeyFooter
from cannery.tui.ime import WideSpace
from cannery.tui.items import Filters, Item, Preview, Results, Stack, recent_items
from cannery.tui.preview_pane import PreviewPane
from cannery.tui.result_list import ResultList
from cannery.tui.worker import finished
from cannery.util.plain import clean

if TYPE_CHECKING:
    from cannery.tui.app import Picker

_REST = 0.15  # seconds that the choice stays the same before its preview is made
_NARROW = 60  # columns; with fewer there is no preview
_KINDS = {"": "macros and articles", "macro": "macros only", "article": "articles only"}
_NEXT_KIND = {"": "macro", "macro": "article", "article": ""}


class Words(WideSpace, Input):
    """The line that is typed into. No plain letter is a command, here or anywhere.

    So text that an input method hands over does nothing but stand there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.move(-1)", show=False),
        Binding("down", "screen.move(1)", show=False),
        Binding("pageup", "screen.move(-1, True)", show=False),
        Binding("pagedown", "screen.move(1, True)", show=False),
    ]


class Asked(NamedTuple):
    words: str
    filters: Filters


class Finder(Screen[None]):
    app: Picker

    # What was typed before the screen was there has its Enter as ^J.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", priority=True),
        Binding("ctrl+j", "open", show=False, priority=True),
        Binding("tab", "swap", "Preview", priority=True),
        Binding("ctrl+l", "language", "Language", priority=True),
        Binding("ctrl+k", "kind", "Kind", priority=True),
        Binding("ctrl+t", "tag", "Tag", priority=True),
        Binding("f6", "link", "Copy link", priority=True),
        Binding("f7", "link(True)", "Link as Markdown", priority=True),
        Binding("ctrl+o", "site", "On the site", priority=True),
        Binding("ctrl+e", "edit", "Edit", priority=True),
        Binding("ctrl+g", "history", "History", priority=True),
        Binding("ctrl+b", "back", "Last reply", priority=True),
        Binding("escape", "leave", "Clear, quit", priority=True),
    ]

    class Answered(Message):
        """The worker has done something."""

        def __init__(self, future: Future[Any]) -> None:
            super().__init__()
            self.future = future

    def __init__(self, words: str) -> None:
        super().__init__()
        self._begin = words
        self.filters = Filters()
        self.stack: Stack | None = None  # what the next macro is put on top of
        self._searching: tuple[Asked, Future[Results]] | None = None
        self._listed: Asked | None = None
        self._wanted = ("", "", 0)  # the preview that is shown, or on its way

    def compose(self) -> ComposeResult:
        yield Static(id="above")
        yield Words(self._begin, placeholder="Search…", select_on_focus=False)
        with Horizontal(id="halves"):
            yield ResultList()
            yield PreviewPane()
        yield Static(id="status")
        yield KeyFooter()

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Words))  # at once: keys may wait for it already
        self.say_above()
        if not self._begin:
            self.show_list(Results(recent_items(self.app.workspace)), self._asked)
        self.call_after_refresh(self.search)  # it has much to load: not before the first frame

    @property
    def _results(self) -> ResultList:
        return self.query_one(ResultList)

    @property
    def _pane(self) -> PreviewPane:
        return self.query_one(PreviewPane)

    @property
    def words(self) -> str:
        """What is typed."""
        return self.query_one(Words).value.strip()

    @property
    def _asked(self) -> Asked:
        return Asked(self.words, self.filters)

    @property
    def item(self) -> Item | None:
        """The chosen entry."""
        return self._results.item

    # --- searching

    @on(Input.Changed)
    def search(self) -> None:
        asked = self._asked
        searching = self.app.worker.submit(
            "search", lambda: self.app.session.find(asked.words, asked.filters)
        )
        self._searching = (asked, searching)
        searching.add_done_callback(self._tell)

    def _tell(self, future: Future[Any]) -> None:
        if self.is_running and not future.cancelled():  # overtaken by a newer one
            self.post_message(self.Answered(future))

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        found: Results | Preview | None = self.app.result(event.future)
        if isinstance(found, Results) and self._searching and event.future is self._searching[1]:
            self.show_list(found, self._searching[0])
        elif isinstance(found, Preview):
            self._show_preview(found)

    async def _settled(self) -> None:
        """Wait for the list that belongs to what is typed, so that Enter takes no other's entry."""
        await self.app.keys_taken()
        while self._listed != self._asked:
            if self._searching is None or self._searching[0] != self._asked:
                self.search()
                continue
            asked, searching = self._searching
            await finished(searching)
            if searching.cancelled():
                continue  # for a newer one
            found = self.app.result(searching)
            if found is None:
                return
            self.show_list(found, asked)

    def show_list(self, found: Results, asked: Asked) -> None:
        """Show what was found; the choice stays where it was, if that is still there."""
        before = self.item
        ids = [item.id for item in found.items]
        stays = before is not None and before.id in ids and self._listed == asked
        chosen = ids.index(before.id) if before and stays else 0
        self._listed = asked
        self._results.put(found.items, chosen)
        if not ids:
            self._wanted = ("", "", 0)
            self._pane.put(self._wrapped(found.hint))
        self.preview()

    def _wrapped(self, text: str) -> list[list[Segment]]:
        lines = textwrap.wrap(text, max(self._pane.width, 1))
        return [[Segment(clean(line))] for line in lines]

    # --- the preview

    @on(ResultList.Chosen)
    def preview(self) -> None:
        """Show the chosen entry, once the choice rests."""
        if self.item is None or not self._pane.display:
            return
        wanted = (self.item.id, self.item.language, self._pane.width)
        if wanted != self._wanted:
            if wanted[:2] != self._wanted[:2]:
                self._pane.scroll_home(animate=False)
            self._wanted = wanted
            self.set_timer(_REST, lambda: self._look(wanted))

    def _look(self, wanted: tuple[str, str, int]) -> None:
        if wanted == self._wanted:
            job = lambda: self.app.session.preview(*wanted)  # noqa: E731 - shorter than a function
            self.app.worker.submit("preview", job).add_done_callback(self._tell)

    def _show_preview(self, found: Preview) -> None:
        if found.wanted != self._wanted:
            return
        self._pane.put([*found.about, [], *found.body])
        if not found.is_dated:
            job = lambda: self.app.session.dated(found)  # noqa: E731
            self.app.worker.submit("age", job).add_done_callback(self._tell)

    @on(Resize)
    def _resized(self, event: Resize) -> None:
        self._pane.display = event.size.width >= _NARROW
        self.call_after_refresh(self.preview)

    # --- keys

    def action_move(self, by: int, pages: bool = False) -> None:
        self._results.move(by * self._results.page if pages else by)

    def action_swap(self) -> None:
        words, pane = self.query_one(Words), self._pane
        self.set_focus(words if pane.has_focus or not pane.display else pane)

    async def action_open(self) -> None:
        await self._settled()
        item = self.item
        if item is None:
            return
        if item.kind != "macro":
            entry = await self.app.done(lambda: self.app.session.read(item))
            if entry:
                from cannery.tui.dialogs import Reader

                await self.app.push_screen(Reader(entry.header.title, entry.body))
            return
        stack = self.stack or Stack((), "", item.language)
        if item.id in stack.names:
            self.app.tell(f"{item.title} is in this reply already.", bad=True)
            return
        title = f"{stack.title} + {item.title}" if stack.names else item.title
        await self.app.fill_in(stack._replace(names=(*stack.names, item.id), title=title))

    @on(ResultList.Clicked)
    async def _clicked(self) -> None:
        await self.action_open()

    async def action_language(self) -> None:
        await self._settled()
        item = self.item
        found = await self.app.done(lambda: self.app.session.other_language(item)) if item else None
        if item is None or found is None:
            return
        if found == item:
            self.app.tell(f"{item.title} is there in {item.language} only.", bad=True)
            return
        items = tuple(found if each == item else each for each in self._results.items)
        self._results.put(items, self._results.chosen)
        self.preview()

    async def action_kind(self) -> None:
        await self.app.keys_taken()
        self._narrow(self.filters._replace(kind=_NEXT_KIND[self.filters.kind]))

    async def action_tag(self) -> None:
        await self.app.keys_taken()
        if self.filters.tag:
            self._narrow(self.filters._replace(tag=""))
        elif tags := await self.app.done(lambda: self.app.session.tags()):  # noqa: PLW0108
            from cannery.tui.dialogs import ChoiceDialog

            await self.app.push_screen(ChoiceDialog("Only with the tag", tags), self._choose_tag)

    def _choose_tag(self, tag: str | None) -> None:
        if tag:
            self._narrow(self.filters._replace(tag=tag))

    def _narrow(self, filters: Filters) -> None:
        self.filters = filters
        self.say_above()
        self.search()

    async def action_link(self, as_markdown: bool = False) -> None:
        await self._settled()
        if self.item:
            await self.app.copy_link(self.item, as_markdown=as_markdown)

    async def action_site(self) -> None:
        await self._settled()
        if self.item:
            await self.app.open_site(self.item)

    async def action_edit(self) -> None:
        await self._settled()
        if self.item:
            await self.app.edit(self.item)
            self._wanted = ("", "", 0)
            self.preview()

    async def action_history(self) -> None:
        await self._settled()
        item = self.item
        found = await self.app.done(lambda: self.app.session.history(item)) if item else None
        if item and found is not None:
            from cannery.tui.dialogs import Reader

            text = "\n\n".join(found) or "It was never committed."
            await self.app.push_screen(Reader(f"History of {item.title}", text))

    async def action_back(self) -> None:
        if self.app.last is None:
            self.app.tell("There is no last reply yet.", bad=True)
        else:
            await self.app.fill_in(self.app.last)

    async def action_leave(self) -> None:
        await self.app.keys_taken()
        words = self.query_one(Words)
        if not words.has_focus:
            self.set_focus(words)
        elif words.value:
            words.value = ""
        elif self.stack:
            self.put_on(None)
        elif self.filters != Filters():
            self._narrow(Filters())
        else:
            self.app.exit()

    def put_on(self, stack: Stack | None) -> None:
        """Begin anew; what is chosen next goes on top of these macros."""
        self.stack = stack
        self.query_one(Words).value = ""
        self.set_focus(self.query_one(Words))
        self.say_above()
        self.search()

    def say_above(self, progress: str = "") -> None:
        said = [self.app.workspace.settings.name, _KINDS[self.filters.kind]]
        if self.stack:
            said.insert(0, f"On top of {self.stack.title}")
        if self.filters.tag:
            said.append(f"tag {self.filters.tag}")
        if progress:
            said.append(progress)
        self.query_one("#above", Static).update(Content(clean(" · ".join(said))))
