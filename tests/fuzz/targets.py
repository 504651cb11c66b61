"""What strangers' bytes reach, as functions of bytes: the same for hypothesis and for atheris.

Each may end with a CanneryError, which is told to the user, and with nothing else: any other
exception would be exit code 3. None of them may write a file, start a program or open a connection.
"""

from __future__ import annotations

import contextlib
import dataclasses
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from cannery.capture.macro import as_macro
from cannery.capture.personal import personal
from cannery.capture.secret import passwords
from cannery.check import baseline as baselines
from cannery.check.page import page
from cannery.check.runner import examine
from cannery.content.comments import strip_comments
from cannery.content.library import parts_for, read
from cannery.content.markdown import parse, tree
from cannery.content.marks import Url
from cannery.content.rewrite_keys import rewrite_keys
from cannery.errors import CanneryError
from cannery.exchange.desks.article_html import canonical
from cannery.exchange.finish import finished
from cannery.exchange.placeholders.accepted import is_accepted
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.exchange.table import FORMATS, read_all
from cannery.hosts.addresses import remote_repo, request_in
from cannery.model.entry import Macro
from cannery.model.front_matter import FrontMatter
from cannery.render.article_markdown import article_markdown
from cannery.render.comparable import comparable
from cannery.reply.compose import compose
from cannery.reply.form import build_form
from cannery.reply.resolve import Request, resolve
from cannery.reply.ticket import read_ticket
from cannery.rest.loopback import outcome_of
from cannery.rest.pace import retry_after
from cannery.rest.proxy import ProxyError, read_proxy
from cannery.rest.request_target import redirect_target, request_target
from cannery.rest.said import reason
from cannery.richtext.article import article_nodes
from cannery.richtext.to_markdown import as_markdown
from cannery.site.metadata import strip_metadata
from cannery.util.address import Web, web, without_credentials
from cannery.util.plain import clean, escaped_json
from cannery.weblinks.address import (
    Address,
    has_credentials,
    read_address,
    redirected,
    why_not_asked,
)
from cannery.workspace import Settings

Target = Callable[[bytes], None]
SETTINGS = Settings()
OTHERS = FrontMatter(
    ("layout", "audience", "fields"),
    {"description": "summary", "last.date": "reviewed", "aliases": "redirect_from", "url": "redirect_from",
     "authors": "owner", "categories": "tags", "visible": "audience", "state": "status"},
    is_public=True,
)  # fmt: skip
NOW = datetime(2026, 11, 25, tzinfo=UTC)
_TOUCHES = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "socket.connect",
)
_guarded = [False]


def front_matter(data: bytes) -> None:
    """A file of the knowledge base, as an article, a macro, a part and a front page."""
    for path in ("articles/a/b.md", "macros/a/b.ja.md", "macros/_parts/a.md", "index.md"):
        loaded = read(f"kb/{path}", data, SETTINGS)
        problems = (*loaded.problems, *examine(page(f"kb/{path}", data, SETTINGS)).problems)
        for problem in problems:
            assert problem.path == f"kb/{path}"
            assert isinstance(problem.line, int)


def mapped_front_matter(data: bytes) -> None:
    """The same where kb.toml names other keys, and a value is set by ours."""
    settings = dataclasses.replace(SETTINGS, front_matter=OTHERS)
    for path in ("kb/articles/a/b.md", "kb/macros/a/b.md", "kb/index.md"):
        examine(page(path, data, settings))
    text = data.decode("utf-8", "replace")
    with contextlib.suppress(CanneryError):
        values = {"redirect_from": ["articles/a"], "reviewed": NOW.date(), "summary": "S"}
        rewrite_keys(text, values, OTHERS)


def asked_address(data: bytes) -> None:
    """A link to another site, and where its host leads: what is asked is sound, and no secret."""
    text = data.decode("utf-8", "surrogateescape")
    for written in (
        text,
        f"https://{text}",
        f"https://a.dev/{text}",
        f"https://a.dev/?token={text}",
    ):
        address = read_address(written)
        if address and not why_not_asked(written, address):
            assert address.text.isascii()
            assert address.text.isprintable()
            assert " " not in address.text
            assert read_address(address.text) == address
            assert not has_credentials(address.text)
    redirected(Address("https", "a.dev", 443, "/x"), text)


