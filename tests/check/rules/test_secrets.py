"""Planted secrets. They are put together here: none of them stands in this file as it would in one."""

from __future__ import annotations

import random
import string

import pytest
from tests.conftest import Base, Run

_CHANCE = random.Random(11)  # noqa: S311 - made up, the same in each run
_LETTERS = string.ascii_letters + string.digits


def made(size: int, letters: str = _LETTERS) -> str:
    """So many letters without a run of six that a list of examples would have."""
    return "".join(_CHANCE.choice(letters) for _ in range(size))


HEX, UPPER = "0123456789abcdef", string.ascii_uppercase + "234567"
SECRETS = [
    "AKIA" + made(16, UPPER),
    "ASIA" + made(16, UPPER),
    "aws_secret_access_key = " + made(40),
    'AWS_SECRET_ACCESS_KEY="' + made(40) + '"',
    "AccountKey=" + made(86) + "==",
    "AIza" + made(35),
    "GOCSPX-" + made(28),
    *("gh" + kind + "_" + made(36) for kind in "pousr"),
    "github_pat_" + made(22) + "_" + made(59),
    "glpat-" + made(20),
    "xoxb-" + made(12, string.digits[1:]) + "-" + made(12, string.digits[1:]) + "-" + made(24),
    "xoxp-" + made(40),
    "https://hooks.slack.com/services/T" + made(8, UPPER) + "/B" + made(8, UPPER) + "/" + made(24),
    "sk_live_" + made(24),
    "rk_live_" + made(24),
    "npm_" + made(36),
    "pypi-AgE" + made(60),
    "SG." + made(22) + "." + made(43),
    "sk-ant-api03-" + made(60),
    "sk-proj-" + made(48),
    "sk-" + made(48),
    "hf_" + made(34),
    "dop_v1_" + made(64, HEX),
    "shpat_" + made(32, HEX),
    "SK" + made(32, HEX),
    made(32, HEX) + "-us12",
    "-----BEGIN RSA " + "PRIVATE KEY-----\nMII" + made(61),
    "-----BEGIN OPENSSH " + "PRIVATE KEY-----\\n" + made(70),
    "-----BEGIN EC PRIVATE "
    "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0D1E\n\n" + made(64),
    "-----BEGIN " + "PRIVATE KEY-----\n    " + made(64),
    "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n" + made(64),
    "eyJ" + made(30) + ".eyJ" + made(40) + "." + made(43),
    "postgres://app:" + made(14) + "@db.internal:5432/app",
    "https://kim:" + made(10) + "@git.internal/x.git",
    "redis://default:" + made(20) + "@cache.internal",
]
PERSONAL = [
    "4242 4242 4242 4242",
    "4012-8888-8888-1881",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "3714 496353 98431",
    "6011000990139424",
    "3530111333300000",
    "30569309025904",
    "マイナンバー：6214 9832 0257",
    "個人番号 621498320257",
    "My Number: 6214-9832-0257",
    "090-3826-4417",
    "080 3826 4417",
    "07038264417",
    "050-3826-4417",
    "03-3826-4417",
    "045-382-4417",
    "0463-82-4417",
    "04992-2-4417",
    "+81 90 3826 4417",
    "+81-3-3826-4417",
    "+49 30 901820 44",
    "+44 20 7946 0958",
    "+1 415-382-4417",
    "(415) 382-4417",
    "〒150-0043",
    "東京都渋谷区道玄坂2-10-7",
    "神奈川県横浜市西区高島1丁目2番5号",
    "大阪府大阪市北区梅田3-1-3",
]
FINE = [
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "glpat-your-token-goes-right-here",
    "https://user:password@example.com/",
    "https://user:pass@host/",
    "postgres://app:$PASSWORD@db/app",
    "https://{{ user }}:{{ token }}@host/",
    "https://<user>:<token>@host/",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
    "-----BEGIN CERTIFICATE-----",
    "a file that begins with `-----BEGIN RSA " + "PRIVATE KEY-----` is one",
    "-----BEGIN DSA " + "PRIVATE KEY-----\n...\n-----END DSA " + "PRIVATE KEY-----",
    "-----BEGIN " + "PRIVATE KEY-----\\nXXXX\\nXXXX\\n-----END " + "PRIVATE KEY-----",
    "-----BEGIN OPENSSH " + "PRIVATE KEY-----\n(the key)\n-----END",
    "amqp://guest:guest@localhost:5672/",
    "postgresql://postgres:postgres@db/app",
    "mysql://root:パスワード@localhost/app",
    "mysql://root:ここにパスワード@localhost/app",
    "mysql://root:密码@localhost/app",
    "mysql://root:mot_de_passe@localhost/app",
    "mysql://root:contraseña@localhost/app",
    "https://kim:my-password1@git.internal/x.git",
    "https://kim:change_me@git.internal/x.git",
    "https://kim:secret123@git.internal/x.git",
    "redis://default:p@ssw0rd@cache.internal",
    "xoxb-not-a-real-token-this-will-not-work",
    "glpat-put-a-long-token-here",
    "AKIA" + "AB" * 8,
    "uses: aws-actions/configure-aws-credentials: " + "3f786850e387550fdab836ed7e6dc881de23001b",
    "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
    "-----BEGIN PUBLIC KEY-----",
    "commit 3f786850e387550fdab836ed7e6dc881de23001b",
    "0x0000000000000000",
    "4242 4242 4242 4241",
    "1234 5678 9012 3456",
    "EXPOSE 4317 4318 12001",
    "span 7b2f1a9c 1700000000000000000",
    "6214 9832 0257",
    "2026-11-24 09:30:12",
    "v0.120.0-1234",
    "192.168.100.200",
    "0120-123-456",
    "+1 212-555-0142",
    "(212) 555-0142",
    "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
    "1-800 of 12-345-6789 pages",
    "東京都の人口",
    "件名 123-4567",
]


