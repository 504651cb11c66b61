"""Markdown as other systems keep it: notes with `[[links]]`, wiki text, a help center's HTML."""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from zlib import crc32

from tests.benchmarks.body_sources import Files, Sources, below, texts

_LINK = re.compile(r"(?<!!)\[([^\]\n]{1,200})\]\(([^)\s]{1,300})\)")
_IMAGE = re.compile(r"!\[([^\]\n]{0,200})\]\(([^)\s]{1,300})\)")
_BLOCK_IMAGE = re.compile(r":::image [^\n]{0,200}?source=\"([^\"\n]{1,300})\"[^\n]{0,600}:::")
_FENCE = re.compile(
    r"^ {0,3}```+\s*([\w+-]*)[^\n]*\n(.*?)^ {0,3}```+\s*$", re.MULTILINE | re.DOTALL
)
_HEADER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^title:\s*(.+)$", re.MULTILINE)
_FIRST_HEADING = re.compile(r"^#\s+(.+)$", re.MULTILINE)
_ITEM = re.compile(r"^( *)(?:[-*+]|(\d+)[.)])\s+")
_RULE = re.compile(r"^\|?[\s:|-]+\|?$")


def title_of(path: str, text: str) -> str:
    """A page's title: its front matter's, else its first heading, else its file name."""
    found = _TITLE.search(text) or _FIRST_HEADING.search(text)
    return found[1].strip().strip("'\"") if found else PurePosixPath(path).stem


def without_header(text: str) -> str:
    return _HEADER.sub("", text.replace("\r\n", "\n"), count=1)


def _is_page(address: str) -> bool:
    return bool(re.match(r"(?![a-z]+:|#|/)[^#?]+\.mdx?(?:#|$)", address))


def note(path: str, text: str) -> str:
    """A note of a vault: links between notes by name, and tags in the text."""

    def link(match: re.Match[str]) -> str:
        if not _is_page(match[2]):
            return match[0]
        name, _, anchor = match[2].partition("#")
        target = PurePosixPath(name).stem + (f"#{anchor}" if anchor else "")
        return f"[[{target}|{match[1]}]]"

    body = _LINK.sub(link, without_header(text))
    body = _IMAGE.sub(lambda match: f"![[{PurePosixPath(match[2]).name}]]", body)
    body = _BLOCK_IMAGE.sub(
        lambda match: f"![[{PurePosixPath(match[1].replace(chr(92), '/')).name}]]", body
    )
    title = title_of(path, text)
    tags = " ".join(f"#{part}" for part in PurePosixPath(path).parts[:-1][:2])
    return f'---\naliases: ["{title.replace(chr(34), "")}"]\ntags: [support]\n---\n{tags}\n\n{body}'


def _by_line(text: str, code: str, line: Callable[[str], str]) -> str:
    """The text with fences as `code` says (`{language}`, `{code}`), and all else by line."""
    pieces, at = [], 0
    for match in _FENCE.finditer(text):
        pieces.append("\n".join(map(line, text[at : match.start()].split("\n"))))
        pieces.append(code.format(language=match[1] or "text", code=match[2]))
        at = match.end()
    return "".join([*pieces, "\n".join(map(line, text[at:].split("\n")))])


