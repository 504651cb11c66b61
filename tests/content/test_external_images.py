"""Which images of a text other hosts have, and what is told of each."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.content.external_images import external_fault, hosted_images
from cannery.content.relative_links import link_tokens


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        ("![x](https://a.example/p.png)", 1),
        ("One.\n\nTwo\n![x](https://a.example/p.png)", 4),
        ("[![x](https://a.example/p.png)](b.md)", 1),
        ("| a |\n| --- |\n| ![x](https://a.example/p.png) |", 3),
        ("![x][y]\n\n[y]: https://a.example/p.png", 1),
    ],
)
def test_an_image_is_found_at_its_line(markdown: str, line: int) -> None:
    found = [*hosted_images(link_tokens(markdown))]
    assert found == [(line, "https://a.example/p.png")]


@pytest.mark.parametrize(
    "markdown",
    [
        "![x](p.png)",
        "![x](../a//p.png)",
        "[x](https://a.example/p.png)",
        "`![x](https://a.example/p.png)`",
        "```\n![x](https://a.example/p.png)\n```",
    ],
)
def test_files_links_and_code_are_no_such_images(markdown: str) -> None:
    assert [*hosted_images(link_tokens(markdown))] == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("https://a.example/p.png", "an image is loaded from a.example, which can see"),
        ("https://A.example:8443?x", "loaded from a.example:8443,"),
        ("https://user:secret@a.example/p.png", "loaded from a.example,"),
        ("https://[::1]/p.png", "loaded from [::1],"),
        ("http://a.example/p.png", "an image from a.example is not shown"),
        ("//a.example/p.png", "an image from a.example is not shown"),
    ],
)
def test_a_fault_names_the_host_and_the_next_step(base: Base, written: str, said: str) -> None:
    fault = external_fault(written, base.workspace.settings)
    assert fault
    assert said in fault.message
    assert fault.hint == "Save it below kb/, and link that file."


def test_the_own_site_is_no_other_host(base: Base) -> None:
    base.write("kb.toml", 'format = 2\nname = "N"\nsite_url = "https://help.example/docs"\n')
    settings = base.workspace.settings
    assert external_fault("https://HELP.example/logo.png", settings) is None
    assert external_fault("https://cdn.help.example/logo.png", settings)
