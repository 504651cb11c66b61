"""What would go out is known without rendering it, until something that it depends on changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import Base
from tests.operations.memory_desk import MemoryDesk, plan_of, pushed, work_on

import cannery
from cannery.exchange.desks.desk import Capabilities, DeskKind
from cannery.model.desk import Family, Outgoing
from cannery.operations import desk_outgoing
from cannery.operations.desk_addresses import DeskAddresses
from cannery.operations.desk_outgoing import all_ours
from cannery.operations.desk_plan import plan
from cannery.operations.desk_push import push
from cannery.operations.desk_survey import survey
from cannery.operations.desk_work import Work


class CountingDesk(MemoryDesk):
    """Says what a part says, too, and counts what it renders."""

    rendered: int
    root: Path

    def outgoing(self, family: Family) -> Outgoing:
        self.rendered += 1
        out = super().outgoing(family)
        extra = [path.read_text() for path in self.root.rglob("_parts/*.md")]
        return out._replace(parts={**out.parts, "extra": extra})


@pytest.fixture
def desk(base: Base, monkeypatch: pytest.MonkeyPatch) -> CountingDesk:
    monkeypatch.setattr(desk_outgoing, "_FEW", 0)
    base.write("macros/a.md", "---\ntitle: A\n---\n\nHello\n")
    base.write("articles/b.md", "---\ntitle: B\naudience: public\n---\n\nHello\n")
    base.write("macros/draft.md", "---\ntitle: D\nstatus: draft\n---\n\nHello\n")
    desk = CountingDesk()
    desk.rendered, desk.root = 0, base.root
    return desk


def test_it_is_the_same_from_the_cache(base: Base, desk: CountingDesk) -> None:
    first = all_ours(work_on(base.workspace, desk))
    assert desk.rendered == 2
    assert all_ours(work_on(base.workspace, desk)) == first
    assert desk.rendered == 2


def test_a_push_after_a_cached_look_sends_what_is_there(base: Base, desk: CountingDesk) -> None:
    plan_of(base.workspace, desk)
    assert len(pushed(base.workspace, desk)) == 2


@pytest.mark.parametrize(
    ("change", "rendered"),
    [
        (lambda base: base.write("macros/a.md", "---\ntitle: A\n---\n\nBye\n"), 1),
        (lambda base: base.write("macros/a.ja.md", "---\ntitle: ア\n---\n\nBye\n"), 2),
        (lambda base: base.write("macros/_parts/bye.md", "Bye"), 2),
        (lambda base: base.write("articles/b.md", "---\ntitle: C\n---\n\nHello\n"), 1),
        (lambda base: base.write("articles/c.md", "---\ntitle: C\n---\n\nHello\n"), 2),
        (lambda base: base.write("articles/one.png", b"PNG"), 2),
        (lambda base: base.write("kb.toml", 'site_url = "https://other.example.com"\n'), 2),
    ],
)
def test_what_it_depends_on_is_looked_at(
    base: Base, desk: CountingDesk, change: Callable[[Base], object], rendered: int
) -> None:
    """An article that is hidden now is not rendered, but all that may link to it are."""
    all_ours(work_on(base.workspace, desk))
    desk.rendered = 0
    change(base)
    again = all_ours(work_on(base.workspace, desk))
    assert desk.rendered == rendered
    for path in (base.workspace.cache / "desk").iterdir():
        path.unlink()
    assert again == all_ours(work_on(base.workspace, desk))


def _of_another_version(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(cannery, "__version__", "99.0")


def _with_another_file(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    path = folder / "renderer.py"
    path.write_text("")
    monkeypatch.setattr(desk_outgoing, "_program", lambda: [path])


@pytest.mark.parametrize("change", [_of_another_version, _with_another_file])
def test_another_program_renders_all_of_it_anew(
    base: Base,
    desk: CountingDesk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    change: Callable[[pytest.MonkeyPatch, Path], None],
) -> None:
    all_ours(work_on(base.workspace, desk))
    desk.rendered = 0
    change(monkeypatch, tmp_path)
    all_ours(work_on(base.workspace, desk))
    assert desk.rendered == 2


def test_a_change_of_a_part_goes_out_with_the_macros_that_have_it(
    base: Base, desk: CountingDesk
) -> None:
    pushed(base.workspace, desk)
    base.write("macros/_parts/bye.md", "Bye")
    assert [one.id for one in pushed(base.workspace, desk)] == ["articles/b", "macros/a"]
    assert pushed(base.workspace, desk) == []


def test_a_spoilt_cache_is_rendered_anew(base: Base, desk: CountingDesk) -> None:
    first = all_ours(work_on(base.workspace, desk))
    (path,) = (base.workspace.cache / "desk").iterdir()
    path.write_text('{"macros/a": ["x", 1]}')
    assert all_ours(work_on(base.workspace, desk)) == first


class LinkingDesk(CountingDesk):
    """Says the addresses of the articles that a body names, one a line."""

    addresses: DeskAddresses

    def outgoing(self, family: Family) -> Outgoing:
        out = super().outgoing(family)
        first, *_ = family.by_language.values()
        names = [line for line in first.body.split("\n") if line.startswith("articles/")]
        links = [self.addresses.address_of(name, "en") for name in names]
        return out._replace(parts={**out.parts, "links": links})


def _linking(base: Base, desk: LinkingDesk) -> Work:
    """A work whose desk tells which entries each one leads to."""
    work = work_on(base.workspace, desk)
    kind = DeskKind("memory", "Memory", Capabilities(), "bearer")
    desk.addresses = DeskAddresses(base.workspace, work.settings, kind)
    desk.rendered = 0
    return replace(work, addresses=desk.addresses)


_PUBLIC = "---\ntitle: B\naudience: public\n---\n\nHello\n"


def _renamed(base: Base) -> None:
    (base.workspace.root / "kb/articles/b.md").unlink()
    base.write("articles/new.md", _PUBLIC.replace("title", "redirect_from: [articles/b]\ntitle"))


@pytest.mark.parametrize(
    ("change", "rendered"),
    [
        (lambda base: base.write("articles/b.md", "---\ntitle: C\n---\n\nHello\n"), 1),
        (lambda base: base.write("articles/z.md", "---\ntitle: C\n---\n\nHello\n"), 0),
        (lambda base: base.write("articles/b.md", _PUBLIC.replace("public", "internal")), 1),
        (lambda base: base.write("articles/b.ja.md", _PUBLIC), 3),
        (lambda base: (base.workspace.root / "kb/articles/b.md").unlink(), 2),
        (_renamed, 3),
        (lambda base: base.write("kb.toml", 'site_url = "https://o.example.com"\n'), 3),
    ],
)
def test_only_what_leads_to_an_article_is_rendered_again_with_it(
    base: Base, desk: CountingDesk, change: Callable[[Base], object], rendered: int
) -> None:
    linking = LinkingDesk()
    linking.root = desk.root
    base.write("articles/z.md", "---\ntitle: Z\naudience: public\n---\n\nHello\n")
    base.write("macros/a.md", "---\ntitle: A\n---\n\narticles/b\n")
    first = all_ours(_linking(base, linking))
    assert all_ours(_linking(base, linking)) == first
    assert linking.rendered == 0
    change(base)
    again = all_ours(_linking(base, linking))
    assert linking.rendered == rendered
    for path in (base.workspace.cache / "desk").iterdir():
        path.unlink()
    assert again == all_ours(_linking(base, linking))


@pytest.mark.usefixtures("desk")
def test_what_was_sent_is_not_rendered_again(base: Base) -> None:
    linking = LinkingDesk()
    linking.root = base.root
    base.write("articles/b.md", "---\ntitle: B\naudience: public\n---\n\nHello\n")
    base.write("macros/a.md", "---\ntitle: A\n---\n\narticles/b\n")
    assert len(push(plan(survey(_linking(base, linking))))) == 2
    assert plan(survey(_linking(base, linking))).push == []
    assert linking.rendered == 0
