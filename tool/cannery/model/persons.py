"""Names of columns and dimensions that tell of persons: no figure is told by these."""

from __future__ import annotations

import re
import unicodedata

_PERSONS = frozenset(
    """accountable actor admin agent agents assigned assignee assignees author caller client clients
    contact contacts creator customer customers employee employees handler operator owner people
    person persons rep reporter representative requester resolver responder responsible sender staff
    submitter technician user users worker
    担当 担当者 主担当 主担当者 対応者 回答者 受付者 起票者 作成者 更新者 登録者 報告者 依頼者
    申請者 所有者 責任者 社員 職員 従業員 顧客 お客様 利用者 ユーザー ユーザ オペレーター
    オペレータ エージェント 氏名 名前 お名前 連絡先""".split()  # noqa: SIM905 - a list of words is read
)
# What stands beside one of these and changes nothing: whose, and which of a person's names.
_BESIDE = frozenset(
    """a address by case current display email first full id ids incident issue last login mail name
    names no number primary request second the ticket to username""".split()  # noqa: SIM905 - likewise
)
# These name a person by themselves.
_ALONE = frozenset(("email", "login", "mail", "username", "メール", "メールアドレス", "アドレス"))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?:の?(?:氏名|名前|名|id|コード|メールアドレス|メール))$")
_MOST_LETTERS = 100


def names_person(name: str) -> bool:
    """Whether a column of this name tells who: `Assignee name`, `owner_id`, `担当者名`.

    `Agent group` and `customer tier` tell of many.
    """
    spaced = _CAMEL.sub(" ", unicodedata.normalize("NFKC", name[:_MOST_LETTERS]))
    words = [_ENDING.sub("", word) or word for word in _WORD.findall(spaced.casefold())]
    if any(word in _ALONE for word in words):
        return True
    telling = [word for word in words if word not in _BESIDE]
    return bool(telling) and all(word in _PERSONS for word in telling)
