from __future__ import annotations

import pytest

from cannery.content.layout import locate
from cannery.errors import SettingsError
from cannery.model.layout import DEFAULT
from cannery.workspace import open_workspace
from tests.conftest import Base


def test_without_content_the_folders_are_those_below_kb(base: Base) -> None:
    base.write("kb.toml", "")
    layout = base.workspace.settings.layout
    assert layout == DEFAULT
    assert [item.path for item in layout.folders] == ["kb/articles", "kb/macros"]


def test_a_folder_of_one_kind_leaves_the_other_where_it_is(base: Base) -> None:
    base.write("../docs/a.md", "x")
    base.write("kb.toml", '[content]\narticles = ["./docs/"]\n')
    layout = base.workspace.settings.layout
    assert [item.path for item in layout.folders] == ["docs", "kb/macros"]


@pytest.mark.parametrize(
    "name",
    [
        "", "/", "/etc", "../docs", "docs/../..", "docs/..", "~/docs", ".git", "docs/.git/x",
        "C:/docs", "docs\\\\a", "docs//a", "kb", "KB/articles", "kb/assets", "kb/assets/a",
        "kb/macros/_parts", "docs/{language}/{language}", "docs/{lang}", "docs\\u0007",
        "con", "d" * 501,
    ],
)  # fmt: skip
def test_a_folder_that_can_t_be_one_is_told_with_its_line(base: Base, name: str) -> None:
    base.write("kb.toml", f'[content]\nmacros = ["."]\narticles = ["{name}"]\n')
    with pytest.raises(SettingsError) as caught:
        open_workspace(base.root)
    assert caught.value.line == 3
    assert caught.value.reason.startswith("content.articles")
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        'content = "docs"',
        '[content]\narticles = "docs"',
        "[content]\nmacros = [1]",
        '[content]\narticles = ["kb/a"]\nmacros = ["kb/a"]',
        '[content]\narticles = ["kb/a", "kb/A"]',
        '[content]\narticles = ["kb/ja", "kb/{language}"]',
        '[content]\nmacros = ["kb/articles"]',
        '[content]\narticles = ["."]\nmacros = ["."]',
        '[content]\nignore = "docs"',
        '[content]\nignore = [""]',
        '[content]\nignore = ["../*"]',
        '[content]\narticles = ["nowhere"]',
        '[content]\narticles = ["kb/a"]\nlanguages = ["ja"]',
        '[content]\narticles = ["kb/a"]\n[content.languages]\n"kb/b" = "ja"',
        '[content]\narticles = ["kb/a"]\n[content.languages]\n"kb/a" = "xx"',
        '[content]\narticles = ["kb/{language}"]\n[content.languages]\n"kb/ja" = "en"',
        (
            f"languages = {[f'l-{number}' for number in range(100)]}\n"
            f"[content]\narticles = {[f'kb/a{number}/{{language}}' for number in range(100)]}"
        ),
        '[content]\narticles = ["i18n/{language}"]',
        '[content]\narticles = ["kb/{language}/current"]',
    ],
)
def test_wrong_settings_of_folders_are_told(base: Base, text: str) -> None:
    for folder in ("kb/a/x", "kb/ja/x"):
        base.write(f"../{folder}.md", "x")
    base.write("kb.toml", text)
    with pytest.raises(SettingsError, match=r"kb\.toml:\d"):
        open_workspace(base.root)


def test_a_folder_may_be_in_a_language_that_its_name_does_not_tell(base: Base) -> None:
    base.write(
        "kb.toml",
        'languages = ["en", "ja"]\n[content]\narticles = ["english", "japanese"]\n'
        '[content.languages]\n"./japanese/" = "ja"\n',
    )
    for name in ("english", "japanese"):
        (base.root / name).mkdir()
        (base.root / name / "hello.md").write_text("# Hello\n")
    settings = open_workspace(base.root).settings
    at = [locate(f"{name}/hello.md", settings) for name in ("english", "japanese")]
    assert [(one.id, one.language) for one in at] == [
        ("articles/hello", "en"), ("articles/hello", "ja"),
    ]  # fmt: skip


def test_opened_to_read_a_missing_folder_costs_itself_alone(base: Base) -> None:
    base.write("../docs/a.md", "x")
    base.write("kb.toml", '[content]\narticles = ["docs", "nowhere"]\n')
    settings = open_workspace(base.root, to_read=True).settings
    assert [item.path for item in settings.layout.folders][:2] == ["docs", "nowhere"]
    assert [fault.reason for fault in settings.faults] == [
        "content.articles names a folder that does not exist: nowhere"
    ]


@pytest.mark.parametrize("name", ["kb/b/{language}", "kb/b/{language}/docs", "kb/b_{language}"])
def test_there_may_be_no_translation_yet(base: Base, name: str) -> None:
    base.write("../kb/b/x.md", "x")
    base.write("kb.toml", f'[content]\narticles = ["{name}"]\n')
    folders = base.workspace.settings.layout.folders
    assert [item.path for item in folders if item.language == "ja"] == [
        name.replace("{language}", "ja")
    ]


@pytest.mark.parametrize(
    ("key", "name"),
    [("articles", "kb/macros/a"), ("articles", "KB/Macros"), ("macros", "kb/articles")],
)
def test_a_folder_of_one_kind_is_never_one_of_the_other(base: Base, key: str, name: str) -> None:
    base.write("macros/a/b.md", "x")
    base.write("articles/a.md", "x")
    base.write("kb.toml", f'format = 2\n[content]\n{key} = ["{name}"]\n')
    with pytest.raises(SettingsError, match=r"it is for|it holds the settings"):
        _ = base.workspace.settings
