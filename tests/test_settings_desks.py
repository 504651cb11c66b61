"""[desks.NAME] of kb.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.model.desk_settings import Asking, DeskSettings
from cannery.settings import read_settings


def _read(folder: Path, text: str) -> tuple[dict[str, DeskSettings], list[str]]:
    path = folder / "kb.toml"
    path.write_text(text, encoding="utf-8")
    settings = read_settings(path)
    return dict(settings.desks), [fault.reason for fault in settings.faults]


def test_a_desk_needs_no_more_than_its_address(tmp_path: Path) -> None:
    desks, faults = _read(tmp_path, '[desks.zendesk]\naddress = "https://acme.zendesk.com/"\n')
    assert desks == {"zendesk": DeskSettings("zendesk", "zendesk", "https://acme.zendesk.com")}
    assert not faults


def test_a_desk_may_have_another_name_and_say_what_goes_there(tmp_path: Path) -> None:
    desks, faults = _read(
        tmp_path,
        '[desks.shop]\nkind = "chatwoot"\naddress = "https://chat.example.com"\naccount = "3"\n'
        'macros = []\narticles = ["articles/shop/"]\nasking = "link"\nlanguages = { ja = "ja-JP" }\n',
    )
    assert not faults
    assert desks["shop"] == DeskSettings(
        "shop",
        "chatwoot",
        "https://chat.example.com",
        macros=(),
        articles=("articles/shop",),
        languages={"ja": "ja-JP"},
        asking=Asking.LINK,
        options={"account": "3"},
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[desks]\nzendesk = 3\n", "desks.zendesk must be a table"),
        ("[desks.zendesk]\n", "desks.zendesk.address must be the web address"),
        ('[desks.zendesk]\naddress = "http://acme.zendesk.com"\n', "address must be the web"),
        ('[desks."../x"]\naddress = "https://a.example.com"\n', "must be a table with a short"),
        ('[desks.z]\naddress = "https://a.b"\nasking = "no"\n', "asking must be mark, link or"),
        ('[desks.z]\naddress = "https://a.b"\nmacros = "x"\n', "macros must be a list"),
        ('[desks.z]\naddress = "https://a.b"\naccount = 3\n', "desks.z must be a table of texts"),
    ],
)
def test_a_wrong_setting_is_told_by_its_name(tmp_path: Path, text: str, reason: str) -> None:
    desks, faults = _read(tmp_path, text)
    assert not desks
    assert reason in faults[0]


def test_a_server_on_this_machine_may_have_http(tmp_path: Path) -> None:
    desks, _ = _read(tmp_path, '[desks.zendesk]\naddress = "http://127.0.0.1:8080"\n')
    assert desks["zendesk"].address == "http://127.0.0.1:8080"
