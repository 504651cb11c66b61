"""The ways an act can fail. Faults in content are not errors but `model.Problem`s."""


def without_errno(text: str) -> str:
    """A text without the numbers that Python puts before what a system call says."""
    for mark in ("[Errno ", "[WinError "):
        before, found, after = text.partition(mark)
        number, end, reason = after.partition("] ")
        if found and end and number.removeprefix("-").isdigit():
            text = before + reason
    return text


class CanneryError(Exception):
    """An act failed: what happened, and what the user can do next.

    `exit_code` is the process's exit status: 1 for an expected failure, 2 for wrong usage.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        message = without_errno(message)
        super().__init__(message)
        self.message = message
        self.hint = hint


class NoWorkspaceError(CanneryError):
    """No knowledge base was found."""


class SettingsError(CanneryError):
    """A settings file can't be used, or a value in it; `line` is 0 where it is not known.

    `reason` is the message without the file's name.
    """

    def __init__(self, message: str, hint: str = "", *, reason: str = "", line: int = 0) -> None:
        super().__init__(message, hint)
        self.reason = reason or message
        self.line = line


class NotFoundError(CanneryError):
    """A name that names nothing."""


class AmbiguousError(CanneryError):
    """A name that several entries answer to; `candidates` are their ids."""

    def __init__(self, message: str, hint: str, candidates: tuple[str, ...]) -> None:
        super().__init__(message, hint)
        self.candidates = candidates


class SiteError(CanneryError):
    """A site can't be built."""


class ContentError(CanneryError):
    """A file of the knowledge base can't be read or written."""


class TemplateError(CanneryError):
    """A macro can't be filled in; `path` and `line` (1-based) say where."""

    def __init__(self, message: str, path: str, line: int, hint: str = "") -> None:
        super().__init__(f"{path}:{line}: {message}", hint)
        self.reason = message
        self.path = path
        self.line = line


class ValueRefusedError(CanneryError):
    """A given value doesn't suit its field."""


class MissingValuesError(CanneryError):
    """Values that a reply needs and nobody gave; `names` are those of their fields."""

    def __init__(self, message: str, hint: str, names: tuple[str, ...]) -> None:
        super().__init__(message, hint)
        self.names = names


class HoleError(CanneryError):
    """A reply has holes that nobody filled in."""


class ClipboardError(CanneryError):
    """The clipboard can't be written."""


class IndexFaultError(CanneryError):
    """The search index can't be used."""


class UsageError(CanneryError):
    """The command was called in a way it can't be."""

    exit_code = 2
