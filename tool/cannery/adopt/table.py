"""The kinds of sources, the most telling first: each is a file of `kinds/` and a row here."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.adopt.kind import SourceKind
from cannery.adopt.kinds.docusaurus import DOCUSAURUS
from cannery.adopt.kinds.dokuwiki import DOKUWIKI
from cannery.adopt.kinds.gitbook import GITBOOK
from cannery.adopt.kinds.hugo import HUGO
from cannery.adopt.kinds.jekyll import JEKYLL
from cannery.adopt.kinds.mediawiki import MEDIAWIKI
from cannery.adopt.kinds.mkdocs import MKDOCS
from cannery.adopt.kinds.obsidian import OBSIDIAN
from cannery.adopt.kinds.plain import PLAIN
from cannery.adopt.kinds.starlight import STARLIGHT
from cannery.adopt.kinds.vitepress import VITEPRESS
from cannery.adopt.kinds.zendesk import ZENDESK

_KINDS = (
    DOCUSAURUS,
    STARLIGHT,
    VITEPRESS,
    MKDOCS,
    HUGO,
    JEKYLL,
    OBSIDIAN,
    GITBOOK,
    MEDIAWIKI,
    DOKUWIKI,
    ZENDESK,
    PLAIN,
)
KINDS: Mapping[str, SourceKind] = {kind.name: kind for kind in _KINDS}
