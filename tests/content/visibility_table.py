"""Every combination of an article in English and its Japanese variant, read in Japanese."""

from __future__ import annotations

from typing import NamedTuple

from cannery.model.entry import Audience
from cannery.model.location import Status


class Row(NamedTuple):
    """Both files, and where a Japanese text's references to the English one lead.

    `public` and `internal` are links on those sites, `address` is an `article_url`. Each is the
    language that it leads to, or why the reader can't see it.
    """

    english: str
    japanese: str
    public: str
    internal: str
    address: str

    def __str__(self) -> str:
        return f"{self.english}+{self.japanese}"


def parsed(said: str) -> tuple[Status, Audience]:
    *status, audience = said.split("-")
    return Status(status[0] if status else "published"), Audience(audience)


def front_matter(said: str) -> str:
    status, audience = parsed(said)
    return f"---\ntitle: T\nstatus: {status}\naudience: {audience}\n---\n"


# English         Japanese          public    internal  address
_TABLE = """
public            -                 en        en        en
public            public            ja        ja        ja
public            draft-public      en        en        draft
public            retired-public    en        en        retired
public            internal          en        ja        internal
public            draft-internal    en        en        internal
public            retired-internal  en        en        internal
draft-public      -                 draft     draft     draft
draft-public      public            draft     draft     ja
draft-public      draft-public      draft     draft     draft
draft-public      retired-public    draft     draft     retired
draft-public      internal          draft     draft     internal
draft-public      draft-internal    draft     draft     internal
draft-public      retired-internal  draft     draft     internal
retired-public    -                 retired   retired   retired
retired-public    public            retired   retired   ja
retired-public    draft-public      retired   retired   draft
retired-public    retired-public    retired   retired   retired
retired-public    internal          retired   retired   internal
retired-public    draft-internal    retired   retired   internal
retired-public    retired-internal  retired   retired   internal
internal          -                 internal  en        internal
internal          public            internal  ja        ja
internal          draft-public      internal  en        draft
internal          retired-public    internal  en        retired
internal          internal          internal  ja        internal
internal          draft-internal    internal  en        internal
internal          retired-internal  internal  en        internal
draft-internal    -                 internal  draft     internal
draft-internal    public            internal  draft     ja
draft-internal    draft-public      internal  draft     draft
draft-internal    retired-public    internal  draft     retired
draft-internal    internal          internal  draft     internal
draft-internal    draft-internal    internal  draft     internal
draft-internal    retired-internal  internal  draft     internal
retired-internal  -                 internal  retired   internal
retired-internal  public            internal  retired   ja
retired-internal  draft-public      internal  retired   draft
retired-internal  retired-public    internal  retired   retired
retired-internal  internal          internal  retired   internal
retired-internal  draft-internal    internal  retired   internal
retired-internal  retired-internal  internal  retired   internal
"""
ROWS = [Row(*line.split()) for line in _TABLE.strip().splitlines()]
