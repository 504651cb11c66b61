"""Secrets and personal data that nobody meant to publish: tokens, keys, cards, numbers of people.

Documentation is full of example keys, so what says of itself that it is one is let through. A find
is told by its first letters only: a report is a log.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cannery.check.contacts import contacts
from cannery.check.page import Page
from cannery.check.personal_data import is_made_up, numbers_in
from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content.files import read_bytes
from cannery.content.synonyms import PATH as SYNONYMS
from cannery.errors import ContentError
from cannery.model.location import Problem, Severity
from cannery.util.encoding import decoded
from cannery.util.lazy_pattern import LazyPattern
from cannery.util.spans import Lines

_LOOKED_AT = 1024  # letters; a NUL among them makes a file a picture or the like


_AWS_SECRET, _IN_ADDRESS = "an AWS secret", "a password in an address"


class _Kind(NamedTuple):
    """A kind of secret: a piece of text that each has, and what it looks like."""

    name: str
    hint: str
    pattern: LazyPattern


def _kinds() -> Iterator[_Kind]:
    for name, hint, pattern in (
        ("an AWS key", "A", r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b"),
        (_AWS_SECRET, "aws", r"(?i:aws).{0,30}?[\"'=: ]([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])"),
        ("an Azure storage key", "AccountKey=", r"AccountKey=[A-Za-z0-9/+]{86}=="),
        ("a Google API key", "AIza", r"\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
        ("a Google client secret", "GOCSPX-", r"\bGOCSPX-[A-Za-z0-9_-]{28}"),
        ("a GitHub token", "gh", r"\bgh[pousr]_[A-Za-z0-9]{36,}"),
        ("a GitHub token", "github_pat_", r"\bgithub_pat_[A-Za-z0-9_]{60,}"),
        ("a GitLab token", "glpat-", r"\bglpat-[A-Za-z0-9_-]{20,}"),
        ("a Slack token", "xox", r"\bxox[abeoprs]-[A-Za-z0-9-]{20,}"),
        ("a Slack webhook", "hooks.slack.com", r"hooks\.slack\.com/services/T\w{6,}/B\w{6,}/\w{20,}"),
        ("a Stripe key", "_live_", r"\b[rs]k_live_[A-Za-z0-9]{20,}"),
        ("an npm token", "npm_", r"\bnpm_[A-Za-z0-9]{36}\b"),
        ("a PyPI token", "pypi-", r"\bpypi-AgE[A-Za-z0-9_-]{50,}"),
        ("a SendGrid key", "SG.", r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
        ("an Anthropic key", "sk-ant-", r"\bsk-ant-[A-Za-z0-9_-]{30,}"),
        ("an OpenAI key", "sk-", r"\bsk-(?:proj-)?[A-Za-z0-9]{20,}[A-Za-z0-9_-]{12,}"),
        ("a Hugging Face token", "hf_", r"\bhf_[A-Za-z0-9]{30,}"),
        ("a DigitalOcean token", "dop_v1_", r"\bdop_v1_[a-f0-9]{64}"),
        ("a Shopify token", "shp", r"\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
        ("a Twilio key", "SK", r"\bSK[0-9a-f]{32}\b"),
        ("a Mailchimp key", "-us", r"\b[0-9a-f]{32}-us[0-9]{1,2}\b"),
        ("a private key", "PRIVATE KEY", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?:(?!-----)[\s\S]){0,400}?(?<![A-Za-z0-9+/])([A-Za-z0-9+/]{24,})"),
        ("a signed token", "eyJ", r"(?<![\w.-])eyJ[A-Za-z0-9_-]{15,}+\.eyJ[A-Za-z0-9_-]{15,}+\.[A-Za-z0-9_-]{20,}"),
        (_IN_ADDRESS, "://", r"[a-z][a-z0-9+.-]{1,20}://[^\s/:@\"'<>]{1,60}:([^\s/:@\"'<>]{3,80})@[\w.-]+"),
    ):  # fmt: skip
        yield _Kind(name, hint, LazyPattern(pattern))


_KINDS = tuple(_kinds())
_EXAMPLE = LazyPattern(
    r"example|sample|dummy|placeholder|change.?(?:me|it)|replace.?(?:me|this)|your|redacted|xxx|\*\*\*|\.\.\.|…|000000"
    r"|123456|abcdef|deadbeef|eyJzdWIiOiIxMjM0NTY3ODkw|[$<>{}\[\]%]|(.)\1{5}"
    r"|Eby8vdM02xNOcqFlqUw|C2y6yDjf5/R\+ob0N8A7Cg",  # the two keys of emulators that everybody has
    re.IGNORECASE,
)
# A whole password that stands for one, alone or numbered: in ten languages, and those of vendors.
_STAND_IN = LazyPattern(
    r"(?:(?:my|the|some|a|db|new|old|user|admin|app|super)[-_ ]?)?(?:pass(?:word|wd|wort|phrase)?|pwd|pw|secret|token|key|api[-_]?key"
    r"|hunter2|pa(?:ss|\$\$)w0rd|p@ss(?:w[o0]rd)?|s3cr[e3]t|letmein|qwerty|test(?:ing)?|demo|fake|mock|foo|bar|baz|admin|root|guest"
    r"|user(?:name)?|postgres(?:ql)?|mysql|mariadb|mongo|redis|rabbitmq|minio(?:admin)?|elastic|sa|default|none|null|todo|etc"
    r"|kennwort|mot[-_]?de[-_]?passe|mdp|contrase(?:ñ|n)a|clave|senha|has(?:ł|l)o|wachtwoord|l(?:ö|o)senord|пароль|密[码碼]|비밀번호|암호"
    r"|パスワード|ひみつ|秘密|暗証番号|ここに\w{1,20}|\w{1,20}(?:を入力|を設定)|あなたの\w{1,20})[-_ ]?\d{0,4}\W{0,3}",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[a-z]{1,14}(?:[-_][a-z]{1,14}){2,12}")  # `not-a-real-token`, behind a prefix
_HEX = re.compile(r"[0-9a-f]+")
_LOOKS_MADE = 6  # letters of an alphabet that small, in a key of 16 and more, are typed by hand


def secrets(page: Page) -> Iterator[Problem]:
    """Keys, tokens and passwords: in comments and in front matter too, for Git has them all."""
    yield from secrets_in(page.path, page.text)


def attached(whole: Whole) -> Iterator[Problem]:
    """Secrets in the other files: settings, logs, recordings."""
    for path in whole.others:
        try:
            raw = whole.synonyms if path == SYNONYMS else read_bytes(whole.workspace, path)
        except ContentError:
            continue  # a link, a device, a giant: no file of the knowledge base
        text = decoded(raw, "replace")
        if "\0" not in text[:_LOOKED_AT]:
            yield from secrets_in(path, text)


def secrets_in(path: str, text: str) -> Iterator[Problem]:
    lowered = text.lower()
    for kind in _KINDS:
        if kind.hint not in (lowered if kind.hint.islower() else text):
            continue
        lines = Lines(text)
        for match in kind.pattern.finditer(text):
            if not _is_example(kind, match):
                secret = match[1] if match.re.groups else match[0]
                message = f"{kind.name}: {secret[:4]}…"
                hint = "Revoke it now: it stays in the Git history. Then replace it with a made-up one."
                yield Problem(path, lines.of(match.start()), "secret", message, hint)


def _is_example(kind: _Kind, match: re.Match[str]) -> bool:
    """Whether a secret says of itself that it is none."""
    secret = match[1] if match.re.groups else match[0]
    if _EXAMPLE.search(secret) or _STAND_IN.fullmatch(secret):
        return True
    if kind.name == _IN_ADDRESS:
        user = match[0].partition("://")[2].partition(":")[0]
        return user == secret  # guest:guest
    if kind.name == _AWS_SECRET and _HEX.fullmatch(secret):
        return True  # a commit of an action of theirs
    is_long = len(secret) >= 2 * _LOOKS_MADE
    behind = re.split(r"[-_]", secret, maxsplit=1)[-1]
    return bool(_WORDS.fullmatch(behind)) or (is_long and len({*secret.lower()}) <= _LOOKS_MADE)


def personal(page: Page) -> Iterator[Problem]:
    """Numbers of cards and of people; what they are reached by is held against all files."""
    lines = page.text.split("\n")
    for item in numbers_in(page.path, page.text):
        if not is_made_up(lines, item.line):
            hint = "Remove it, use a field, or allow it with a reason."
            yield item._replace(hint=hint, severity=Severity.WARNING)


def _page(body: str) -> dict[str, str]:
    return {"articles/deploy.md": f"---\ntitle: Deploy\n---\n{body}\n"}


RULES = (
    Rule(
        code="secret",
        page=secrets,
        whole=attached,
        why="Anyone who reads the repository, now or later, can use a key stored in it.",
        wrong=_page("Set `DATABASE=postgres://app:winter-tokyo-26@db.internal/app` first."),
        right=_page("Set `DATABASE=postgres://app:$PASSWORD@db.internal/app` first."),
    ),
    Rule(
        code="personal",
        page=personal,
        whole=contacts,
        why="Customers' phone numbers, card numbers and addresses don't belong in shared text.",
        wrong=_page("Call Ms Tanaka: 090-3826-4417."),
        right=_page("Call the customer at the number in the ticket."),
    ),
)
