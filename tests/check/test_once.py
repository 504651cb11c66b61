"""A trip of `kb check` reads each file once and compiles each template once."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.conftest import Base

# In a process of its own: an audit hook stays, and what was compiled before would not be again.
COUNTED = """
import json, os, sys
from collections import Counter
from pathlib import Path

import liquid
from cannery.operations.check import check
from cannery.workspace import open_workspace

reads, texts = Counter(), Counter()
compile_ = liquid.Environment.from_string

def opened(event, arguments):
    if event == "open" and "/kb/" in str(arguments[0]) and not arguments[2] & os.O_DIRECTORY:
        reads[str(arguments[0]).rpartition("/kb/")[2]] += 1

def from_string(environment, text, *arguments, **named):
    texts[text] += 1
    return compile_(environment, text, *arguments, **named)

workspace = open_workspace(Path.cwd())
sys.addaudithook(opened)
liquid.Environment.from_string = from_string
result = check(workspace)
print(json.dumps([reads, texts, [item.code for item in result.problems]]))
"""
MACRO = """---
title: {name}
subject: About {{{{ order }}}}
fields:
- name: order
- name: until
  default: "{{{{ order }}}} days"
---
{{% render 'hello' %}}

{name}: {{{{ order }}}} {{{{ until }}}} {{% render 'bye', name: order %}}
"""


def _counts(base: Base) -> tuple[dict[str, int], dict[str, int], list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", COUNTED],
        cwd=base.root,
        capture_output=True,
        text=True,
        check=True,
    )
    reads, texts, codes = json.loads(done.stdout)
    return reads, texts, codes


def _write(base: Base) -> list[str]:
    files = {
        "index.md": "# Help\n",
        "synonyms.yml": "- [refund, money back]\n",
        "articles/har.md": "---\ntitle: HAR files\n---\nHow to record one.\n",
        "articles/har.ja.md": "---\ntitle: HAR ファイル\n---\n記録方法です。\n",
        "macros/_parts/hello.md": "Hello {{ ticket.requester.name }}\n",
        "macros/_parts/bye.md": "Bye {{ name }}\n",
        **{f"macros/{name}.md": MACRO.format(name=name) for name in ("refund", "reset", "trial")},
    }
    for name, text in files.items():
        base.write(name, text)
    return [*files]


def test_each_file_is_read_once(base: Base) -> None:
    names = _write(base)
    reads, _, codes = _counts(base)
    assert codes == []
    assert {name: reads.get(name) for name in names} == dict.fromkeys(names, 1)
    assert max(reads.values()) == 1


def test_each_template_is_compiled_once(base: Base) -> None:
    _write(base)
    _, texts, _ = _counts(base)
    # Three bodies, and a subject, a default and two parts that all share.
    assert sorted(texts.values()) == [1] * 7
    assert "About {{ order }}" in texts


def test_what_is_cached_is_read_once_too_and_not_compiled(base: Base) -> None:
    names = _write(base)
    _counts(base)
    reads, texts, _ = _counts(base)
    assert {name: reads.get(name) for name in names} == dict.fromkeys(names, 1)
    assert texts == {}
