"""A record's words laid over a file: what a desk can't say stays as the file has it."""

from __future__ import annotations

from cannery.content import frontmatter
from cannery.content.rewrite_keys import rewrite_keys
from cannery.content.split import LINE_END, line_end_of, split
from cannery.exchange.desks.word_merge import by_words
from cannery.git.merge import Merged, merge
from cannery.model.desk import Version
from cannery.model.front_matter import FrontMatter
from cannery.util.encoding import UTF_8, decoded, encoding_of
from cannery.util.plain import printable


def laid_over(version: Version, raw: bytes | None, keys: FrontMatter) -> bytes:
    """The file with what a record says; a new one where there was none.

    Raises ContentError where its front matter can't be set, UnicodeDecodeError for no text.
    """
    text = decoded(raw) if raw is not None else ""
    encoding = encoding_of(raw) if raw is not None else UTF_8
    if raw is None:
        said = {key: value for key, value in version.keys.items() if value is not None}
        text = frontmatter.rewrite("", said) + "\n"
    else:
        text = rewrite_keys(text, version.keys, keys)
    return _with_body(text, printable(version.body)).encode(encoding)


def _with_body(text: str, body: str) -> str:
    """The text with another body, with the line ends and the blank lines around it that it has."""
    parts = split(text)
    newline = line_end_of(text)
    old = LINE_END.sub("\n", parts.body)
    stripped, wanted = old.strip("\n"), LINE_END.sub("\n", body).strip("\n")
    if stripped == wanted:
        return text
    at = len(old) - len(old.lstrip("\n"))
    behind = old[at + len(stripped) :] or "\n"
    new = f"{old[:at]}{wanted}{behind}" if wanted else behind
    return parts.prefix + parts.header + parts.suffix + new.replace("\n", newline)


def with_their_changes(
    base: bytes | None, before: Version | None, after: Version | None, keys: FrontMatter
) -> bytes | None:
    """The base's file with what was changed at the desk, from one version to another one.

    What both have made of the same words, which happens where a desk can't keep them as they are,
    is as the desk has it now. None if the language has gone there.
    """
    if after is None:
        return None if before is not None else base
    if base is None or before is None:
        return laid_over(after, base, keys)
    old, new = laid_over(before, base, keys), laid_over(after, base, keys)
    if old == new:
        return base
    done = merge(old, base, new)
    return by_words(done) if done.conflicts else done.data


def merged(base: bytes | None, local: bytes | None, theirs: bytes | None) -> Merged:
    """Both sides' changes of a file; what was not changed is left byte for byte."""
    return merge(base, local, theirs)
