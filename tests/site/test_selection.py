"""Nothing internal on a public site, wherever it hides; and what an audience sees of what."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import Base, Run
from tests.site import made

from cannery.model.entry import Audience
from cannery.operations.stage import view_for
from cannery.site.stage import render_stage

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
LANGUAGES = ("en", "ja", "de", "fr", "es", "pt-BR", "zh", "ko", "it", "nl", "pl", "sv", "fi")
OPEN = "---\ntitle: Open{}\naudience: public\n---\n"

# Whole files: where they are, and what they say. Each `{name}` is a word that stands nowhere else.
FILES = {
    # Entries that are not for the public, with all that they have.
    "articles/{entry_folder}/{entry_name}.md": """---
title: {entry_title}
summary: {entry_summary}
tags: [{entry_tag}]
keywords: [{entry_keyword}]
owner: {entry_owner}
redirect_from: [articles/{entry_redirect}]
related: [articles/{entry_related}]
---
# {entry_heading}

{entry_body} [x](https://{entry_address}.example "{entry_link_title}") ![{entry_alt}](../../files/{entry_file}.txt)

    {entry_code}

| {entry_table} |
| --- |
""",
    "articles/draft.md": "---\ntitle: {draft_title}\naudience: public\nstatus: draft\n---\n{draft_body}",
    "articles/retired.md": "---\ntitle: {retired_title}\naudience: public\nstatus: retired\n---\n{retired_body}",
    "articles/capital.md": "---\ntitle: {capital_title}\naudience: Public\n---\n{capital_body}",
    "articles/silent.md": "---\ntitle: {silent_title}\n---\n{silent_body}",
    "articles/bare.md": "{bare_body}",
    "articles/list.md": "---\ntitle: {list_title}\naudience: [public]\n---\n{list_body}",
    "articles/odd.md": "---\ntitle: {odd_title}\naudience: public\nstatus: shipped later\nstatus: draft\n---\n{odd_body}",
    "articles/broken.md": "---\ntitle: {broken_title}: b\naudience: public\n---\n{broken_body}",
    "articles/late.md": "\n---\ntitle: {late_title}\naudience: public\n---\n{late_body}",
    "articles/twice.md": "---\naudience: internal\ntitle: {twice_title}\naudience: public\n---\n{twice_body}",
    "articles/quoted.md": '---\naudience: public\ntitle: {quoted_title}\n"audience": internal\naudience: public\n---\n{quoted_body}',
    "articles/merged.md": "---\nx: &x {{audience: public}}\ntitle: {merged_title}\naudience: internal\n<<: *x\n---\n{merged_body}",
    "articles/status.md": "---\nstatus: draft\naudience: public\ntitle: {status_title}\nstatus: published\n---\n{status_body}",
    "articles/title.md": "---\ntitle: {first_title}\naudience: public\ntitle: {second_title}\n---\nx",
    "articles/open.ja.md": "---\ntitle: {variant_title}\n---\n{variant_body}",
    # The page of a section with open pages in it, and of one with hidden ones alone.
    "articles/net/index.md": "---\ntitle: {section_title}\nsummary: {section_summary}\n---\n{section_body}",
    "articles/net/index.ja.md": "---\ntitle: {section_ja}\naudience: public\nstatus: draft\n---\nx",
    "articles/mail/README.md": "---\ntitle: {readme_title}\nsummary: {readme_summary}\n---\n{readme_body}",
    "articles/{closed_folder}/index.md": "---\ntitle: {closed_title}\n---\nx",
    "articles/net/hidden.md": "---\ntitle: {neighbour}\n---\nx",
    # Front pages, one a language.
    "index.md": "---\ntitle: {front_title}\naudience: internal\n---\n{front_body} ![{front_alt}](files/{front_file}.txt)",
    "index.ja.md": "---\ntitle: {front_draft}\naudience: public\nstatus: draft\n---\n# {front_draft_heading}",
    "index.de.md": "---\ntitle: {front_retired}\nstatus: retired\n---\nx",
    "index.fr.md": "---\ntitle: {front_broken}: b\naudience: public\n---\nx",
    "index.es.md": "---\ntitle: {front_capital}\naudience: Internal\n---\nx",
    "index.pt-BR.md": "---\ntitle: {front_region}\naudience: internal\n---\nx",
    "index.zh.md": "---\ntitle: {front_key}\nAudience: internal\n---\nx",
    "index.ko.md": "---\ntitle: {front_foreign}\ndraft: true\n---\nx",
    "index.it.md": "---\ntitle: {front_slip}\naudiance: internal\n---\nx",
    "index.nl.md": '---\n{{"title": "{front_flow}", "audience": "internal"}}\n---\nx',
    "index.pl.md": "---\naudience: internal\ntitle: {front_twice}\naudience: public\n---\nx",
    "index.xx.md": "---\ntitle: {front_unknown}\n---\nx",
    # Macros are on no public site.
    "macros/{macro_folder}/{macro_name}.md": """---
title: {macro_title}
audience: public
summary: {macro_summary}
shortcut: ;{macro_shortcut}
subject: {macro_subject}
tags: [{macro_tag}]
fields:
  - name: {macro_field}
    label: {macro_label}
    help: {macro_help}
    default: {macro_default}
  - name: choice
    type: choice
    choices: [{macro_choice}]
actions:
  {macro_action}: {macro_value}
---
{macro_body} {{% render '{part_name}' %}}
""",
    "macros/_parts/{part_name}.md": "{part_body}",
    # What a public page's front matter says beside.
    "articles/matter.md": """---
title: Matter <!-- {comment_title} -->
summary: What matters <!-- {comment_summary} -->
tags: [seen, "tag <!-- {comment_tag} -->"]
keywords: ["<!-- {comment_keyword} -->", word]
audience: public
owner: {owner}
author: {key_author}
internal_note: {key_note}
nested: {{inner: {key_nested}}}
actions: {{status: {key_actions}}}
fields: [{{name: {key_field}}}]
subject: {key_subject}
shortcut: {key_shortcut}
# {yaml_comment}
related: [articles/{related_hidden}, articles/silent]
---
Seen. [section](net/a.md)
""",
    # Comments in public texts.
    "articles/comments.md": OPEN + """
<!--
# {comment_heading}
-->
<!-- {comment_inline} --> Seen <!-- {comment_lines}
{comment_line_two} --> too.

- item <!-- {comment_list} -->
  <!-- {comment_indented} -->

      deep

> quote <!-- {comment_quote} -->

| a <!-- {comment_table} --> |
| --- |
| b |

```html
<!-- an example that goes on
```

after <!-- {comment_after_code} --> `<!--` begins <!-- {comment_after_span} -->

<!--
```
{comment_fence}
-->

still <!-- {comment_after_fence} -->

[//]: # ({reference_round})
[//]: # "{reference_quoted}"
[//]: # '{reference_single}'
[comment]: <> ({reference_angle})
[_]: # ({reference_underscore})
[^//]: # ({reference_note})
[//]:# ({reference_tight})
[//]: #
  "{reference_two_lines}"
[comment {reference_label}]: # (x)

> [//]: # ({reference_quote})

- [//]: # ({reference_list})

1. a

   [//]: # ({reference_deep})

Text
[//]: # ({reference_within})
goes on, with a [comment] in it and a [link].

[comment]: # ({reference_used})
[unused]: https://{reference_address}.example "{reference_title}"
[file]: ../files/{reference_file}.txt
[link]: https://open.example "Shown"
[link]: https://open.example "{reference_again}"

Nothing [](# "{empty_link}") here [](<> '{empty_angle}').

<!-- ![{comment_picture}](../files/{comment_file}.txt) [x](silent.md) -->

<!-- {comment_unclosed}
""",
    "articles/page.mdx": OPEN + "{{/* {mdx_inline} */}} Seen {{/*\n{mdx_lines}\n*/}} all.\n",
    "articles/heading.md": "---\naudience: public\n---\n<!--\n# {comment_first_heading}\n-->\n# Shown\n\nx\n",
    "articles/mail/a.md": OPEN + "<!-- {comment_summary_less} --> Seen\n",
    "articles/shop/index.md": OPEN + "Shop <!-- {comment_section} -->\n\n[//]: # ({reference_section})\n",
    "articles/shop/a.md": OPEN + "Seen",
    "articles/net/a.md": OPEN + "Seen",
    "index.sv.md": "# Seen <!-- {comment_front_title} -->\n\nx <!-- {comment_front} -->\n\n[//]: # ({reference_front})\n",
    # What lies beside.
    "files/{unused_file}.txt": "{unused_text}",
    ".{dot_file}.md": "{dot_text}",
    "notes.txt": "{beside_text}",
    "synonyms.yml": "- [{synonym}, {synonym_two}]\n- [open, {synonym_open}]\n",
    "articles/_{underscore}.md": "---\ntitle: {underscore_title}\n---\nx",
}  # fmt: skip
OUTSIDE = {
    "README.md": "{readme_of_all}",
    ".mailmap": "{mailmap} <a@example.com>",
    "mkdocs.yml": CONFIG.read_text().replace("{", "{{").replace("}", "}}") + "\n# {config_comment}\n",
    "kb/kb.toml": 'site_url = "https://help.test"\nlanguages = LANGUAGES\n# {toml_comment}\n[check.allow]\nheading = "{toml_reason}"\n'
    '[check.avoid.en]\n"{toml_word}" = "{toml_instead}"\n'.replace("LANGUAGES", json.dumps(LANGUAGES)),
}  # fmt: skip
PICTURES: dict[str, Callable[..., bytes]] = {
    "a.png": made.png, "b.jpg": made.jpeg, "c.gif": made.gif, "d.webp": made.webp,
    "e.log.gz": made.gzipped, "f.svg": made.svg,
}  # fmt: skip
IN_PICTURES = [
    "png_text",
    "png_itxt",
    "png_exif",
    "png_profile",
    "png_private",
    "png_trailer",
    "jpeg_thumbnail",
    "jpeg_exif",
    "jpeg_xmp",
    "jpeg_mpf",
    "jpeg_ducky",
    "jpeg_iptc",
    "jpeg_comment",
    "jpeg_late",
    "jpeg_trailer",
    "gif_comment",
    "gif_xmp",
    "gif_trailer",
    "webp_exif",
    "webp_xmp",
    "webp_private",
    "webp_trailer",
    "gz_name",
    "gz_comment",
    "gz_extra",
]
IN_GIT = ("author", "author_mail", "committer", "committer_mail", "message", "branch", "tag_name")


class _Words(dict[str, str]):
    """A word for each name that is asked for."""

    def __missing__(self, name: str) -> str:
        self[name] = f"hush{len(self):03}{name.replace('_', '')}qx"
        return self[name]


def _plant(base: Base) -> _Words:
    words = _Words()
    for path, text in FILES.items():
        base.write(path.format_map(words), _filled(text, words))
    for path, text in OUTSIDE.items():
        (base.root / path).write_text(_filled(text, words))
    told = {name: words[name] for name in (*IN_PICTURES, *made.SVG_PLACES)}
    for name, make in PICTURES.items():
        base.write(f"files/{name}", make(**told))
    files = "\n".join(f"![seen](../files/{name})" for name in PICTURES)
    base.write("articles/open.md", _filled(OPEN, words) + files)
    for language in LANGUAGES[2:]:  # so that it has a front page
        base.write(f"articles/open.{language}.md", _filled(OPEN, words) + "Seen")
    base.write("articles/net/b.ja.md", _filled(OPEN, words) + "Seen")
    base.git("init", "-q", "-b", words["branch"])
    base.git("add", ".")
    who = [f"user.name={words['committer']}", f"user.email={words['committer_mail']}@example.com"]
    author = f"{words['author']} <{words['author_mail']}@example.com>"
    options = [item for text in who for item in ("-c", text)]
    base.git(*options, "commit", "-q", "-m", words["message"], "--author", author)
    base.git("tag", words["tag_name"])
    return words


def _filled(text: str, words: _Words) -> str:
    return text.replace("Open{}", "Open").format_map(words)


def _texts(folder: Path) -> Iterator[bytes]:
    """The names of all files, and what is in them, unpacked."""
    for path in folder.rglob("*"):
        yield path.relative_to(folder).as_posix().lower().encode()
        raw = path.read_bytes() if path.is_file() else b""
        yield raw.lower()
        if path.suffix == ".gz":
            yield gzip.decompress(raw).lower()


def _found(words: _Words, *folders: Path) -> set[str]:
    everything = b"\n".join(text for folder in folders for text in _texts(folder))
    forms = ("utf-8", "utf-16-le", "utf-16-be")
    return {
        name
        for name, word in words.items()
        if any(word.encode(form) in everything for form in forms)
    }


def test_no_hidden_word_is_in_any_file_of_a_public_site(base: Base, kb: Run) -> None:
    words = _plant(base)
    assert len(words) > 200
    built = kb("site", "build", "--out", "out")
    assert built.code == 0, built.err
    assert _found(words, base.root / "out", base.root / ".site") == set()
    planted = _found(words, base.root / "kb") | {"readme_of_all", "mailmap", "config_comment"}
    assert words.keys() - planted == {*IN_GIT}, "each is there"
    shown = b"\n".join(_texts(base.root / "out"))
    assert b"<h2>seen" not in shown
    assert shown.count(b"seen") > 20


def test_an_internal_site_has_most_of_them(base: Base, kb: Run) -> None:
    words = _plant(base)
    assert kb("stage", ".site", "--audience", "internal").code == 1, "it names a hidden file"
    for name in ("entry_file", "front_file"):
        base.write(f"files/{words[name]}.txt", "x")
    done = kb("stage", ".site", "--audience", "internal")
    assert done.code == 0, done.err
    found = _found(words, base.root / ".site")
    expected = {"entry_title", "macro_body", "part_body", "front_title", "section_title", "owner", "author"}  # fmt: skip
    assert expected <= found
    assert not {name for name in found if name.startswith(("comment_", "reference_", "svg_"))}


def test_names_are_on_a_public_site_where_kb_toml_says_so(base: Base, kb: Run) -> None:
    words = _plant(base)
    toml = base.root / "kb/kb.toml"
    toml.write_text(f"{toml.read_text()}[site]\npublic_authors = true\n")
    built = kb("site", "build", "--out", "out")
    assert built.code == 0, built.err
    assert _found(words, base.root / "out") == {"owner", "author"}


@pytest.mark.parametrize(
    ("head", "is_public"),
    [
        ("", True),
        ("title: Front", True),
        ("audience: public", True),
        ("audience: public\nstatus: published", True),
        ("owner: us", True),
        ("layout: home", True),
        ("audience: internal", False),
        ("AUDIENCE: public", False),
        ("audiance: internal", False),
        ("visibility: staff", False),
        ("reviewed: soon", False),
        ("title: a\ntitle: b", False),
        ("a: b: c", False),
    ],
)
def test_a_front_page_is_for_all_where_it_says_nothing_else(
    base: Base, head: str, is_public: bool
) -> None:
    base.write("index.md", f"---\n{head}\n---\nWelcome to all of it\n" if head else "Welcome\n")
    for audience in Audience:
        page = render_stage(view_for(base.workspace, audience)).files["index.md"]
        assert (b"Welcome" in page) == (is_public or audience is Audience.INTERNAL)


@pytest.mark.parametrize(
    "status", ["status: draft", "status: retired", "draft: true", "published: false"]
)
def test_a_front_page_that_is_not_published_is_on_no_site(base: Base, status: str) -> None:
    base.write("index.md", f"---\n{status}\naudience: public\n---\nWelcome\n")
    for audience in Audience:
        assert b"Welcome" not in render_stage(view_for(base.workspace, audience)).files["index.md"]


@pytest.mark.parametrize("status", ["Draft", "drafted", "[draft]", "{draft: true}", "ｄｒａｆｔ"])
def test_a_status_that_is_none_is_not_taken_for_published(base: Base, status: str) -> None:
    base.write("articles/a.md", f"---\ntitle: A\naudience: public\nstatus: {status}\n---\nx\n")
    files = render_stage(view_for(base.workspace, Audience.PUBLIC)).files
    assert not any(name.startswith("articles/a") for name in files)


def test_by_default_all_that_says_nothing_is_public(base: Base, kb: Run) -> None:
    base.write("kb.toml", "format = 2\n[content]\naudience = 'public'\n")
    base.write("articles/a.md", "---\ntitle: A\n---\n[B](b.md) and [C](c.md)\n")
    base.write("articles/b.md", "Text\n")
    base.write("articles/c.md", "---\ntitle: C\naudience: internal\n---\nText\n")
    base.write("macros/m.md", "---\ntitle: M\n---\nText\n")
    view = view_for(base.workspace, Audience.PUBLIC)
    assert {item.at.id for item in view.entries} == {"articles/a", "articles/b"}
    assert "audience: public" not in kb("show", "b").out
    assert json.loads(kb("show", "b", "--json").out)["audience"] == "public"
    leaks = [line for line in kb("check").out.splitlines() if "leak" in line]
    assert len(leaks) == 1
    assert "c.md" in leaks[0]