def template(data: bytes) -> None:
    """A macro's text, surveyed, laid out and filled in with values that are hostile too."""
    body = data.decode("utf-8", "replace")
    head = b"---\ntitle: T\nfields:\n  - a: {label: A}\n  - b: {type: yesno}\n  - c: {type: number}\n---\n"
    macro = read("kb/macros/a/b.md", head + body.encode(), SETTINGS).item
    assert isinstance(macro, Macro)
    given = {"a": body[:200] or "x", "b": "yes", "c": "3"}
    request = Request(
        macros=(macro,),
        parts=parts_for((), "en", SETTINGS),
        language="en",
        article_url=lambda id_: Url(f"https://example.com/{id_}"),
        now=NOW,
        given=given,
    )
    with contextlib.suppress(CanneryError):
        known = resolve(request, accept=True)
        more = {item.field.name: "x" for item in known.missing}
        request = dataclasses.replace(request, given={**given, **more})
        compose(request, resolve(request, accept=True).values)
    with contextlib.suppress(CanneryError):
        build_form(request, {"a": body[:50]})


def ticket(data: bytes) -> None:
    """A ticket: JSON, or the text of its page."""
    with contextlib.suppress(CanneryError):
        read_ticket(data.decode("utf-8", "surrogateescape"), "ticket")


def pasted_html(data: bytes) -> None:
    """HTML from the clipboard."""
    with contextlib.suppress(CanneryError):
        as_markdown(data.decode("utf-8", "replace"))


def captured(data: bytes) -> None:
    """A reply that becomes a macro: what comes of it can be read again."""
    text = data.decode("utf-8", "replace")
    parts = personal(text, agent="Aoki")
    for _ in passwords(text):
        pass
    with contextlib.suppress(CanneryError):
        as_macro(text, parts[:1])


def addresses(data: bytes) -> None:
    """What a remote, a setting or a host says about addresses: no credentials come out of it."""
    text = data.decode("utf-8", "surrogateescape")
    web(text)
    without_credentials(text)
    if "t0ken" not in text:
        assert "t0ken" not in without_credentials(f"fatal: https://user:t0ken@host.example/{text}")
    for kind in ("", "github", "gitlab", "gitea", "bitbucket"):
        if where := remote_repo(text, kind):
            request_in(text, where)


def terminal(data: bytes) -> None:
    """Any text on its way to a terminal: nothing steers it, and cleaning it again changes nothing."""
    text = data.decode("utf-8", "surrogateescape")
    cleaned = clean(text)
    assert not set(cleaned) & set("\x1b\x9b\x9d\x07\x08\u202e\u2066")
    assert clean(cleaned) == cleaned
    assert not set(escaped_json(f'"{cleaned}"')) & set("\x1b\x9b\u202e")


def site_text(data: bytes) -> None:
    """An article's text on its way to a site: without comments, each line where it was."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    clean_text = strip_comments(text, mdx=True)
    assert clean_text.count("\n") == text.count("\n")


def served(data: bytes) -> None:
    """A file beside the pages: cleaned, or told and left alone."""
    for ending in ("png", "jpg", "gif", "webp", "svg", "gz", "pdf"):
        cleaned, why = strip_metadata(f"a.{ending}", data)
        assert cleaned == data or not why


def imported(data: bytes) -> None:
    """A file of another program's replies: each reply that comes of it can be filled in."""
    for ending in ("json", "csv", "yml", "md"):
        file = SourceFile(f"a.{ending}", f"a.{ending}", data)
        for name in ("", FORMATS[len(data) % len(FORMATS)].name):
            for reply in read_all([file], name).replies:
                try:
                    done = finished(reply)
                except UnreadableError:
                    continue
                assert is_accepted(done.body)
                assert is_accepted(done.subject)


def baseline(data: bytes) -> None:
    """A file of known findings: what can be written of it is read again."""
    known, faults = baselines.parsed(data.decode("utf-8", "replace"))
    again, none = baselines.parsed(baselines.written(known).decode())
    assert again.items() <= known.items()
    assert not none
    for fault in faults:
        assert fault.line > 0


def desk_answer(data: bytes) -> None:
    """What a desk says of an error, of a wait, and of a sign-in."""
    text = data.decode("utf-8", "replace")
    told = reason(data, 422, ("t0ken",))
    assert len(told) <= 500
    assert "t0ken" not in told
    seconds = retry_after(text)
    assert seconds is None or seconds >= 0
    outcome_of(text, "s")
    with contextlib.suppress(ProxyError):
        read_proxy(text)
    with contextlib.suppress(CanneryError):
        redirect_target(Web("https", "desk.example.com", "base"), "/x?y", text)
    with contextlib.suppress(CanneryError):
        target = request_target(Web("https", "desk.example.com", "base"), text)
        assert target.startswith("/")
        assert target.isascii()
        assert not set(target) & set(" \r\n\t")


def article_html(data: bytes) -> None:
    """An article of a help centre: as it is compared, and as Markdown."""
    text = data.decode("utf-8", "replace")
    known = canonical(text)
    assert canonical(known) == known
    with contextlib.suppress(ValueError):
        nodes = article_nodes(text)
        written = article_markdown(nodes, "en")
        assert written.inexact or comparable(
            tree(parse(written.text, language="en"))
        ) == comparable(nodes)


