"""Folders that a desk keeps texts in: a section of ours is a folder there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from cannery.exchange.desks.texts.listing import Row, text
from cannery.exchange.folders import Folder, path_of

Make = Callable[[str, str], str]


class Shelves:
    """`rows` lists the desk's folders, `make` makes one by its name and the id of its parent.

    `parent_of` tells the id of the folder that one is in, empty for none; where no folder is in
    another one, a section below another one is a folder whose name has both. `root` is the folder
    of what has no section, empty if it needs none.
    """

    def __init__(
        self,
        rows: Callable[[], Iterable[Row]],
        make: Make,
        parent_of: Callable[[Row], str] | None = None,
        root: str = "",
    ) -> None:
        self._rows, self._make = rows, make
        self._parent_of, self._root = parent_of, root
        self._folders: dict[str, Folder] | None = None
        self._used: set[str] = set()

    @property
    def folders(self) -> dict[str, Folder]:
        if self._folders is None:
            parent_of = self._parent_of or (lambda _: "")
            self._folders = {
                text(row, "id"): Folder(text(row, "name"), parent_of(row)) for row in self._rows()
            }
        return self._folders

    @property
    def used(self) -> Mapping[str, str]:
        """The folders that were needed so far, by their sections."""
        found = ((self._section(one), one) for one in sorted(self._used))
        return {section: one for section, one in found if section}

    def section(self, folder_id: str) -> str:
        """The section that a folder is."""
        self._used.update([folder_id] if folder_id in self.folders else [])
        return self._section(folder_id)

    def _section(self, folder_id: str) -> str:
        if self._parent_of:
            return path_of(self.folders, folder_id)
        name = self.folders[folder_id].name if folder_id in self.folders else ""
        return "" if name == self._root else name.strip("/")

    def folder(self, section: str) -> str:
        """The id of a section's folder, which is made if need be; empty for what is in none."""
        if not section and not self._root:
            return ""
        known = {self._section(one): one for one in self.folders}
        if section not in known:
            parent, name = "", section or self._root
            if self._parent_of:
                above, _, name = section.rpartition("/")
                parent = self.folder(above)
            made = self._make(name, parent)
            self.folders[made] = Folder(name, parent)
            self._used.add(made)
            return made
        self._used.add(known[section])
        return known[section]
