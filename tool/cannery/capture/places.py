"""Where something is: hosts, addresses of networks and of houses."""

from __future__ import annotations

import re

from cannery.capture.kind import Kind, pattern
from cannery.capture.personal_span import Placeholder

HOST = Placeholder("host", "Host")
_FILE_END = re.compile(
    r"\.(?:py|js|ts|rb|go|rs|sh|bat|ps1|pl|md|txt|log|json|ya?ml|toml|ini|cfg|conf|xml|html?|css|csv|tsv|xlsx?|docx?|pptx?|pdf|png|jpe?g|gif|svg|"
    r"zip|gz|tar|tgz|exe|dll|msi|dmg|pkg|deb|rpm|app|bin|iso|sql|db|bak|tmp|key|crt|pem|cer|p12|lock|jar|har|eml|mp4|mov|wav|env|so|php|java|c|h|cpp)$",
    re.IGNORECASE,
)
_EVERYBODYS = re.compile(
    r"(?:^|\.)(?:github|gitlab|google|gmail|googleapis|microsoft|office|outlook|windows|apple|icloud|slack|zoom|atlassian|amazon|amazonaws|aws|azure|"
    r"cloudflare|docker|npmjs|pypi|python|debian|ubuntu|paypal|stripe|dropbox|adobe|facebook|linkedin|yahoo|mozilla|wikipedia|node|asp|vue|next)"
    r"\.(?:com|org|io|us|net|co|js|dev|hub)$",
    re.IGNORECASE,
)
_TLD = (
    r"(?:com|net|org|edu|gov|info|biz|io|dev|app|cloud|ai|co|me|tv|eu|uk|de|fr|it|es|nl|be|ch|at|se|no|dk|fi|pl|cz|pt|ie|jp|cn|kr|tw|hk|sg|in|au|nz|"
    r"ca|us|mx|br|ar|za|ru|tr|example|test|local|localdomain|internal|intranet|corp|lan|home|invalid|site|online|tech|store|shop|systems|network)"
)


def is_file(name: str) -> bool:
    return bool(_FILE_END.search(name))


def is_host(name: str) -> bool:
    """Whether a name with dots is somebody's machine or domain, and no file and no public service."""
    return not (is_file(name) or _EVERYBODYS.search(name))


def _is_host(match: re.Match[str]) -> bool:
    return is_host(match["v"].partition(":")[0])


def _is_ipv6(match: re.Match[str]) -> bool:
    from ipaddress import AddressValueError, IPv6Address

    try:
        IPv6Address(match["v"].partition("/")[0].partition("%")[0])
    except AddressValueError:
        return False
    return any(map(str.isdigit, match["v"])) and match["v"] not in {"::1", "::"}


_OF_ALL = frozenset(("127.0.0.1", "0.0.0.0", "255.255.255.255", "8.8.8.8", "1.1.1.1"))  # noqa: S104 - a text's
_MOST = 255


def _is_ipv4(match: re.Match[str]) -> bool:
    address = re.split("[/:]", match["v"])[0]
    return address not in _OF_ALL and all(int(part) <= _MOST for part in address.split("."))


_ADDRESS = Placeholder("ip_address", "IP address")
NETWORK = (
    Kind(_ADDRESS, pattern(r"(?<![\w:.])(?P<v>(?=[0-9a-fA-F]{0,4}:[0-9a-fA-F]{0,4}:)[0-9a-fA-F:]{3,39}(?:/\d{1,3})?)(?![\w:])"), _is_ipv6),
    Kind(_ADDRESS, pattern(r"(?<![\w.])(?P<v>(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2}|:\d{2,5})?)(?![\w.]\d|\w)"), _is_ipv4),
    Kind(HOST, pattern(rf"(?<![\w.@/\\-])(?P<v>(?:\*\.)?(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{{0,61}}[A-Za-z0-9])?\.){{1,6}}{_TLD}(?::\d{{2,5}})?)(?![\w@-]|\.\w|[/\\]\w)"), _is_host),
)  # fmt: skip

