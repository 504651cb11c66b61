"""Template tags of Jekyll and GitBook are our Markdown afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adopt.convert.converting import convert

from cannery.adopt.convert.gitbook import GITBOOK
from cannery.adopt.convert.jekyll import JEKYLL
from cannery.adopt.tree import read_tree


@pytest.mark.parametrize(
    ("jekyll", "markdown"),
    [
        ("{% highlight ruby linenos %}\na <b>\n{% endhighlight %}\n", "```ruby\na <b>\n```\n"),
        ("[a]({{ site.baseurl }}/b/)", "[a](/b/)"),
        ("[a]({{ '/b/' | relative_url }})", "[a](/b/)"),
        ("{% raw %}{{ a }}{% endraw %}\n", "`{{ a }}`\n"),
        ("```\n{% raw %}\n{{ a }}\n{% endraw %}\n```\n", "```\n{{ a }}\n```\n"),
        ("{% comment %}a{% endcomment %}\n", "<!-- a -->\n"),
        ('{% include note.html content="a" %}\n', "> [!NOTE]\n> a\n"),
        ("{: .note }\na\nb\n\nc\n", "> [!NOTE]\n> a\n> b\n\nc\n"),
        ("a\n{: .warning }\n\nc\n", "> [!WARNING]\n> a\n\nc\n"),
        ("{: .tip-title }\n> T\n>\n> a\n", "> [!TIP]\n> **T**\n>\n> a\n"),
        ("# A {: #b .c }", "# A {#b}"),
        ("{{ site.title }}", "Ours"),
        ('<a href="{{ site.baseurl }}/b/">c</a>', "[c](/b/)"),
        ("<img src=\"{{ '/b.png' | relative_url }}\">", "![](/b.png)"),
        ("`{{ a }}`", "`{{ a }}`"),
    ],
)
def test_a_construct_of_jekyll(jekyll: str, markdown: str) -> None:
    made = convert(jekyll, JEKYLL, variables={"site.title": "Ours"})
    assert made == (markdown, [])


def test_what_a_template_does_is_told(tmp_path: Path) -> None:
    text = "{% if a %}\nb\n{% endif %}\n\n{{ page.x }}\n\n{% include x.html %}\n\na\n{: .big }\n\n* TOC\n{:toc}\n\nc\n"
    made = convert(text, JEKYLL)
    assert made.text == "b\n\n{{ page.x }}\n\na\n\nc\n"
    assert made.losses == [
        (1, "{% if a %}"),
        (5, "{{ page.x }}"),
        (7, "{% include x.html %}"),
        (10, "{: .big }"),
        (12, "* TOC {:toc}"),
    ]


def test_links_by_file_and_by_post_name_files(tmp_path: Path) -> None:
    for name in ("_posts/2020-01-02-hi.md", "docs/a.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a\n")
    text = "[a]({% link docs/a.md %}) [b]({% post_url 2020-01-02-hi %}) [c]({% link none.md %})"
    made = convert(text, JEKYLL, tree=read_tree(tmp_path), path="docs/b.md")
    assert made.text == "[a](a.md) [b](../_posts/2020-01-02-hi.md) [c](none.md)"
    assert made.losses == [(1, "{% link none.md %}")]


@pytest.mark.parametrize(
    ("gitbook", "markdown"),
    [
        ('{% hint style="danger" %}\na\n{% endhint %}\n', "> [!CAUTION]\n> a\n"),
        ('{% tabs %}\n{% tab title="A" %}\na\n{% endtab %}\n{% endtabs %}\n', '=== "A"\n\n    a\n'),
        ('{% code title="a.js" %}\n```js\nx\n```\n{% endcode %}\n', '```js title="a.js"\nx\n```\n'),
        ('{% content-ref url="a.md" %}\n[a.md](a.md)\n{% endcontent-ref %}\n', "[a.md](a.md)\n"),
        ('{% file src="a/b.pdf" %}\n', "[b.pdf](a/b.pdf)\n"),
        ('<figure><img src="a.png" alt="A"><figcaption><p>C</p></figcaption></figure>\n', "![A](a.png)\n\n*C*\n"),
    ],
)  # fmt: skip
def test_a_construct_of_gitbook(gitbook: str, markdown: str) -> None:
    assert convert(gitbook, GITBOOK) == (markdown, [])


def test_an_embedded_site_is_a_link_and_told() -> None:
    made = convert('{% embed url="https://a.test/v" %}\nC\n{% endembed %}\n', GITBOOK)
    assert made == ("<https://a.test/v>\n\nC\n", [(1, '{% embed url="https://a.test/v" %}')])
