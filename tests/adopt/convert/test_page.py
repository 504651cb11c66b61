"""A whole page: front matter of any kind, its old addresses, links by address."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.adopt.kind import Converted
from cannery.adopt.survey import survey
from cannery.adopt.table import KINDS
from cannery.adopt.tree import read_tree


def _converted(root: Path, files: dict[str, str]) -> dict[str, Converted]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    tree = read_tree(root)
    kind = KINDS[survey(tree).kind]
    return {page.path: kind.convert(page) for page in kind.pages(tree, kind.layout(tree))}


def _texts(root: Path, files: dict[str, str]) -> dict[str, str]:
    return {path: page.text for path, page in _converted(root, files).items()}


def test_docusaurus_pages_lead_to_each_other_by_file(tmp_path: Path) -> None:
    made = _texts(
        tmp_path,
        {
            "docusaurus.config.js": "module.exports = {url: 'https://a.test', i18n: {defaultLocale: 'en', locales: ['en', 'ja']}}",
            "docs/01-intro.md": "---\nsidebar_label: Start\nunknown: kept\ndescription: A\n---\n\n[a](/docs/net/proxy#x) [b](./net/02-har.mdx) [c](https://a.test/docs/other) ![](/img/p.png)\n",
            "docs/net/proxy.md": "---\nslug: /docs-by-slug\nlast_update:\n  date: 2024-05-06\n---\n# Proxy\n\n[a](../01-intro.md) [b](./02-har)\n",
            "docs/net/02-har.mdx": "---\nid: har\ntitle: HAR\n---\n[a](/docs-by-slug) [b](https://b.test/docs/intro)\n",
            "i18n/ja/docusaurus-plugin-content-docs/current/01-intro.md": "# 始め\n\n[a](/docs/net/har)\n",
            "static/img/p.png": "",
        },
    )
    assert made["docs/01-intro.md"] == (
        "---\nsidebar_label: Start\nunknown: kept\nsummary: A\nredirect_from:\n- /docs/intro/\ntitle: Start\n---\n\n"
        "[a](net/proxy.md#x) [b](./net/02-har.mdx) [c](https://a.test/docs/other) ![](../static/img/p.png)\n"
    )
    assert made["docs/net/proxy.md"] == (
        "---\nslug: /docs-by-slug\nreviewed: 2024-05-06\nredirect_from:\n- /docs/docs-by-slug/\n---\n# Proxy\n\n[a](../01-intro.md) [b](02-har.mdx)\n"
    )
    assert made["docs/net/02-har.mdx"].endswith("[a](proxy.md) [b](https://b.test/docs/intro)\n")
    assert made["i18n/ja/docusaurus-plugin-content-docs/current/01-intro.md"].endswith(
        "redirect_from:\n- /ja/docs/intro/\n---\n\n# 始め\n\n[a](../../../../docs/net/02-har.mdx)\n"
    )


def test_hugo_pages_have_toml_aliases_bundles_and_values(tmp_path: Path) -> None:
    made = _texts(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://a.test/"\n[params]\nversion = "1.2"\n',
            "content/docs/_index.md": "---\ntitle: Docs\ncascade:\n  product: Widget\n---\n[a](install/)\n",
            "content/docs/install/index.md": '+++\ntitle = "Install"\naliases = ["/setup/", "old"]\ndraft = true\ndate = 2024-05-06\n[extra]\nkept = 1\n+++\n\n![p](p.png) {{< param version >}} {{< param product >}}\n[a]({{< ref "/docs/net.md" >}}) [b]({{< relref "../net" >}})\n',
            "content/docs/install/p.png": "",
            "content/docs/net.md": '{\n "title": "Net",\n "weight": 3\n}\n\n[a](/docs/install/) [b](https://a.test/docs/#x)\n',
        },
    )
    assert made["content/docs/_index.md"].endswith("---\n[a](install/index.md)\n")
    assert made["content/docs/install/index.md"] == (
        "---\ntitle: Install\ndate: 2024-05-06\nextra:\n  kept: 1\nstatus: draft\nredirect_from:\n- /setup/\n- /docs/old\n- /docs/install/\n---\n\n"
        "![p](p.png) 1.2 Widget\n[a](../net.md) [b](../net.md)\n"
    )
    assert made["content/docs/net.md"] == (
        "---\ntitle: Net\nweight: 3\nredirect_from:\n- /docs/net/\n---\n\n[a](install/index.md) [b](_index.md#x)\n"
    )


def test_jekyll_posts_have_dates_in_their_addresses(tmp_path: Path) -> None:
    made = _texts(
        tmp_path,
        {
            "_config.yml": "title: Ours\nurl: https://a.test\ncollections:\n  docs:\n    output: true\n",
            "_posts/2020-01-02-hi.md": "---\ntitle: Hi\npublished: false\n---\n{{ site.title }} {{ page.title }} [a]({{ site.baseurl }}/docs/x.html)\n",
            "_docs/x.md": "---\ntitle: X\npermalink: /docs/x.html\nredirect_from: /x-old/\n---\n[a]({% post_url 2020-01-02-hi %}) [b](/2020/01/02/hi.html)\n",
        },
    )
    assert made["_posts/2020-01-02-hi.md"] == (
        "---\ntitle: Hi\nstatus: draft\nredirect_from:\n- /2020/01/02/hi/\n---\nOurs Hi [a](../_docs/x.md)\n"
    )
    assert made["_docs/x.md"] == (
        "---\ntitle: X\npermalink: /docs/x.html\nredirect_from:\n- /x-old/\n- /docs/x.html\n---\n[a](../_posts/2020-01-02-hi.md) [b](../_posts/2020-01-02-hi.md)\n"
    )


def test_a_vaults_aliases_are_words_to_search_by(tmp_path: Path) -> None:
    made = _texts(
        tmp_path,
        {
            ".obsidian/app.json": "{}",
            "A note.md": "---\naliases: [One, Two]\ntags: a, b\ncssclass: x\n---\n[[A note]]\n",
        },
    )
    assert made["A note.md"] == (
        "---\ntags:\n- a\n- b\ncssclass: x\nkeywords:\n- One\n- Two\ntitle: A note\n---\n[A note](A%20note.md)\n"
    )


@pytest.mark.parametrize(
    "header", ["---\na: [\n---\n", "+++\na = \n+++\n", "+++\na" + ".b" * 3000 + " = 1\n+++\n"]
)
def test_front_matter_that_cannot_be_read_is_told(header: str, tmp_path: Path) -> None:
    made = _converted(
        tmp_path, {"hugo.toml": "", "content/_index.md": f"{header}# A\n\n{{{{< x >}}}}\n"}
    )
    [page] = made.values()
    assert "# A" in page.text
    assert page.losses[0].what == "front matter"


@pytest.mark.parametrize(
    "address",
    [
        "../../../../etc/passwd",
        "/../../etc/passwd",
        "file:///etc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "//evil.test/x",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_leads_out_of_the_source_stays_as_it_is(
    address: str, tmp_path: Path
) -> None:
    made = _texts(
        tmp_path, {"mkdocs.yml": "site_name: A\n", "docs/a.md": f"# A\n\n[a]({address})\n"}
    )
    assert made["docs/a.md"].endswith(f"[a]({address})\n")