def codes(base: Base, kb: Run, line: str) -> set[str]:
    base.write("articles/a.md", f"---\ntitle: A\n---\nSome words, {line} and more.\n")
    out = kb("check").out
    assert len(line) < 12 or line not in out  # a report is a log
    return {code for code in ("secret", "personal") if f"[{code}]" in out}


@pytest.mark.parametrize("line", SECRETS)
def test_a_secret_is_found(base: Base, kb: Run, line: str) -> None:
    assert codes(base, kb, line) == {"secret"}


@pytest.mark.parametrize("line", PERSONAL)
def test_personal_data_is_found(base: Base, kb: Run, line: str) -> None:
    assert codes(base, kb, line) == {"personal"}


@pytest.mark.parametrize("line", FINE)
def test_what_is_an_example_or_no_number_of_a_person_is_fine(
    base: Base, kb: Run, line: str
) -> None:
    assert codes(base, kb, line) == set()


def test_secrets_hide_nowhere(base: Base, kb: Run) -> None:
    token = "glpat-" + made(20)
    for path, text in (
        ("articles/a.md", f"---\ntitle: A\n# {token}\n---\nx"),
        ("articles/b.md", f"---\ntitle: B\n---\n<!-- {token} -->"),
        ("macros/c.md", f"---\ntitle: C\n---\n{{% comment %}}{token}{{% endcomment %}}"),
        ("macros/_parts/d.md", token),
    ):
        base.write(path, text)
        assert f"kb/{path}" in kb("check").out
        (base.root / "kb" / path).unlink()


def test_a_find_can_be_allowed_with_a_reason(base: Base, kb: Run) -> None:
    allowed = "<!-- kb allow: personal because it is our own switchboard -->"
    base.write("articles/a.md", f"---\ntitle: A\n---\nCall 03-3826-4417. {allowed}\n")
    done = kb("check")
    assert "[personal]" not in done.out
    assert "because it is our own switchboard" in done.err


@pytest.mark.parametrize(
    "name",
    [
        "kb.toml",
        "articles/trace.har",
        "notes.txt",
        "notes.md",
        "articles/.a/b.md",
        ".env",
        "index.md",
    ],
)
def test_a_secret_in_any_file_below_kb_is_found(base: Base, kb: Run, name: str) -> None:
    token = "glpat-" + made(20)
    base.write(name, f"# one\n# {token}\n")
    assert f"kb/{name}:2: error: a GitLab token: glpa…" in kb("check").out
    assert token not in kb("check").out


def test_pictures_links_and_git_s_own_files_are_not_read(base: Base, kb: Run) -> None:
    token = ("glpat-" + made(20)).encode()
    base.write("articles/a.png", b"\x89PNG\0" + token)
    base.write(".git/config", token)
    (base.root / "outside").write_bytes(token)
    (base.root / "kb" / "link.txt").symlink_to(base.root / "outside")
    assert "[secret]" not in kb("check").out


COMPANYS = [
    "(800) 455-6399",
    "+1 888-382-4417",
    "+800 3826 4417",
    "Hotline: 03-3826-4417",
    "call us at (415) 382-4417",
    "the service desk (desk@acme.com, 03-3826-4417)",
    "support@acme.com\n\n+44 20 7123 0958",
    "サポート窓口: 03-3826-4417",
    "お問い合わせ先\n電話 03-3826-4417",
    "返送先: 〒150-0043",
    "本社 東京都渋谷区道玄坂2-10-7",
    'someone@example.com\n"number": "4432-8015-6152-0454"',
]
PEOPLES = [
    "Ms Tanaka called our hotline from 03-3826-4417",
    "お問い合わせ窓口に 田中様 03-3826-4417",
    "サポート窓口: 090-3826-4417",
    "someone@acme.com 4432-8015-6152-0454",
]


@pytest.mark.parametrize("line", COMPANYS)
def test_a_companys_own_number_is_no_person(base: Base, kb: Run, line: str) -> None:
    assert codes(base, kb, line) == set()


@pytest.mark.parametrize("line", PEOPLES)
def test_a_person_stays_one_beside_a_hotline(base: Base, kb: Run, line: str) -> None:
    assert codes(base, kb, line) == {"personal"}


@pytest.mark.parametrize(
    "files",
    [
        {"kb.toml": '[check]\ncontacts = ["+81 3-3826-4417"]\n'},
        {"kb.toml": '[team]\nphone = "03 3826 4417"\n'},
        {"articles/contact.md": "---\ntitle: Where we are\n---\n03-3826-4417\n"},
        {"articles/b.md": "---\ntitle: お問い合わせ\n---\n03-3826-4417\n"},
        {f"articles/b{n}.md": f"---\ntitle: B{n}\naudience: public\n---\n03-3826-4417\n" for n in range(3)},
        {f"articles/b{n}.md": f"---\ntitle: B{n}\n---\n03-3826-4417\n" for n in range(4)},
    ],
    ids=["kb.toml", "team", "contact page", "its title", "public", "many"],
)  # fmt: skip
def test_the_teams_own_number_is_learned(base: Base, kb: Run, files: dict[str, str]) -> None:
    assert codes(base, kb, "03-3826-4417") == {"personal"}
    for path, text in files.items():
        base.write(path, text)
    assert codes(base, kb, "03-3826-4417") == set()
    assert codes(base, kb, "03-3826-4418") == {"personal"}
