"""Numbers and codes that name one thing of one customer: tickets, orders, accounts, devices."""

from __future__ import annotations

import re

from cannery.capture.kind import Kind, Test, before, line_of, pattern
from cannery.capture.personal_span import Placeholder

_CODE = r"(?=[A-Z/-]{0,30}+\d)[A-Z0-9](?:[A-Z0-9/-]{1,30}[A-Z0-9]|[A-Z0-9])"
_SMALL = r"(?=[a-z_-]{0,30}+\d)[a-z][a-z0-9_-]{2,30}"
_IS = (
    r"[ 　]*+[（(]?[ 　]*+(?:(?:(?:has|with|under) )?(?:the )?(?:[Nn]umbers?|[Nn][Oo]\.?|ID|id|code|key|address|reference|"
    r"番号|コード|キー|名)s?)?[ 　]*+第?[ 　]*+(?:[:：]|(?:は|の|is|was)(?![a-z]))?[ 　]*+[「『(（\"'“‘`*]{0,3}[ 　]*+"
)
_ENDS = r"(?![\w@%]|[,./-]\w|\) ?\d|[ 　]?(?:円|ドル|ユーロ|席|台|名|件|個|GB|MB|ms))"


def _keyed(words: str) -> re.Pattern[str]:
    """A word that names a kind of number, and then the number; its # stays."""
    return pattern(rf"(?:{words}){_IS}(?P<v>#?(?P<p>{_CODE})){_ENDS}")


_OTHER_TICKET = re.compile(
    r"(?:other|previous|earlier|former|old|linked|related|duplicate|internal|another|second|parent|merged|engineering|"
    r"前回|別|以前|過去|関連|社内|元|先日|重複)(?:の|した|する)? ?(?:support )?$|(?:of|into|with) $",
    re.IGNORECASE,
)  # fmt: skip
_PARCEL = re.compile(r"荷物|配送|配達|伝票|parcel|courier|carrier", re.IGNORECASE)
_PUBLIC = re.compile(
    r"^(?:UTF|SHA|MD|ISO|IEC|RFC|CVE|CWE|AES|RSA|TLS|SSL|HTTP|IEEE|JIS|DIN|EN|PEP|KB|ERR|E|EC|WIN|USB|IP|IPV|GPT|COVID|"
    r"ES|HTML|CSS|MP|[A-Z](?=-?\d{1,3}$)|TS|OS|AP|SP|FY|PC|PS|TCP|UDP|RS|CP|WCAG|GDPR|SOC|PCI|ASCII|RAID|CAT|"
    r"DDR|HDMI|LTE|WPA|CC|GPL|MIT|NIST|NIS|RJ|TR|BASE|INT|UINT|FLOAT|CRC|OAUTH|SAML|API)-?\d{0,4}(?:-\d{1,4})?$"
)
_ERROR = re.compile(
    r"(?:errors?|codes?|status|messages?|warnings?|exceptions?|エラー|コード|警告|例外|ステータス)[ 　]?(?:code|コード|番号)?[ 　:：「(（\"'`]*$"
    r"|(?:エラー|ログ)[^。]{0,12}$",
    re.IGNORECASE,
)  # fmt: skip
_NO_CODE = re.compile(
    r"\b(?:RFC|ISO|CVE|page|port|line|chapter|section|HTTP|step|ページ|ポート|手順)[ -]?$",
    re.IGNORECASE,
)


_NUMBER_WORD = re.compile(
    r"number|no\b|#|ID|id\b|番号|コード|code|key|reference|:|：", re.IGNORECASE
)
_SHORT = re.compile(r"#?(?:\d{1,3}|(?:19|20)\d\d)")


def _is_number(match: re.Match[str]) -> bool:
    """A short one, or what may be a year, only where the text calls it a number."""
    told = match.string[match.start() : match.start("p")]
    return not _SHORT.fullmatch(match["v"]) or bool(_NUMBER_WORD.search(told))


def _is_this_ticket(match: re.Match[str]) -> bool:
    word = match.string[max(0, match.start() - 30) : match.start()].rpartition("\n")[2]
    return not _OTHER_TICKET.search(word)


def _is_request(match: re.Match[str]) -> bool:
    """Of a parcel, what the carrier asks for is its own number."""
    return _is_number(match) and not _PARCEL.search(before(match, 25))


def _is_own_code(match: re.Match[str]) -> bool:
    """No standard's, no error's: a code that means one thing of somebody."""
    return not (_PUBLIC.match(match["v"]) or _is_error(match))


