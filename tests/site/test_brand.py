"""A site has the team's logo, icon and colours, and what is unfit is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.conftest import Base
from tests.site import made

from cannery.content.colours import DEFAULT_ACCENT, palette
from cannery.model.site_settings import SiteSettings
from cannery.site.brand import brand_of, style, theme_parts
from cannery.workspace import open_workspace

LOGO = '<svg xmlns="http://www.w3.org/2000/svg"><!-- bluewhale --><path d="M0 0h9v9z"/></svg>'


def test_pictures_are_cleaned_and_have_names_of_ours(base: Base) -> None:
    base.write("kb.toml", '[site]\nlogo = "kb/img/logo.svg"\nfavicon = "kb/img/f.PNG"\n')
    base.write("img/logo.svg", LOGO)
    (base.root / "kb/img/f.PNG").write_bytes(made.png(png_text="bluewhale"))
    brand = brand_of(open_workspace(base.root))
    assert brand.problems == ()
    assert [(item.key, item.name, item.uncleaned) for item in brand.files] == [
        ("logo", "assets/kb/brand/logo.svg", ""),
        ("favicon", "assets/kb/brand/favicon.png", ""),
    ]
    assert b"M0 0h9v9z" in brand.files[0].data
    assert not [item for item in brand.files if b"bluewhale" in item.data]


@pytest.mark.parametrize("text", [None, "<svg onload='x()' xmlns='http://www.w3.org/2000/svg'/>"])
def test_a_picture_that_is_unfit_is_told_and_left_out(base: Base, text: str | None) -> None:
    base.write("kb.toml", '[site]\nlogo = "kb/logo.svg"\n')
    if text:
        base.write("logo.svg", text)
    brand = brand_of(open_workspace(base.root))
    assert brand.files == ()
    assert [(item.path, item.line, item.code) for item in brand.problems] == [
        ("kb/kb.toml", 2, "site")
    ]


def test_a_link_that_leads_out_is_not_followed(base: Base, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(LOGO)
    base.write("kb.toml", '[site]\nlogo = "kb/logo.svg"\n')
    (base.root / "kb/logo.svg").symlink_to(tmp_path / "secret.svg")
    brand = brand_of(open_workspace(base.root))
    assert brand.files == ()
    assert "symbolic link" in brand.problems[0].message


@pytest.mark.parametrize(
    ("name", "letter"),
    [("acme help", "A"), ("<b>", "B"), ("サポート", "サ"), ("&&", "?"), ("", "?")],
)
def test_a_site_without_a_picture_has_its_letter_as_one(name: str, letter: str) -> None:
    [(path, data)] = theme_parts(name, SiteSettings())
    assert path == "assets/kb/brand/mark.svg"
    found = re.search(">([^<>]*)</text>", data.decode())
    assert found
    assert found[1] == letter


@pytest.mark.parametrize("accent", ["", "#aa3300"])
def test_the_style_sheet_has_both_schemes(accent: str) -> None:
    light, dark = palette(accent or DEFAULT_ACCENT)
    text = style(SiteSettings(accent=accent)).decode()
    assert f"--kb-accent: light-dark({light.accent}, {dark.accent});" in text
    assert f"--kb-accent-soft: light-dark({light.soft}, {dark.soft});" in text