TARGETS: dict[str, Target] = {
    item.__name__: item
    for item in (
        front_matter,
        mapped_front_matter,
        asked_address,
        template,
        ticket,
        pasted_html,
        captured,
        addresses,
        terminal,
        site_text,
        served,
        imported,
        baseline,
        desk_answer,
        article_html,
    )
}


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if not _guarded[0]:
        return
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if writes or event in _TOUCHES:
        raise AssertionError(f"it touches {event} {arguments[0]!a:.80}")


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Within it, a write, a program and a connection is an AssertionError, whoever begins it."""
    if not getattr(sys, "_kb_fuzz_hook", False):
        sys.addaudithook(_hook)
        sys._kb_fuzz_hook = True  # type: ignore[attr-defined]  # noqa: SLF001 - a hook stays for good
    _guarded[0] = True
    try:
        yield
    finally:
        _guarded[0] = False


SEEDS: dict[str, tuple[str, ...]] = {
    "article_html": (
        '<blockquote class="admonition tip kb-closed"><p class="admonition-title"><b>T</b></p><p>a</p></blockquote>',
        '<p>a<sup><a href="#fn-1">[1]</a></sup></p><ol class="footnotes"><li id="fn-1">b <a href="#fnref-1">x</a></li></ol>',
        '<table><tr><td><p>a</p>b|c<td colspan=2><ul><li>d</table><pre><code class="language-sh">e\n```</pre>',
        "<h2 id='h_01HABCDEFGHJKMNPQRSTVWXYZ2'># *a* {#b}</h2><a href=javascript:x title='\"\\'>[c](d)</a>&nbsp;<br><br>",
        "<p>1. a<br>- b<br>```<br>| - |<br>!!! note<br>&amp;lt; &lt;kbd&gt; https://a.example [^1] <img src='a b' alt=']'>",
    ),
    "desk_answer": (
        '{"error": {"title": "t0ken", "errors": [{"message": "no"}, ["x"]]}, "details": {"a": {"b": "c"}}}',
        "Wed, 21 Oct 2026 07:28:00 GMT",
        "Wed, 99 Xyz 99999999999 07:28:00 +9999",
        "1e400",
        "http://127.0.0.1:1/callback?code=a&state=s&error=%ff",
        "http://kim:p@[::1]:3128",
        "https://desk.example.com:443/next?page[after]=x#y",
        "//desk.example.com\\@evil.example/x",
    ),
    "baseline": (
        "# Known\nkb/a.md:\n  link aa251ba4*2 1e9dd939\n  tag aa251ba4\nkb/b: c.md:\n  link aa251ba4*0\n",
        "<<<<<<< HEAD\nkb/a.md:\n  link aa251ba4\n=======\r\n  link aa251ba4*999999999\n>>>>>>> x\n",
        "# a.md:\n   a:\n:\n  link aa251ba4\n\x0b\x85:\n  link aa251ba4\n",
    ),
    "mapped_front_matter": (
        "---\ntitle: T\ndescription: D\nlast: {date: 05/20/2024}\naliases: [/a/, ../b, x]\nurl: /c/\n---\nBody",
        "---\nauthors: [{name: A}, B]\ncategories: &a [a, b]\ntags: *a\nvisible: no\naudience: [x]\ndraft: yes\n---\n",
        "---\nstate: true\nstatus: draft\nlast:\n  date: [\npublished: soon\n---\n",
    ),
    "asked_address": (
        "a.dev:8443/x?y=z#part",
        "user:pw@a.dev/",
        "[2001:db8::1]:80/",
        "日本.jp/道?質=問",
        "//b.dev/../x",
        "http://127.0.0.1/",
        "http:\\\\a.dev@b.dev/",
        "a.dev/%7B%7Bx%7D%7D?token=1;sig=2",
    ),
    "front_matter": (
        "---\ntitle: T\ntags: [a, b]\naudience: public\nreviewed: 2026-01-02\nreview_every: 180d\n---\n# T\n\nText.\n",
        "---\ntitle: 0xFFFFFFFF\nreviewed: 9999-12-31\nreview_every: 99999d\nactions: {a: 2026-01-01, b: [1:2:3]}\n---\n",
        "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n<<: {d: 1}\n? [1]\n: 2\n---\n{{ c }}",
        "---\nfields:\n  - day: {type: date, default: '{{ today }}'}\n  - n: {type: choice, choices: [a, 1:30, no]}\n---\n{{ day }}{{ n }}",
        '\ufeff---\r\ntitle: !!python/object:os.system x\r\n---\r\n[x](../../etc) ``` {.a #b"><script>}',
        "---\ntitle: [\n---\nx",
        "---\ntitle: a\ntitle: b\n",
        "---\n- [[[[{{{{\n---\n",
    ),
    "template": (
        "{{ a }} {% if b == 'yes' %}{{ c | times: 2 }}{% endif %}",
        "{% for i in (1..9999999) %}{{ i }}{% endfor %}",
        "{% assign x = 'ab' %}{% for i in (1..99) %}{% assign x = x | append: x %}{% endfor %}{{ x }}",
        "{{ a | date: '%9999999d' }}{{ 'x' | split: '' | join: a }}\ue000\ue001",
        "{% case a %}{% when 'x' %}{% render 'a' %}{% else %}{% raw %}{{{% endraw %}{% endcase %}",
        "[{{ a }}]({{ a }}) `{{ a }}` | a |\n|-|\n| {{ a }} |\n",
    ),
    "ticket": (
        '{"ticket": {"id": 1, "requester": {"name": "Kim Lee", "locale": "ja"}}}',
        "Subject: my ticket          please\nRequester: Kim Lee <kim@example.com>\n件名： 遅い\n",
        "[[[[",
        '{"a": 1e999, "a": NaN, "b": "\\ud800"}',
        "#1234: [x](http://y)",
    ),
    "pasted_html": (
        "<p>a<b>b</b><br>c</p><table><tr><td>x</table><!-- <!-- <script>x</script>",
        "<div style='display:none'>x</div><a href='javascript:x'>y</a><pre><code>z</pre>",
    ),
    "captured": (
        "Dear Ms. Kim,\n\nYour order #123-456 of 2026-01-02 (49 EUR) to kim@example.com.\n\nBest,\nAoki",
        "田中様\n\nパスワードは hunter2hunter2 です。\n\n青木 03-1234-5678",
    ),
    "addresses": (
        "https://user:s3cret@github.com/a/b.git",
        "git@github.com:a/b.git",
        "ssh://ssh.github.com:443/a/b",
        "remote: https://gitlab.com/a/b/-/merge_requests/new?x=1",
        "https://github.com\\@evil.example/a/b",
    ),
    "site_text": (
        "# T\n\n<!-- a\n```\n--> `<!--` <!-- b -->\n\n    <!-- c -->\n\n{/* d */}\n",
        '[//]: # (a)\n> [b]: <> "c\nd"\n\n[e][f] [](# \'g\')\n\n[f]: h.md "i"\n[f]: j\n',
    ),
    "served": (
        "<svg xmlns='http://www.w3.org/2000/svg'><defs><g id='a'/></defs><title>b</title></svg>",
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0xxxx\0\0\0\0IENDxxxx",
        "GIF89a\1\0\1\0\0\0\0!\xfe\1x\0,\0\0\0\0\1\0\1\0\0\2\1x\0;",
        "RIFF\x20\0\0\0WEBPVP8X\n\0\0\0\x0c\0\0\0\0\0\0\0\0\0EXIF\0\0\0\0",
        "\x1f\x8b\x08\x1c\0\0\0\0\0\0\1\0xname\0comment\0data",
    ),
    "imported": (
        (
            '{"macros": [{"id": 1, "title": "A::B", "actions": [{"field": "comment_value_html", "value": "<p>{{ticket.id}} {% if a %}<b>x</b>{% endif %}{{dc.x}}</p>"}]}],'
            ' "items": [{"placeholder": "{{dc.x}}", "variants": [{"content": "y", "locale_id": 1}]}]}'
        ),
        '[{"id": 1, "short_code": "a", "content": "`{{x}}` {{y | date: \'%d\'}}"}, {"name": "n", "actions": [{"action_name": "send_message", "action_params": ["m"]}]}]',
        '{"type": "list", "data": [{"type": "macro", "name": [], "body": "<attribute key=\\"a}}\\" default=\'b\'/>", "available_on": {}}]}',
        '{"_results": [{"id": "rsp_1", "name": "a", "body": "{{{{x}}", "subject": "{%", "inbox_ids": 3}, {"id": "rsf_1", "name": "b"}]}',
        '{"data": [{"name": "a", "actions": [{"name": "setResponseText", "arguments": {"body_html": "{{a|datetime_format(\'x\')}}"}}]}]}',
        "name;keywords;content;active\na;b c;#{dt(ticket.x, format: 'y')}#{t(z)} {{ q }};0\n",
        "canned_id,title,response,isenabled\n1,a,%{ticket.name %{x} {%y,fallback=z%},1\n",
        "matches:\n  - trigger: a\n    replace: '{{form1.b}} $|$ {{c}}'\n",
        "---\ntitle: a\n---\n{% render 'b' %} [Name] {{ limit }}",
    ),
    "terminal": ("\x1b]0;title\x07\x1b[31mred\x9b1m\u202e\u2066x\r\x08", "a\tb\n\ud800"),
}
"""What each fuzzer starts from."""