def _is_error(match: re.Match[str]) -> bool:
    return bool(_ERROR.search(before(match)) or _NO_CODE.search(before(match)))


def _kind(name: str, label: str, source: str, accepts: Test = bool) -> Kind:
    return Kind(Placeholder(name, label), pattern(source), accepts)


_TICKET = Placeholder("ticket_id", "Ticket number", source="ticket.id")
_REFERENCE = Placeholder("reference", "Reference")
_NOUNS = (
    r"(?i:account|user|customer|client|workspace|project|organi[sz]ation|tenant|team|build|job|pipeline|run|task|licen[sc]e|serial|"
    r"subscription|contract|incident|reference|ref|transaction|payment|quote|quotation|estimate|booking|reservation|confirmation|"
    r"policy|member(?:ship)?|device|asset|shipment|return|RMA|part|model|employee|student|case|session|trace|request|correlation|message|"
    r"change|problem|bug|deployment|instance|batch|voucher|coupon|customs|claim|purchase)"
)
_NOUNS_JA = (
    "アカウント|ユーザー|お?客様|顧客|会員|契約|ビルド|ジョブ|パイプライン|ライセンス|シリアル|プロジェクト|組織|管理|整理|見積書?|"
    "予約|取引|決済|支払い?|社員|学籍|機器|端末|製造|型番|障害|インシデント|参照|案件|申込|申請|保険|証券|確認|返品|口座|リクエスト|"
    "トランザクション|テナント|ワークスペース|デバイス|クーポン|バウチャー|サブスクリプション|承認|登録|識別|承り|部品|品番|製品"
)