_STREET = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place|Pl|Square|Sq|Terrace|Close|Crescent|Cres|Parkway|Pkwy|Highway|"
    r"Hwy|Row|Gardens|Grove|Mews|Quay|Hill|Park|Walk|Circle|Trail)\b\.?"
)
_CAPITAL = r"[A-Z\u00c0-\u00de]['’.]?[a-z\u00df-\u017f][A-Za-z\u00c0-\u017f'’.-]{0,25}"
_POSTCODE = r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2,3},? \d{4,5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4,6}(?: [A-Z]{2}\b)?)"
_TOWN = rf"(?:,? (?:(?:Apt|Suite|Unit|Flat|Floor|Ste|No)\.? ?[\w-]{{1,6}}|{_POSTCODE}|{_CAPITAL}(?: {_CAPITAL}){{0,2}})){{0,5}}"
_JA = "一-龠々ぁ-んァ-ヶー"
_LOT = r"[0-9〇一二三四五六七八九十]{1,4}(?:丁目|番地?|号|[-‐−ー]|の)?[0-9丁目番地号‐−ー-]{0,14}"
_HOUSE = rf"(?:[ 　]?[{_JA}A-Za-z]{{1,20}}?(?:ビル|マンション|ハイツ|タワー|コーポ|荘|館|プラザ|センター)(?:[ 　]?[0-9A-Z]{{1,4}}(?:階|F|号室?)?)?|[ 　]?[0-9]{{1,4}}(?:号室|階|F))?"
_PREFECTURE = "(?:東京都|北海道|京都府|大阪府|[一-龠]{2,3}県)"


def _wide(source: str) -> re.Pattern[str]:
    """A pattern of words with all the letters that towns and streets are written in."""
    return re.compile(source)


_POSTAL = Placeholder("address", "Postal address")
ADDRESSES = (
    Kind(_POSTAL, _wide(rf"(?<![\w.,-])(?P<v>(?:(?:Flat|Apt|Apartment|Unit|Suite)\.? \w{{1,5}},? )?\d{{1,5}}[A-Za-z]?,? (?:[NSEW]\.? )?(?:{_CAPITAL} ){{1,4}}{_STREET}{_TOWN})")),
    Kind(_POSTAL, _wide(
        rf"(?<!\w)(?P<v>(?:{_CAPITAL} ){{0,2}}[A-Za-zÄÖÜäöüßåæø-]{{0,30}}(?i:stra(?:ß|ss)e|str\.|gasse|weg|platz|allee|ring|gatan|vägen|gade|vej|straat|laan|katu) \d{{1,4}}[a-z]?"
        rf"(?:,? (?:[A-Z]{{1,2}}-)?\d{{3,5}}(?: ?[A-Z]{{2}})? {_CAPITAL})?)(?!\w)")),
    Kind(_POSTAL, _wide(
        rf"(?<!\w)(?P<v>\d{{1,4}}(?: bis| ter)?,? (?:rue|avenue|boulevard|place|quai|chemin|allée|impasse) [\w'’ -]{{2,40}}?,? \d{{5}} {_CAPITAL}"
        rf"|(?:Via|Calle|Rua|Avenida|Piazza|Plaza) [\w'’ .-]{{2,30}},? \d{{1,4}}(?:,? \d{{4,5}}(?:-\d{{3}})? {_CAPITAL})?)")),
    Kind(_POSTAL, _wide(
        rf"(?P<v>(?:〒?[ 　]?\d{{3}}-\d{{4}}[ 　]?)?{_PREFECTURE}[ 　]?[{_JA}]{{1,12}}?[市区町村郡][{_JA}]{{0,20}}?(?:{_LOT}{_HOUSE}|(?=[ 　、。（）()」\n]|$)))")),
    Kind(_POSTAL, _wide(
        rf"(?P<v>〒[ 　]?\d{{3}}-\d{{4}}(?:[ 　]?[{_JA}]{{2,20}}{_LOT}{_HOUSE})?|(?<![{_JA}])[一-龠]{{1,5}}市[一-龠]{{0,5}}区?[{_JA}]{{1,12}}?{_LOT}{_HOUSE})")),
    Kind(_POSTAL, _wide(r"(?<!\w)(?P<v>[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?!\w)")),
)  # fmt: skip
