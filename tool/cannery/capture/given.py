"""Names that people gave: of files, users, branches, buckets, machines; and versions that they run."""

from __future__ import annotations

import re

from cannery.capture.kind import Kind, before, pattern
from cannery.capture.personal_span import Placeholder
from cannery.capture.places import HOST, is_file

_USER = Placeholder("user_name", "User name")
_FILE = Placeholder("file_name", "File name")
_NO_USER = re.compile(
    r"^(?:user|username|public|default|shared|admin|administrator|runner|ubuntu|root|app|you|me|name|all users|%\w+%|\$\w+|<\w+>)$",
    re.IGNORECASE,
)


def _is_user(match: re.Match[str]) -> bool:
    return not _NO_USER.match(match["p"])


_NO_HANDLE = re.compile(
    r"@(?:here|channel|everyone|all|media|import|charset|param|return|override|types|angular|babel|latest|next)\b",
    re.IGNORECASE,
)


def _is_handle(match: re.Match[str]) -> bool:
    return not _NO_HANDLE.match(match["v"]) and not match.string.startswith("/", match.end("v"))


_GIVEN = re.compile(
    r"(?:\b(?:your|attached|sent us|upload(?:ed)?|called|named|file|at)\b|お送り|添付|アップロード|ファイル|「)[^.。\n]{0,30}$",
    re.IGNORECASE,
)


def _is_own_file(match: re.Match[str]) -> bool:
    """A name that somebody gave: with a year in it, a version, words; not `setup.exe`."""
    stem = match["v"].rpartition(".")[0]
    named = bool(re.search(r"\d|_|-| |[^\x00-\x7f]", stem))
    return named and bool(_GIVEN.search(before(match)) or re.search(r"\d|[^\x00-\x7f]", stem))


_DOCUMENTS = r"(?:csv|tsv|xlsx?|xlsm|docx?|pptx?|pdf|png|jpe?g|gif|heic|zip|7z|har|eml|msg|mp4|mov|wav|mp3|dmp|psd|ai|dwg|key|numbers|pages|txt|log|json)"
FILES = (
    Kind(_USER, pattern(r"(?P<v>(?:\b[A-Za-z]:\\|\\\\[\w.-]{1,60}\\)(?:Users|Documents and Settings|home|profiles)\\(?P<p>[^\s\\/:*?\"<>|{}（）「」、。]{1,40})(?:\\[^\s\\/:*?\"<>|{}（）「」、。]{1,80}){0,12})"), _is_user),
    Kind(_USER, pattern(r"(?<![\w.~/])(?P<v>(?:/export)?/(?:home|Users)/(?P<p>[^\s/:*?\"'`<>|{}()（）「」、。,]{1,40})(?:/[^\s/:*?\"'`<>|{}()（）「」、。,]{1,80}){0,12})(?<![.])"), _is_user),
    Kind(_FILE, pattern(rf"[\"“「『](?P<v>[^\"“”「」『』\n]{{1,80}}\.{_DOCUMENTS})[\"”」』]"), _is_own_file),
    Kind(_FILE, pattern(rf"(?<![\w./\\-])(?P<v>[\w一-龠々ァ-ヶー-]{{1,60}}(?:\.[\w-]{{1,30}}){{0,3}}\.{_DOCUMENTS})(?![\w/\\])"), _is_own_file),
    Kind(_USER, pattern(r"(?<![\w.@/`+-])(?P<v>@(?P<p>[A-Za-z][\w-]{1,38}(?:\.[\w-]{1,30}){0,2}))(?![\w@])"), _is_handle),
)  # fmt: skip

_WORDS = re.compile(
    r"^(?:self|sign|log|re|pre|post|non|read|write|end|follow|opt|set|back|check|time|two|multi|single|real|long|short|high|low|full|part|on|off|in|"
    r"up|out|well|built|cross|auto|open|third|first|second|one|step|day|client|server|user|team|work|plug|drop|pop|roll|front|top|co|sub|so|e)-"
    r"|-(?:in|up|out|on|off|only|wide|based|level|specific|side|related|hosted|down|by|free|like|party|time|ready|aware|through|over|side|to|end|"
    r"admin|owner|facing|friendly|enabled|defined|managed|generated)$"
)


def _is_resource(match: re.Match[str]) -> bool:
    return not _WORDS.search(match["v"]) and not is_file(match["v"])


_MIXED = re.compile(r"(?=[a-z]{0,12}\d)(?=\d{0,12}[a-z])[a-z0-9]{4,12}")


def _is_made_up(match: re.Match[str]) -> bool:
    """Whether a program has made the name: two parts of it are letters and digits at random."""
    parts = match["v"].split("-")
    return sum(bool(_MIXED.fullmatch(part)) for part in parts) > 1


