"""The finder: words as they are typed, the entries they find, and what the chosen one says."""

from __future__ import annotations

from concurrent.futures import Future
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import Resize
from textual.message import Message
from textual.widgets import Input, Static

from cannery.tui.entry_actions import copy_link, open_site, show_history
from cannery.tui.finder_keys import KEYS
from cannery.tui.footer import KeyFooter
from cannery.tui.items import Filters, Item, OpenForm, Results, Search, Stack, recent_items
from cannery.tui.preview_pane import PreviewPane
from cannery.tui.result_list import ResultList
from cannery.tui.search_ends import SearchEnds
from cannery.tui.text_inputs import SearchInput
from cannery.tui.text_lines import StatusLine, line_above
from cannery.tui.work_screen import Services, WorkScreen, keys_taken
from cannery.tui.worker import finished, post_when_done

_NARROW = 60  # columns; with fewer there is no preview


class Finder(WorkScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    class Found(Message):
        """A search is done, or has failed."""

        def __init__(self, future: Future[Results]) -> None:
            super().__init__()
            self.future = future

    def __init__(self, services: Services, words: str, open_form: OpenForm) -> None:
        super().__init__(services)
        self._begin = words
        self._open_form = open_form
        self._filters = Filters()
        self.stack: Stack | None = None  # what the next macro is put on top of
        self._last: Stack | None = None  # the last reply that was copied
        self._searching: tuple[Search, Future[Results]] | None = None
        self._listed: Search | None = None
        self.ends = SearchEnds()

    def compose(self) -> ComposeResult:
        yield Static(id="above")
        yield SearchInput(self._begin, placeholder="Search…", select_on_focus=False)
        with Horizontal(id="halves"):
            yield ResultList()
            yield PreviewPane(self.worker)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        self.set_focus(self._input)  # at once: keys may wait for it already
        self.say_above()
        if not self._begin:
            self.show_results(Results(recent_items(self.workspace)), self._search)
        self.call_after_refresh(self.search)  # it has much to load: not before the first frame

    @property
    def _input(self) -> SearchInput:
        return self.query_one(SearchInput)

    @property
    def _results(self) -> ResultList:
        return self.query_one(ResultList)

    @property
    def _pane(self) -> PreviewPane:
        return self.query_one(PreviewPane)

    @property
    def words(self) -> str:
        return self._input.value.strip()

    @property
    def _search(self) -> Search:
        return Search(self.words, self._filters)

    @property
    def item(self) -> Item | None:
        """The chosen entry."""
        return self._results.item

    # --- searching

    @on(Input.Changed)
    def search(self) -> None:
        search = self._search
        self.ends.typed(search.words)
        searching = self.worker.submit("search", lambda session: session.find(*search))
        self._searching = (search, searching)
        post_when_done(searching, self, self.Found)

    @on(Found)
    def _found(self, event: Found) -> None:
        results = self.result(event.future)
        if results and self._searching and event.future is self._searching[1]:
            self.show_results(results, self._searching[0])

    async def _settled_item(self) -> Item | None:
        """The chosen entry of the list for what is typed, once that list is there; None if none."""
        await keys_taken(self)
        while self._listed != self._search:
            if self._searching is None or self._searching[0] != self._search:
                self.search()
                continue
            search, searching = self._searching
            await finished(searching)
            if searching.cancelled():
                continue  # for a newer one
            results = self.result(searching)
            if results is None:
                return None  # it failed, which is told: what is listed is not what is typed
            self.show_results(results, search)
        return self.item

    async def _chosen_item(self) -> Item | None:
        if item := await self._settled_item():
            self.ends.chose(item.id)
        return item

    def show_results(self, results: Results, search: Search) -> None:
        """Show what was found; the choice stays where it was, if that is still there."""
        before = self.item
        ids = [item.id for item in results.items]
        stays = before is not None and before.id in ids and self._listed == search
        chosen = ids.index(before.id) if before and stays else 0
        self._listed = search
        self.ends.listed(search, len(ids))
        self._results.put(results.items, chosen)
        if not ids:
            self._pane.show_hint(results.hint)
        self._preview()

    # --- the preview

    @on(ResultList.Chosen)
    def _preview(self) -> None:
        if self.item and self._pane.display:
            self._pane.look_at(self.item)

    @on(PreviewPane.Rendered)
    def _rendered(self, event: PreviewPane.Rendered) -> None:
        if preview := self.result(event.future):
            self._pane.show_preview(preview)

    @on(Resize)
    def _resized(self, event: Resize) -> None:
        self._pane.display = event.size.width >= _NARROW
        self.call_after_refresh(self._preview)

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:  # noqa: ARG002
        """In the preview, the arrows move its text."""
        return action != "move" or self._input.has_focus

    async def action_move(self, by: int, pages: bool = False) -> None:
        if await self._settled_item():
            self._results.move(by * self._results.page if pages else by)

    def action_swap(self) -> None:
        pane = self._pane
        is_to_read = pane.display and not pane.has_focus
        self.set_focus(pane if is_to_read else self._input)
        if is_to_read and self.item:
            self.ends.chose(self.item.id)

    @on(ResultList.Clicked)
    async def action_open(self) -> None:
        item = await self._chosen_item()
        if item is None:
            return
        if item.kind != "macro":
            if entry := await self.run_job(lambda session: session.read(item)):
                from cannery.tui.dialogs import Reader

                title, language = entry.header.title, entry.at.language
                await self.app.push_screen(Reader(title, entry.body, language))
            return
        stack = self.stack or Stack((), "", item.language)
        if item.id in stack.names:
            self.tell(f"{item.title} is already in this reply.", bad=True)
            return
        title = f"{stack.title} + {item.title}" if stack.names else item.title
        await self._open_form(stack._replace(names=(*stack.names, item.id), title=title))

    async def action_language(self) -> None:
        item = await self._settled_item()
        other = await self.run_job(lambda session: session.other_language(item)) if item else None
        if item is None or other is None:
            return
        if other.language == item.language:
            self.tell(f"{item.title} is only available in {item.language}.", bad=True)
            return
        items = tuple(other if each == item else each for each in self._results.items)
        self._results.put(items, self._results.chosen)
        self._preview()

    async def action_kind(self) -> None:
        await keys_taken(self)
        self._narrow(self._filters.next_kind)

    async def action_tag(self) -> None:
        await keys_taken(self)
        if self._filters.tag:
            self._narrow(self._filters._replace(tag=""))
        elif tags := await self.run_job(lambda session: session.tags()):
            from cannery.tui.dialogs import ChoiceDialog

            await self.app.push_screen(ChoiceDialog("Filter by tag", tags), self._choose_tag)

    def _choose_tag(self, tag: str | None) -> None:
        if tag:
            self._narrow(self._filters._replace(tag=tag))

    def _narrow(self, filters: Filters) -> None:
        self._filters = filters
        self.say_above()
        self.search()

    async def action_link(self, as_markdown: bool = False) -> None:
        if item := await self._chosen_item():
            await copy_link(self, item, as_markdown=as_markdown)

    async def action_site(self) -> None:
        if item := await self._chosen_item():
            await open_site(self, item)

    async def action_edit(self) -> None:
        item = await self._chosen_item()
        at = await self.run_job(lambda session: session.locate(item)) if item else None
        if item and at:
            self.edit_file(at)
            self._pane.look_again(item)

    async def action_history(self) -> None:
        if item := await self._settled_item():
            await show_history(self, item)

    async def action_back(self) -> None:
        if self._last is None:
            self.tell("No reply yet.", bad=True)
        else:
            await self._open_form(self._last)

    async def action_leave(self) -> None:
        await keys_taken(self)
        if not self._input.has_focus:
            self.set_focus(self._input)
        elif self._input.value:
            self._input.value = ""
        elif self.stack:
            self.begin(None)
        elif self._filters != Filters():
            self._narrow(Filters())
        else:
            self.app.exit()

    # --- between two replies

    def begin(self, stack: Stack | None) -> None:
        """Begin anew; what is chosen next goes on top of these macros."""
        self.stack = stack
        self._input.value = ""
        self.set_focus(self._input)
        self.say_above()
        self.search()

    def reply_copied(self, stack: Stack, message: str) -> None:
        """Be ready for the next ticket."""
        self._last = stack
        self.begin(None)
        self.tell(message)

    def say_above(self, progress: str = "") -> None:
        """The line at the top: where the search looks, and how far the index is if it is behind."""
        looks_in = (self.workspace.settings.name, *self.services.ticket_label)
        line = line_above(
            self.stack and self.stack.title, (*looks_in, *self._filters.in_words), progress
        )
        self.query_one("#above", Static).update(line)
