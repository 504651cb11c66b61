"""A small knowledge base with one of everything that a page can have, in seven languages, with words too long for a phone."""

from __future__ import annotations

from pathlib import Path

from tests.site.made import chunk

LONG = {
    "en": "Counterrevolutionaries'Internationalization-of-Telecommunications",
    "ja": "スーパーカリフラジリスティックエクスピアリドーシャスマイクロサービスアーキテクチャ",
    "de": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "es": "electroencefalografistasanticonstitucionalísimamente",
    "fr": "hippopotomonstrosesquippedaliophobie-anticonstitutionnellement",
    "ko": "한국어정보처리시스템다국어지원환경설정관리도구모음집사용설명서",
    "zh-cn": "互联网信息服务深度合成管理规定算法备案系统用户使用说明手册完整版",
}
"""A title of each language that no line of a phone holds."""

_SETTINGS = f"""name = "Cannery help for everyone"
site_url = "https://help.example.com"
languages = [{", ".join(f'"{language}"' for language in LONG)}]
default_language = "en"
format = 2

[team]
desk = "Help"
mail_domain = "example.com"

[site]
accent = "#0b5fa5"
contact = "mailto:help@example.com"
picks = ["articles/all/everything", "articles/all/second"]
feedback = "http://127.0.0.1:1/feedback"

[site.announcement]
"" = "Maintenance on Saturday, from 09:00 to 10:00"
ja = "土曜日の 9 時から 10 時までメンテナンスを行います"

[[site.footer]]
title = "Status"
address = "https://status.example.com"
"""
_EVERYTHING = """---
title: {title}
summary: {title} {title}
tags: [network, everything]
owner: support
audience: public
reviewed: 2026-01-02
related: [articles/all/second, macros/all/form]
---
A paragraph with a [link](second.md), `code`, <kbd>Ctrl</kbd> and {title}.

> [!WARNING]
> Mind {title}.

!!! note "{title}"
    A note.

## {title}

1. One step
2. Another one, {title}

- [ ] to do
- [x] done

| {title} | {title} | {title} | {title} |
| --- | --- | --- | --- |
| {title} | a | b | c |

### Deeper

```python title="{title}.py"
print("{title} {title} {title}")
```

<details><summary>{title}</summary>

Hidden.

</details>

![A picture of {title}](../../files/wide.png "{title}")

A footnote[^1].

[^1]: {title}
"""
_SECOND = """---
title: Second article
summary: It comes after the first.
tags: [network]
audience: public
---
Its text tells of a gateway that doesn't answer.

## What to do

Wait.
"""
_FORM = """---
title: {title}
summary: Every type of field
tags: [network]
shortcut: ;form
subject: About {{{{ name }}}}
fields:
  - {{name: name, label: "{title}", help: "{title}"}}
  - {{name: many, type: multiline, required: false}}
  - {{name: plan, type: choice, choices: {{free: Free plan, pro: "{title}"}}}}
  - {{name: parts, type: multichoice, choices: [a, "b, c"], required: false}}
  - {{name: day, type: date, default: "+1"}}
  - {{name: amount, type: number, required: false}}
  - {{name: mail, type: email, required: false}}
  - {{name: page, type: url, required: false}}
  - {{name: late, type: yesno}}
---
Hello {{{{ name }}}},

{{% if late %}}Late{{% else %}}Early{{% endif %}} {{{{ plan }}}} {{{{ parts }}}} {{{{ day }}}} {{{{ amount }}}} {{{{ mail }}}} {{{{ page }}}} {{{{ many }}}}

[{title}](https://example.com/{title})
"""
_PLAIN = """---
title: A macro without fields
summary: It needs none.
---
Hello.
"""


def rich(root: Path) -> Path:
    """Write it to a folder."""
    files: dict[str, str] = {
        "kb/kb.toml": _SETTINGS,
        "kb/macros/all/plain.md": _PLAIN,
        "kb/articles/all/second.md": _SECOND,
    }
    for language, title in LONG.items():
        ending = ".md" if language == "en" else f".{language}.md"
        files[f"kb/index{ending}"] = f"---\ntitle: {title}\n---\n{title} {title}\n"
        files[f"kb/articles/all/index{ending}"] = f"---\ntitle: {title}\nsummary: {title}\n---\n"
        files[f"kb/articles/all/everything{ending}"] = _EVERYTHING.format(title=title)
        files[f"kb/macros/all/form{ending}"] = _FORM.format(title=title)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (root / "kb/files").mkdir()
    (root / "kb/files/wide.png").write_bytes(_wide_picture())
    return root


def _wide_picture() -> bytes:
    """A grey PNG, 1,200 by 300."""
    import struct
    import zlib

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1200, 300, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\x90" * 1200) * 300)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
