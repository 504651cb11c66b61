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

from cannery.tui.footer import KeyBar
from cannery.tui.ime import WideSpace
from cannery.tui.items import Filters, Found, Line, Preview, Stack, lately
from cannery.tui.preview_pane import Page
from cannery.tui.results import Results
from cannery.tui.worker import ended
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
        """The backroom has done something."""

        def __init__(self, future: Future[Any]) -> None:
            super().__init__()
            self.future = future

    def __init__(self, words: str) -> None:
        super().__init__()
        self._begin = words
        self.filters = Filters()
        self.stack: Stack | None = None  # what the next macro is put on top of
        self._searching: tuple[Asked, Future[Found]] | None = None
        self._listed: Asked | None = None
        self._wanted = ("", "", 0)  # the preview that is shown, or on its way

    def compose(self) -> ComposeResult:
        yield Static(id="above")
        yield Words(self._begin, placeholder="Search…", select_on_focus=False)
        with Horizontal(id="halves"):
            yield Results()
            yield Page()
        yield Static(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Words))  # at once: keys may wait for it already
        self.say_above()
        if not self._begin:
            self.show_list(Found(lately(self.app.workspace)), self._asked)
        self.call_after_refresh(self.search)  # it has much to load: not before the first frame

    @property
    def _results(self) -> Results:
        return self.query_one(Results)

    @property
    def _page(self) -> Page:
        return self.query_one(Page)

    @property
    def words(self) -> str:
        """What is typed."""
        return self.query_one(Words).value.strip()

    @property
    def _asked(self) -> Asked:
        return Asked(self.words, self.filters)

    @property
    def line(self) -> Line | None:
        """The chosen entry."""
        return self._results.line

    # --- searching

    @on(Input.Changed)
    def search(self) -> None:
        asked = self._asked
        searching = self.app.backroom.submit(
            "search", lambda: self.app.desk.find(asked.words, asked.filters)
        )
        self._searching = (asked, searching)
        searching.add_done_callback(self._tell)

    def _tell(self, future: Future[Any]) -> None:
        if self.is_running and not future.cancelled():  # overtaken by a newer one
            self.post_message(self.Answered(future))

    @on(Answered)
    def _answered(self, event: Answered) -> None:
        found: Found | Preview | None = self.app.result(event.future)
        if isinstance(found, Found) and self._searching and event.future is self._searching[1]:
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
            await ended(searching)
            if searching.cancelled():
                continue  # for a newer one
            found = self.app.result(searching)
            if found is None:
                return
            self.show_list(found, asked)

    def show_list(self, found: Found, asked: Asked) -> None:
        """Show what was found; the choice stays where it was, if that is still there."""
        before = self.line
        ids = [line.id for line in found.lines]
        stays = before is not None and before.id in ids and self._listed == asked
        chosen = ids.index(before.id) if before and stays else 0
        self._listed = asked
        self._results.put(found.lines, chosen)
        if not ids:
            self._wanted = ("", "", 0)
            self._page.put(self._wrapped(found.hint))
        self.preview()

    def _wrapped(self, text: str) -> list[list[Segment]]:
        lines = textwrap.wrap(text, max(self._page.width, 1))
        return [[Segment(clean(line))] for line in lines]

    # --- the preview

    @on(Results.Chosen)
    def preview(self) -> None:
        """Show the chosen entry, once the choice rests."""
        if self.line is None or not self._page.display:
            return
        wanted = (self.line.id, self.line.language, self._page.width)
        if wanted != self._wanted:
            if wanted[:2] != self._wanted[:2]:
                self._page.scroll_home(animate=False)
            self._wanted = wanted
            self.set_timer(_REST, lambda: self._look(wanted))

    def _look(self, wanted: tuple[str, str, int]) -> None:
        if wanted == self._wanted:
            job = lambda: self.app.desk.preview(*wanted)  # noqa: E731 - shorter than a function
            self.app.backroom.submit("preview", job).add_done_callback(self._tell)

    def _show_preview(self, found: Preview) -> None:
        if found.wanted != self._wanted:
            return
        self._page.put([*found.about, [], *found.body])
        if not found.is_dated:
            job = lambda: self.app.desk.dated(found)  # noqa: E731
            self.app.backroom.submit("age", job).add_done_callback(self._tell)

    @on(Resize)
    def _resized(self, event: Resize) -> None:
        self._page.display = event.size.width >= _NARROW
        self.call_after_refresh(self.preview)

    # --- keys

    def action_move(self, by: int, pages: bool = False) -> None:
        self._results.move(by * self._results.page if pages else by)

    def action_swap(self) -> None:
        words, page = self.query_one(Words), self._page
        self.set_focus(words if page.has_focus or not page.display else page)

    async def action_open(self) -> None:
        await self._settled()
        line = self.line
        if line is None:
            return
        if line.kind != "macro":
            entry = await self.app.done(lambda: self.app.desk.read(line))
            if entry:
                from cannery.tui.dialogs import Read

                await self.app.push_screen(Read(entry.header.title, entry.body))
            return
        stack = self.stack or Stack((), "", line.language)
        if line.id in stack.names:
            self.app.tell(f"{line.title} is in this reply already.", bad=True)
            return
        title = f"{stack.title} + {line.title}" if stack.names else line.title
        await self.app.fill_in(stack._replace(names=(*stack.names, line.id), title=title))

    @on(Results.Clicked)
    async def _clicked(self) -> None:
        await self.action_open()

    async def action_language(self) -> None:
        await self._settled()
        line = self.line
        found = await self.app.done(lambda: self.app.desk.other_language(line)) if line else None
        if line is None or found is None:
            return
        if found == line:
            self.app.tell(f"{line.title} is there in {line.language} only.", bad=True)
            return
        lines = tuple(found if item == line else item for item in self._results.lines)
        self._results.put(lines, self._results.chosen)
        self.preview()

    async def action_kind(self) -> None:
        await self.app.keys_taken()
        self._narrow(self.filters._replace(kind=_NEXT_KIND[self.filters.kind]))

    async def action_tag(self) -> None:
        await self.app.keys_taken()
        if self.filters.tag:
            self._narrow(self.filters._replace(tag=""))
        elif tags := await self.app.done(lambda: self.app.desk.tags()):  # noqa: PLW0108
            from cannery.tui.dialogs import Choose

            await self.app.push_screen(Choose("Only with the tag", tags), self._choose_tag)

    def _choose_tag(self, tag: str | None) -> None:
        if tag:
            self._narrow(self.filters._replace(tag=tag))

    def _narrow(self, filters: Filters) -> None:
        self.filters = filters
        self.say_above()
        self.search()

    async def action_link(self, as_markdown: bool = False) -> None:
        await self._settled()
        if self.line:
            await self.app.copy_link(self.line, as_markdown=as_markdown)

    async def action_site(self) -> None:
        await self._settled()
        if self.line:
            await self.app.open_site(self.line)

    async def action_edit(self) -> None:
        await self._settled()
        if self.line:
            await self.app.edit(self.line)
            self._wanted = ("", "", 0)
            self.preview()

    async def action_history(self) -> None:
        await self._settled()
        line = self.line
        found = await self.app.done(lambda: self.app.desk.history(line)) if line else None
        if line and found is not None:
            from cannery.tui.dialogs import Read

            text = "\n\n".join(found) or "It was never committed."
            await self.app.push_screen(Read(f"History of {line.title}", text))

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
