from __future__ import annotations

from pathlib import Path

import pytest

from cannery.capture.secret import passwords
from cannery.errors import CanneryError
from cannery.operations.capture import refuse_secrets
from tests.capture.marked import REPLIES, read


@pytest.mark.parametrize("path", REPLIES, ids=lambda path: path.stem)
def test_every_planted_secret_is_refused_with_its_line_and_nothing_else(path: Path) -> None:
    reply = read(path)
    lines = {reply.text.count("\n", 0, reply.text.index(secret)) + 1 for secret in reply.secrets}
    if not lines:
        refuse_secrets(reply.text)
        return
    with pytest.raises(CanneryError) as refused:
        refuse_secrets(reply.text)
    told = refused.value.message.splitlines()[1:]
    assert {int(line.split()[1].rstrip(":")) for line in told} == lines
    assert not any(secret in refused.value.message for secret in reply.secrets)


@pytest.mark.parametrize(
    "text",
    [
        "Password: hunter22", "the password is `S3cret`", "パスワードは「abc123」です", "PIN code: 4711",
        "api_key = 9f8e7d6c", "Your token is now aB3dE5fG", "Authorization: Bearer abcdefghij0123456789",
        "password is correct!horse",
    ],
)  # fmt: skip
def test_a_password_that_is_told_is_found(text: str) -> None:
    assert [item.line for item in passwords(f"Hello\n{text}\n")] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "Your password is wrong.", "choose a new password. The link", "パスワードを変更してください",
        "password: {{ password }}", "token: <your token>", "The password is case sensitive.",
        "reset your password at https://example.com/reset1", "a token for each project",
        "パスワードは8文字以上にしてください",
    ],
)  # fmt: skip
def test_what_only_speaks_of_passwords_is_none(text: str) -> None:
    assert [*passwords(text)] == []