NUMBERED = (
    _kind("id", "ID", r"(?<![\w-])(?P<v>[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})(?![\w-])"),
    _kind("mac_address", "MAC address", r"(?<![\w:-])(?P<v>[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5})(?![\w:-])"),
    _kind("bank_account", "Bank account", r"\b(?P<v>[A-Z]{2}\d{2}(?: [A-Z0-9]{4}){3,7}(?: [A-Z0-9]{1,3})?|[A-Z]{2}\d{2}[A-Z0-9]{4}\d{7,22})\b"),
    _kind("tax_number", "Tax number",
          r"(?i:VAT|tax|TVA|USt|UID|GST|ABN|EIN|NIF|CIF|BTW|MwSt|IVA|ICO|登録番号|法人番号|インボイス番号|事業者番号)[ -]?"
          r"(?:(?i:registration|reg|identification|IdNr|Id) ?)?[.]?(?:番号)?"
          rf"{_IS}(?P<v>[A-Z]{{0,4}}[ -]?\d[\dA-Z.-]{{6,16}}\d(?: ?[A-Z]{{2,3}})?|\d{{2,3}}(?: \d{{3}}){{2,3}}|[A-Z]{{2}}(?: ?\d{{3,4}}){{2,4}})(?!\w)"),
    _kind("tax_number", "Tax number",
          r"\b(?P<v>T\d{13}|ATU\d{8}|(?:BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)\d{8,12}(?:B\d{2})?"
          r"|CHE-?\d{3}\.?\d{3}\.?\d{3}(?: MWST| TVA)?)\b"),
)  # fmt: skip
KINDS = (
    Kind(_TICKET, _keyed(r"(?<![\w-])(?i:(?:support[ -])?tickets?|case|チケット|(?:お?問い?合わ?せ|受付)(?=番号|No|ID))"),
         _is_request, _is_this_ticket),
    Kind(_TICKET, _keyed(r"(?<!pull )(?<!merge )(?<!\w)(?i:request)(?=(?: (?:has|with|under))?(?: the)?(?: *#| number| no\b))|リクエスト(?=番号)"),
         _is_request, _is_this_ticket),
    Kind(Placeholder("order_number", "Order number"), _keyed(r"(?i:\border|\bPO|ご?注文|発注)"), _is_number),
    Kind(Placeholder("invoice_number", "Invoice number"), _keyed(r"(?i:invoice|receipt|credit note|請求書?|領収書|納品書|インボイス)"), _is_number),
    Kind(Placeholder("tracking_number", "Tracking number"),
         _keyed(r"(?i:tracking|parcel|waybill|consignment|追跡|お?荷物|(?:お?問い?合わ?せ)?伝票|送り状|(?<=荷物の)お?問い?合わ?せ|(?<=配送の)お?問い?合わ?せ)"), _is_number),
    _kind("merge_request", "Merge request",
          rf"(?i:merge request|pull request|\bMR|\bPR|マージリクエスト|プルリクエスト){_IS}(?P<v>!?\d{{1,8}}){_ENDS}"),
    _kind("commit", "Commit",
          rf"(?i:commit|revision|\bsha|checksum|コミット|リビジョン){_IS}(?P<v>(?=[a-f]{{0,40}}+\d)[0-9a-f]{{7,64}})\b"),
    _kind("card", "Last digits of the card",
          r"(?i:ending(?: in| with)?|ends in|last (?:four|4)(?: digits)?(?: are| is|:)?|末尾(?:が|の|番号)?|下[4四]桁(?:が|の)?|[•*xX●＊]{2,12})"
          r"[ 　]?[「(（]?[ 　]?(?P<v>\d{4})(?![\d-])"),
    _kind("place", "Room or seat", r"(?<![\w-])(?i:room|seat|gate|platform|locker|flight|bay) (?P<v>(?=[A-Z]{0,3}\d)[A-Z]{0,3}\d{1,4}[A-Z]?)(?![\w.-])"),
    _kind("place", "Room or seat", r"(?<![\d-])(?P<v>\d{2,4}号室|\d{1,3}番(?:席|線|ゲート))"),
    _kind("extension", "Extension", r"(?i:\bext(?:ension|\.)?|内線(?:番号)?)[ 　:：は]{0,2}(?P<v>\d{2,6})(?!\d)"),
    Kind(_REFERENCE, pattern(rf"(?:(?<!\w){_NOUNS}(?:'s)?|{_NOUNS_JA}){_IS}(?P<v>#?(?P<p>{_CODE}|{_SMALL})){_ENDS}"), lambda match: _is_number(match) and not _is_error(match)),
    Kind(_REFERENCE, pattern(r"(?<!\w)(?i:number|no\.|ref\.?|ID|番号|コード|No\.?)(?: is|:|：|は)?[ 　]?[「（(]?(?P<v>#?(?P<p>"
                                rf"{_CODE})){_ENDS}"), _is_own_code),
)  # fmt: skip
LONG = (
    Kind(_REFERENCE, pattern(r"(?<![\w&/#])(?P<v>#(?P<p>\d{3,12}))\b")),
    Kind(_REFERENCE, pattern(r"(?<![\w./@=-])(?P<v>(?:[A-Z]{1,6}-(?:[A-Z0-9]{1,6}-)?(?:\d[A-Z0-9]{2,12})(?:-[A-Z0-9]{1,6})?|[A-Z]{2,8}(?:-[A-Z0-9]{2,12}){1,2}-\d{1,4}))(?![\w-]|\.\w)"), _is_own_code),
    Kind(_REFERENCE, pattern(r"(?<![\w./@=-])(?P<v>(?=[A-Z]{0,20}+\d)(?=\d{0,20}+[A-Z])[A-Z0-9]{8,24})(?![\w-]|\.\w)"), _is_own_code),
    Kind(_REFERENCE, pattern(r"(?<![\w.,/=:+-])(?P<v>\d{7,20}|\d{4}-\d{4}-\d{4})(?![\w-]|[.,:]\d)"), _is_own_code),
)  # fmt: skip

_ACTS = re.compile(
    r"\b(?:add|order|purchas|bought|buy|quote|invoice|increase|reduc|upgrade|extend|remov|refund|return|from|wants?|needs?|asked|more|additional)\w{0,4}\b|追加|注文|購入|見積|"
    r"契約|変更|削減|返品|分の",
    re.IGNORECASE,
)  # fmt: skip


def _is_of_the_case(match: re.Match[str]) -> bool:
    return bool(_ACTS.search(line_of(match)))


QUANTITIES = (
    Kind(
        Placeholder("quantity", "Quantity"),
        pattern(
            r"(?<![\w.,-])(?P<v>(?P<p>\d{1,5}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
            r"(?: more| additional| extra| new)? (?:seats|licen[cs]es|copies|units|machines|devices|pieces|boxes|rooms))\b"
        ),
        _is_of_the_case,
    ),
    Kind(
        Placeholder("quantity", "Quantity"),
        pattern(r"(?<![\d.,])(?P<v>(?P<p>\d{1,5})[ 　]?(?:席|台|ライセンス|シート|名様?分|冊|個|箱|セット|室))(?![目以前後])"),
        _is_of_the_case,
    ),
)  # fmt: skip