_NAMED = r"[a-z][a-z0-9]{0,30}(?:[-_/][A-Za-z0-9]{1,30}){1,5}|[a-z]{2,20}\d{1,6}|[A-Z]{2,12}\d{1,6}"
_THINGS = (
    r"(?i:group|project|host|server|machine|node|branch|repository|repo|bucket|workspace|database|schema|queue|cluster|namespace|container|pod|tenant|"
    r"registered as|named|called|instance|runner|agent|channel|site|domain|team|organi[sz]ation|printer|device|user(?: ?name)?|login|account|topic|table|volume|share|index|deployment|vm)"
)
_THINGS_JA = (
    "グループ|プロジェクト|ホスト(?:名)?|サーバー?|マシン|ノード|ブランチ|リポジトリ|バケット|ワークスペース|データベース|キュー|クラスター?|登録名|"
    "ネームスペース|コンテナ|テナント|インスタンス|ランナー|チャンネル|組織|端末(?:名)?|ユーザー|機器(?:名)?|プリンター?|ユーザー名|アカウント(?:名)?|テーブル|ボリューム|共有フォルダ"
)
RESOURCES = (
    Kind(Placeholder("resource", "Name of a resource"), pattern(
        rf"(?:\b{_THINGS}(?: |: ?)(?:name )?(?:is |was )?[\"'“‘`*(]{{0,2}}|(?:{_THINGS_JA})(?:名)?[ 　]?(?:は|：|:|の)?[ 　]?[「『（(`\"]?)(?P<v>{_NAMED})(?![\w@]|[./-]\w)"),
        _is_resource),
    Kind(HOST, pattern(
        r"(?<![\w./@-])(?P<v>(?:[a-z]{1,12}-){0,3}(?:db|web|app|api|srv|server|host|node|build|ci|runner|agent|vpn|mail|ldap|proxy|cache|worker|gw|fw|nas|prod|stage|staging|prd|stg|dc|sql|redis|kafka|queue|printer|lic|edge|lb)"
        r"(?:-[a-z0-9]{1,12}){0,3}-?\d{1,4})(?![\w@]|[./-]\w)")),
    Kind(Placeholder("resource", "Name of a resource"), pattern(
        r"(?<![\w./@-])(?P<v>(?:feature|bugfix|hotfix|fix|release|chore|feat)/[A-Za-z0-9][A-Za-z0-9_-]{1,60})(?![\w@/]|\.\w)")),
    Kind(Placeholder("resource", "Name of a resource"), pattern(
        r"(?<![\w./@-])(?P<v>[a-z][a-z0-9]{1,20}(?:-[a-z0-9]{1,12}){2,5})(?![\w@]|[./-]\w)"), _is_made_up),
    Kind(Placeholder("resource", "Name of a resource"), pattern(
        r"(?<![\w./@-])(?P<v>[a-z][a-z0-9_-]{2,30}/[a-z][a-z0-9]{1,20}[-_][a-z0-9_-]{2,30})(?![\w/.@-])"),
        lambda match: not any(map(_WORDS.search, match["v"].split("/")))),
    Kind(Placeholder("resource", "Name of a resource"), pattern(
        r"(?<![\w./@-])(?P<v>(?!(?:us|eu|ap|sa|ca|af|me)-)[a-z]{2,12}(?:-[a-z0-9]{1,12}){1,3}-\d{1,8}|[a-z]{2,12}-0\d{1,3})(?![\w@]|[./-]\w)")),
    Kind(Placeholder("resource", "Name of a resource"), pattern(
        r"(?i:\b(?:in|repository|repo|project|of)|リポジトリ|プロジェクト|（|\() ?[「`\"]?(?P<v>[a-z][a-z0-9_-]{2,30}/[a-z][a-z0-9_-]{2,40})(?![\w/.@-])"),
        lambda match: match["v"] not in {"and/or", "he/she", "his/her", "read/write"}),
)  # fmt: skip

PLANS = (
    Kind(Placeholder("plan", "Plan"), pattern(
        r"\b[Yy]our (?:current |existing |new )?(?P<v>[A-Z][\w+-]{1,20}(?: [A-Z0-9][\w+-]{0,15})?) (?=plan\b|subscription\b|tier\b)")),
    Kind(Placeholder("plan", "Plan"), pattern(
        r"(?:ご契約(?:中)?の|ご利用(?:中)?の|現在の)「?(?P<v>[ァ-ヶーA-Za-z0-9]{2,16}?)(?=プラン)")),
)  # fmt: skip

VERSIONS = (
    Kind(Placeholder("version", "Version"), pattern(
        r"(?<![\w./@-])(?P<v>[vV]?\d+\.\d+\.\d+(?:[.-][0-9A-Za-z]+)*)(?![\w/])"), lambda match: not re.fullmatch(r"(?:\d+\.){3}\d+", match["v"])),
    Kind(Placeholder("version", "Version"), pattern(
        r"(?i:\b(?:version|release|ver\.?|firmware|v)|バージョン|リリース|ファームウェア|Ver\.?)[ 　]?(?P<v>\d+(?:\.\d+)+)(?![\w])")),
    Kind(Placeholder("version", "Version"), pattern(
        r"\b(?:Chrome|Firefox|Safari|Edge|Windows|macOS|Android|iOS|iPadOS|Ubuntu|Debian|RHEL|Docker|Kubernetes|Postgres(?:QL)?|MySQL|Python|Java|PHP|Node(?:\.js)?|Ruby|Go|Git|"
        r"Runner|Agent|CLI|SDK|App|Desktop|Server|Client|Outlook|Office|Excel)(?: version)? (?P<v>\d+(?:\.\d+)*(?: \d\dH\d)?)(?![\w%]| (?:GB|MB|users))")),
)  # fmt: skip
