"""Files that a stranger may send, each with something in it that could stop the team."""

from __future__ import annotations


def _macro(header: str, body: str = "Hello {{ name }}\n") -> str:
    return f"---\ntitle: M\n{header}\n---\n{body}"


def _article(header: str, body: str = "Some words.\n") -> str:
    return f"---\n{header}\n---\n{body}"


_DIGITS = "F" * 4000
HOSTILE: dict[str, str | bytes] = {
    "articles/h/hex.md": _article(f"title: 0x{_DIGITS}"),
    "articles/h/octal.md": _article(f"title: 0{'7' * 5000}"),
    "articles/h/int.md": _article(f"title: {'9' * 5000}"),
    "articles/h/sexagesimal.md": _article(f"title: {':'.join(['1'] * 3000)}"),
    "articles/h/sexfloat.md": _article(f"title: {':'.join(['1'] * 3000)}.5"),
    "articles/h/float.md": _article(f"title: 1{'0' * 5000}.0"),
    "articles/h/exponent.md": _article("title: 1.0e+999999999"),
    "articles/h/inf.md": _article("title: .inf\nsummary: .nan\nowner: -.inf"),
    "articles/h/reference.md": _article("title: T", f"a &#{'9' * 5000}; [b](&#{'9' * 5000})\n"),
    "articles/h/reference2.md": _article(f"title: '&#{'9' * 5000};'", f"# H &#{'0' * 5000}65;\n"),
    "articles/h/late.md": _article("title: T\nreviewed: 9999-12-31\nreview_every: 99999d"),
    "articles/h/late2.md": _article("title: T\nreviewed: 2026-01-01\nreview_every: 99999y"),
    "articles/h/day99.md": _article("title: T\nreviewed: 9999-99-99"),
    "articles/h/year0.md": _article("title: T\nreviewed: 0000-01-01"),
    "articles/h/year1.md": _article("title: T\nreviewed: 0001-01-01\nreview_every: 1d"),
    "articles/h/stamp.md": _article("title: 2026-01-01T99:99:99Z\nreviewed: 2026-02-30"),
    "articles/h/zone.md": _article("title: T\nreviewed: 0001-01-01T00:00:00+23:59"),
    "articles/h/tags.md": _article(
        "title: T\ntags: [2026-01-01, 1.5, ~, !!binary aGk=, {a: b}, [c], .nan]"
    ),
    "articles/h/related.md": _article("title: T\nrelated: [2026-01-01, !!set {a, b}, ~, 0xFF]"),
    "articles/h/set.md": _article("title: T\ntags: !!set {a, b}\nkeywords: !!omap [a: 1]"),
    "articles/h/binary.md": _article("title: !!binary /////w==\nowner: !!binary '*'"),
    "articles/h/python.md": _article("title: !!python/object/apply:os.system [id]"),
    "articles/h/tag.md": _article("title: !foo bar\nsummary: !<tag:x> y"),
    "articles/h/laughs.md": _article(
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n"
            for a, b in zip("abcdefgh", "bcdefghi", strict=False)
        )
        + "title: *i"
    ),
    "articles/h/self.md": _article("title: &a [*a]"),
    "articles/h/merge.md": _article("base: &b {title: T}\n<<: *b"),
    "articles/h/badmerge.md": _article("title: T\n<<: 3"),
    "articles/h/brackets.md": _article("title: " + "[" * 60_000),
    "articles/h/brackets2.md": _article("title: " + "[" * 200_000),
    "articles/h/braces.md": _article("title: " + "{" * 60_000),
    "articles/h/dashes.md": _article("- " * 30_000 + "x"),
    "articles/h/tabs.md": _article("-\t" * 30_000 + "x"),
    "articles/h/questions.md": _article("? " * 30_000 + "x"),
    "articles/h/steps.md": _article("\n".join(" " * n + "a:" for n in range(350))),
    "articles/h/keys.md": _article(
        "1: a\n1.5: b\n2026-01-01: c\n~: d\ntrue: e\n? [a]\n: f\n? {b: c}\n: g\ntitle: T"
    ),
    "articles/h/longkey.md": _article("k" * 60_000 + ": v\ntitle: T"),
    "articles/h/longerkey.md": _article("k" * 1_000_000 + ": v\ntitle: T"),
    "articles/h/twice.md": _article("title: One\naudience: public\ntitle: Two"),
    "articles/h/nul.md": _article("title: a\0b"),
    "articles/h/surrogate.md": b"---\ntitle: \xed\xa0\x80\n---\nx\n",
    "articles/h/escape.md": _article('title: "\\ud800\\udfff"\nsummary: "\\x00\\x1b[31m"'),
    "articles/h/bom.md": b"\xef\xbb\xbf",
    "articles/h/boms.md": "\ufeff\ufeff---\ntitle: T\n---\nx\n",
    "articles/h/utf16.md": "---\ntitle: T\n---\nx\n".encode("utf-16"),
    "articles/h/utf32.md": "---\ntitle: T\n---\nx\n".encode("utf-32-be"),
    "articles/h/nel.md": "---\ntitle: a\x85audience: public\n---\nx\n",
    "articles/h/ls.md": "---\ntitle: a\u2028audience: public\u2029status: draft\n---\nx\n",
    "articles/h/open.md": "---\ntitle: T\naudience: public\n\nNever closed.\n",
    "articles/h/before.md": "\nHello\n\n---\ntitle: T\naudience: public\n---\nx\n",
    "articles/h/ends.md": _article("title: T\n--- x\naudience: public"),
    "articles/h/documents.md": _article("title: T\n... \ntitle: U"),
    "articles/h/directive.md": _article("%YAML 9.9\ntitle: T"),
    "articles/h/controls.md": _article("title: a\x1b]0;x\x07b\x9b31m"),
    "macros/h/actions.md": _macro(
        "actions: {a: 2026-01-01, b: 2026-01-01T10:00:00Z, c: !!binary aGk=, d: !!set {x}, e: .nan, f: .inf, g: ~, h: 0x"
        + _DIGITS
        + ", 2026-01-01: x, 1.5: y}"
    ),
    "macros/h/deep.md": _macro("actions: " + "{a: " * 45 + "1" + "}" * 45),
    "macros/h/alias.md": _macro(
        "actions:\n  a: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"  {b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n"
            for a, b in zip("abcdefg", "bcdefgh", strict=False)
        )
    ),
    "macros/h/fields.md": _macro("fields:\n" + "".join(f"- f{n}\n" for n in range(100_000))),
    "macros/h/fields2.md": _macro("fields: [" + ",".join(f"f{n}" for n in range(9000)) + "]"),
    "macros/h/shape.md": _macro(
        "fields: {a: 1, b: [x], c: {name: [y]}, 2026-01-01: {}, ~: {}, 3: {}}"
    ),
    "macros/h/default.md": _macro(
        "fields:\n- {name: name, default: 2026-01-01}\n- {name: b, type: date, default: 9999-99-99}\n- {name: c, default: {a: b}}\n- {name: d, default: [[1]]}\n- {name: e, default: !!binary aGk=}\n- {name: f, type: number, default: .inf}\n- {name: g, default: 0x"
        + _DIGITS
        + "}"
    ),
    "macros/h/choices.md": _macro(
        "fields:\n- {name: name, type: choice, choices: [2026-01-01, ~, .nan, {a: b}, [c], yes, 0x"
        + _DIGITS
        + "]}\n- {name: b, type: choice, choices: {2026-01-01: ~, ~: x, 1.5: [y]}}"
    ),
    "macros/h/pattern.md": _macro(
        "fields:\n- {name: name, pattern: '('}\n- {name: b, pattern: 'x{999999999}'}\n- {name: c, pattern: '"
        + "(" * 5000
        + "x"
        + ")" * 5000
        + "'}\n- {name: d, pattern: '(((a{1,999}){1,999}){1,999}){1,999}'}\n- {name: e, pattern: [a]}\n- {name: g, pattern: '(a|aa)+$', default: '"
        + "a" * 60
        + "b'}"
    ),
    "macros/h/names.md": _macro(
        "fields:\n- {name: [x]}\n- {name: 2026-01-01}\n- {name: ~}\n- {name: "
        + "x" * 9000
        + "}\n- {label: l}\n- ~\n- 3"
    ),
    "macros/h/shortcut.md": _macro("shortcut: [a]\nsubject: {a: b}"),
}

# With scalars as text, what is odd to other readers of YAML is text here.
HARMLESS = [
    "articles/h/documents.md",
    "macros/h/deep.md",
    "articles/h/reference.md",
    "articles/h/reference2.md",
    "articles/h/exponent.md",
    "articles/h/inf.md",
    "articles/h/sexagesimal.md",
]
