"""Pages of figures: on internal sites and by themselves, and on no public one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Base
from tests.insight.desk_of_months import fill

from cannery.errors import ContentError
from cannery.insight.report import Report
from cannery.model.entry import Audience
from cannery.model.event import Listener
from cannery.model.feedback import Vote
from cannery.operations.feedback import keep
from cannery.operations.insight import look
from cannery.operations.insight_pages import figures_for
from cannery.operations.insight_site import build_insight_site
from cannery.operations.stage import stage_of, view_for
from cannery.workspace import Workspace

PLANTED = "Zanzibarquartz"
HOSTILE = '"><script>alert(1)</script>'


def names(base: Base, audience: Audience) -> list[str]:
    stage = stage_of(base.workspace, view_for(base.workspace, audience))
    return [name for name in stage.files if "insight" in name]


def test_an_internal_site_has_them_where_there_are_any(base: Base) -> None:
    base.write("articles/one.md", "# One\n")
    assert names(base, Audience.INTERNAL) == []
    fill(base.workspace)
    assert "insight/index.md" in names(base, Audience.INTERNAL)
    assert "insight/solved-within-7d.md" in names(base, Audience.INTERNAL)


def test_kb_toml_keeps_them_off_an_internal_site(base: Base) -> None:
    base.write("articles/one.md", "# One\n")
    base.write("kb.toml", "[insight]\nsite = false\n")
    fill(base.workspace)
    assert names(base, Audience.INTERNAL) == []


def test_no_file_of_a_public_site_has_a_word_of_them(base: Base) -> None:
    base.write("articles/one.md", "---\naudience: public\n---\n# One\n")
    fill(base.workspace, attributes={"team": (PLANTED,)})
    internal, public = (
        stage_of(base.workspace, view_for(base.workspace, audience))
        for audience in (Audience.INTERNAL, Audience.PUBLIC)
    )
    word = PLANTED.encode()
    assert any(word in data for data in internal.files.values())
    assert not any(word in data for data in (*public.files.values(), *public.theme.values()))
    assert not any("insight" in name or PLANTED in name for name in public.files)


def texts(base: Base) -> dict[str, bytes]:
    """All files of an internal site's pages of figures."""
    stage = stage_of(base.workspace, view_for(base.workspace, Audience.INTERNAL))
    return {name: data for name, data in stage.files.items() if "insight" in name}


def test_the_same_data_are_the_same_bytes_kept_or_made(base: Base) -> None:
    base.write("articles/one.md", "# One\n")
    fill(base.workspace, attributes={"team": ("a", "b")})
    first, kept = texts(base), texts(base)
    (base.workspace.cache / "insight-pages.json").unlink()
    assert first == kept == texts(base)


def test_pages_are_counted_once_until_something_changes(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[object] = []

    def counted(workspace: Workspace, listener: Listener) -> Report:
        looks.append(workspace)
        return look(workspace, listener=listener)

    fill(base.workspace)
    look(base.workspace)
    monkeypatch.setattr("cannery.operations.insight_pages.look", counted)
    steps = (("", 1), ("", 1), ("kb.toml", 2), ("insight/own.md", 3), ("data", 4), ("vote", 5))
    for changed, count in steps:
        if changed == "data":
            fill(base.workspace, {"2026-07": (20, 10)})
        elif changed == "vote":
            keep(base.workspace, Vote("articles/a", "en", is_helpful=True))
        elif changed:
            base.write(changed, "[insight]\nsolved_days = 3\n")
        figures_for(base.workspace, ("en",))
        assert len(looks) == count


def test_a_part_is_told_of_its_own_tickets_alone(base: Base) -> None:
    """Every second ticket is of each team: those of the one are 18 of 25 in September."""
    fill(base.workspace, {"2026-09": (50, 36), "2026-10": (50, 36)}, {"team": ("a", "b")})
    pages = {page.path: page for page in figures_for(base.workspace, ("en",))}
    part = pages["by-team/a"].values["cards"][0]
    assert part["sure"].replace("\u00a0", " ") == "52 to 86%, n = 25"
    assert pages["by-team/a"].title == "Team: a"


def test_measures_are_told_in_each_language_of_the_site(base: Base) -> None:
    fill(base.workspace)
    pages = figures_for(base.workspace, ("en", "ja"))
    assert [page.title for page in pages if not page.path] == [
        "Figures of support",
        "サポートの指標",
    ]


def test_values_of_a_desk_are_text_on_every_page(base: Base, mkdocs: Path) -> None:
    fill(base.workspace, attributes={"team": (HOSTILE, "b")})
    built = build_insight_site(base.workspace)
    pages = [path.read_text("utf-8") for path in built.folder.rglob("*.html")]
    assert any("&lt;script&gt;alert(1)&lt;/script&gt;" in page for page in pages)
    assert not any("<script>alert" in page for page in pages)


def test_without_tickets_it_says_what_to_do(base: Base, mkdocs: Path) -> None:
    with pytest.raises(ContentError) as raised:
        build_insight_site(base.workspace)
    assert raised.value.hint == "Run `kb insight import FILE`."


@pytest.fixture
def mkdocs(base: Base) -> Path:
    path = base.root / "mkdocs.yml"
    path.write_text((Path(__file__).parents[2] / "mkdocs.yml").read_text("utf-8"), "utf-8")
    return path