def dokuwiki(path: str, text: str) -> str:
    """A page in DokuWiki's syntax."""
    folder = posixpath.dirname(path)

    def target(address: str) -> str:
        if not _is_page(address):
            return address
        name = posixpath.normpath(posixpath.join(folder, address.partition("#")[0]))
        return ":" + re.sub(r"\.mdx?$", "", name).replace("/", ":").lower()

    def line(row: str) -> str:
        if heading := re.match(r"(#{1,5})\s+(.*)", row):
            marks = "=" * (7 - len(heading[1]))
            return f"{marks} {heading[2]} {marks}"
        if row.startswith("|"):
            return "" if _RULE.match(row) else row
        if item := _ITEM.match(row):
            indent = "  " * (1 + len(item[1]) // 2)
            row = f"{indent}{'-' if item[2] else '*'} {row[item.end() :]}"
        row = _IMAGE.sub(lambda m: f"{{{{ :{PurePosixPath(m[2]).name.lower()} |{m[1]}}}}}", row)
        row = _LINK.sub(lambda m: f"[[{target(m[2])}|{m[1]}]]", row)
        return re.sub(r"`([^`\n]+)`", r"''\1''", row)

    title = f"====== {title_of(path, text)} ======\n\n"
    body = re.sub(r"\A\s*# .*\n", "", without_header(text))
    body = _BLOCK_IMAGE.sub(r"![](\1)", body)
    return title + _by_line(body, "<code {language}>\n{code}</code>", line)


def mediawiki(path: str, text: str) -> str:
    """A page in MediaWiki's syntax."""

    def line(row: str) -> str:
        if heading := re.match(r"(#{1,5})\s+(.*)", row):
            marks = "=" * len(heading[1])
            return f"{marks} {heading[2]} {marks}"
        if item := _ITEM.match(row):
            row = f"{('#' if item[2] else '*') * (1 + len(item[1]) // 2)} {row[item.end() :]}"
        row = _IMAGE.sub(lambda m: f"[[File:{PurePosixPath(m[2]).name}|thumb|{m[1]}]]", row)
        row = _LINK.sub(link, row)
        row = re.sub(r"\*\*([^*\n]+)\*\*", r"'''\1'''", row)
        return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", row)

    def link(match: re.Match[str]) -> str:
        name, _, anchor = match[2].partition("#")
        if re.match(r"https?:", match[2]):
            return f"[{match[2]} {match[1]}]"
        page = PurePosixPath(name).stem.replace("-", " ").capitalize()
        return f"[[{page}{'#' + anchor if anchor else ''}|{match[1]}]]"

    fence = '<syntaxhighlight lang="{language}">\n{code}</syntaxhighlight>'
    folder = PurePosixPath(path).parent.name
    return _by_line(without_header(text), fence, line) + f"\n[[Category:{folder or 'Pages'}]]\n"


def mediawiki_export(pages: Files) -> bytes:
    """The XML that Special:Export gives of pages in Markdown, two revisions each."""
    rows = [
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">',
        "<siteinfo><sitename>Handbook</sitename><dbname>handbook</dbname></siteinfo>",
    ]
    for number, (path, data) in enumerate(sorted(pages.items()), start=1):
        text = mediawiki(path, data.decode())
        name = PurePosixPath(path).stem.replace("-", " ").capitalize()
        rows.append(f"<page><title>{html.escape(name)}</title><ns>0</ns><id>{number}</id>")
        for revision, (who, part) in enumerate(
            (("Sato", text[: len(text) // 2]), ("Miller", text))
        ):
            rows.append(
                f"<revision><id>{number * 10 + revision}</id><timestamp>202{3 + revision}-04-0{1 + number % 9}"
                f"T09:00:00Z</timestamp><contributor><username>{who}</username><id>{7 + revision}</id></contributor>"
                "<model>wikitext</model><format>text/x-wiki</format>"
                f'<text xml:space="preserve">{html.escape(part)}</text></revision>'
            )
        rows.append("</page>")
    return "\n".join([*rows, "</mediawiki>", ""]).encode()


def help_center(pages: Files, language: str) -> Iterator[tuple[str, bytes]]:
    """A help center's articles as HTML files by category and section, and the list of them."""
    from markdown_it import MarkdownIt

    parser, listed = MarkdownIt("gfm-like", {"html": True, "linkify": False}), []
    for path, data in sorted(pages.items()):
        if not path.endswith(".md"):
            continue
        text = data.decode()
        title, number = title_of(path, text), 360_000_000_000 + crc32(path.encode())
        body = parser.render(re.sub(r"\A\s*# .*\n", "", without_header(text)))
        body = re.sub(
            r'href="[^":]+/([\w-]+)\.md"', rf'href="/hc/{language}/articles/{number}-\1"', body
        )
        name = f"{number}-{PurePosixPath(path).stem}.html"
        folder = PurePosixPath(path).parent.as_posix()
        page = (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{html.escape(title)}</title>\n</head>\n<body>\n<h1>{html.escape(title)}</h1>\n"
            f'<div class="article-body">\n{body}</div>\n</body>\n</html>\n'
        )
        yield f"{language}/{folder}/{name}", page.encode()
        listed.append({
            "id": number, "title": title, "locale": language, "draft": False, "outdated": False,
            "html_url": f"https://acme.zendesk.com/hc/{language}/articles/{number}",
            "label_names": [], "section_id": crc32(folder.encode()), "body": body,
            "created_at": "2023-03-01T09:00:00Z", "updated_at": "2025-06-12T04:31:00Z",
        })  # fmt: skip
    listing = {"articles": listed, "count": len(listed), "next_page": None, "page": 1}
    yield f"{language}/articles.json", json.dumps(listing, ensure_ascii=False, indent=1).encode()


def vault(sources: Sources) -> Files:
    """A vault: notes with `[[links]]`, aliases, tags in the text, attachments in one folder."""
    pages = sources.project("office-support/Outlook")
    files = texts(below(pages, "Outlook"), note)
    for name in re.findall(
        r"!\[\[([^\]\n]{1,200})\]\]", b"\n".join(files.values()).decode("utf-8", "replace")
    ):
        files[f"attachments/{name}"] = b"\x89PNG\r\n\x1a\n"
    daily = {
        f"Daily/2025-03-{day:02}.md": f"# 2025-03-{day:02}\n\n- [ ] answer [[{name}]]\n- called back\n".encode()
        for day, name in enumerate(
            (PurePosixPath(path).stem for path in sorted(pages)[:12]), start=1
        )
    }
    settings = {
        ".obsidian/app.json": b'{"attachmentFolderPath": "attachments"}\n',
        "Templates/Ticket.md": b"---\ntags: [ticket]\ndate: {{date}}\n---\n# {{title}}\n\n## What happened\n",
    }
    return {**files, **daily, **settings}


def dokuwiki_data(sources: Sources) -> Files:
    """A copy of DokuWiki's `data/`: pages in its syntax, media, old revisions."""
    files: Files = {"conf/local.php": b"<?php\n$conf['title'] = 'Handbook';\n"}
    for path, data in sources.project("office-support/SharePoint/OneDrive").items():
        if path.endswith(".md"):
            name = path.removesuffix(".md").lower()
            files[f"data/pages/{name}.txt"] = dokuwiki(path, data.decode()).encode()
            files[f"data/meta/{name}.changes"] = (
                f"1650000000\t127.0.0.1\tC\t{name.replace('/', ':')}\tsato\tcreated\n".encode()
            )
    for page in [data for path, data in files.items() if path.endswith(".txt")]:
        for name in re.findall(r"\{\{ :([^|\n]{1,200}) \|", page.decode()):
            files[f"data/media/{name.replace(':', '/')}"] = b"\x89PNG\r\n\x1a\n"
    return files


def mediawiki_dump(sources: Sources) -> Files:
    """The XML export of a MediaWiki."""
    pages = {
        path: data
        for path, data in sources.package("npm", "docs/content").items()
        if path.endswith(".md")
    }
    return {"export.xml": mediawiki_export(pages)}


def help_center_export(sources: Sources) -> Files:
    """A help center's articles as HTML, in two languages."""
    english = dict(help_center(sources.project("office-support/Microsoft365"), "en-us"))
    terms = {
        path: data for path, data in sources.project("cncf-glossary/content/ja").items()
        if path.endswith(".md") and "/" not in path and not path.startswith("_")
    }  # fmt: skip
    return {**english, **dict(help_center(below(terms, "glossary"), "ja"))}
