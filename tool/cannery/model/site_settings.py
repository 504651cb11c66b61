"""[site] of kb.toml: what a site looks like, and where its readers turn to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ByLanguage = Mapping[str, str]  # texts by language, that of all others under ""


@dataclass(frozen=True, slots=True)
class FooterLink:
    """A link at the end of every page. `titles` are by language."""

    titles: ByLanguage
    address: str


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """A team's own wishes for its sites; whatever is empty is not there.

    `logo`, `logo_dark` (for the dark scheme) and `favicon` are files, as paths from the folder that
    holds `kb/`. `accent` is a colour, `#rrggbb`. `contact` is an address, https: or mailto:.
    `announcement` is a line on every page, by language. `picks` are the ids of articles that the
    front page shows. `feedback` is the address that takes votes, `issue` for one of the
    repository's. `analytics` is the address of a script.
    `public_authors`: whether a public site names who wrote its pages, and whose they are.
    """

    logo: str = ""
    logo_dark: str = ""
    favicon: str = ""
    accent: str = ""
    contact: str = ""
    announcement: ByLanguage = field(default_factory=dict)
    picks: tuple[str, ...] = ()
    footer: tuple[FooterLink, ...] = ()
    feedback: str = ""
    analytics: str = ""
    public_authors: bool = False

    @property
    def files(self) -> Mapping[str, str]:
        """The files that are named, by the key that names them."""
        named = {"logo": self.logo, "logo_dark": self.logo_dark, "favicon": self.favicon}
        return {key: path for key, path in named.items() if path}


def text_for(texts: ByLanguage, language: str) -> str:
    """The text of a language, else that of all others; empty for none."""
    return texts.get(language) or texts.get("", "")
