"""People whom a reply mentions: colleagues of either side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.capture.letters import HONORIFIC, KANA_NAME, NAME, is_name
from cannery.capture.names import PERSON
from cannery.capture.personal_span import PersonalSpan

# What people do, and programs do not.
_VERBS = (
    r"(?:(?:will|can|could|would) (?:also |then |gladly )?(?:call|contact|help|get back|reach|write|send|join|take|look|reply|be in touch|be back|assist|handle|follow|check|"
    r"walk|explain|visit|come|review|approve|test|sign|show|train|meet|bring|install|arrange|prepare|guide|see|speak|talk|confirm|update)|(?:is|was) (?:also )?(?:in copy|on leave|back|away|out|off|on holiday|on call|looking|working|watching|checking|investigating|covering|leading|"
    r"preparing|taking|rolling|copied|cc|responsible|in charge|handling|travell?ing)"
    r"|has (?:also |already |just )?(?:asked|looked|confirmed|checked|told|seen|sent|taken)|(?:also )?(?:sees|saw|said|says|told|confirmed|mentioned|knows|joins|joined|wrote|called|"
    r"asked|ran|re-ran|reran|fixed|tested|replaced|checks|checked|investigates|covers|takes over|takes care|thinks|reckons|suggested|promised|handles|looks after))"
)
_ASKED = (
    r"(?i:ask(?:ed)?(?: for)?|tell|told|ping(?:ed)?|cc(?:'?d|'?ing)?|copied|copying|contact(?:ed)?|informed|involve[ds]?|loop(?:ed|ing)? in|added|let|meet|met|"
    r"reach out to|spoke (?:to|with)|speak (?:to|with)|talk(?:ed)? (?:to|with)|check(?:ed)? with|together with|call(?:ed)?(?: from)?|phone call (?:with|from)|(?:meeting|appointment|chat) with|"
    r"(?:handed|passed|assigned|forwarded|escalated|given|gave|written|wrote|reply|replied|according)(?: (?:it|this|that|your \w+|the \w+))?(?: over)?(?: on)? to|"
    r"(?:me|us|you) (?:or|and)|thanks to|on behalf of|instead of|attention of|attn:?|signed by|approved by|reported by|sent by|made by|done by|"
    r"(?:reply|answer|mail|message|call|note|word|news|details) from)"
)
_ROLES = (
    r"(?i:colleague|teammate|coworker|co-worker|manager|boss|admin(?:istrator)?|engineer|developer|technician|consultant|assistant|specialist|director|"
    r"supervisor|partner|team lead|lead|representative|contact|CTO|CEO|CFO|owner)s?"
)
_SIMPLE = r"[A-Z\u00c0-\u00de][a-z\u00c0-\u017f'’-]{1,20}(?: [A-Z\u00c0-\u00de][a-z\u00c0-\u017f'’-]{1,20})?"
_ROLES_JA = (
    r"(?:弊社|当社|御社|貴社|貴校|同僚|上司|上長|部下|先輩|後輩|担当者?|エンジニア|営業|技術|開発|保守|配送|経理|総務|責任者|管理者|マネージャー|リーダー|"
    r"サポート|窓口|部長|課長|係長|主任|チーム|デスク|センター|社長|技術者|スタッフ|事務局|専任|後任|前任)"
)
_PARTICLE = r"(?=が|も|より|から|に(?!て)|へ|まで|と(?!申)|を|、|（|\(|または|か私|宛|名義|[はで](?!す|ござ|した))"
_KANJI = r"(?!担当|営業|技術|責任|開発|保守)[一-龠々]{1,4}?(?:[ 　][一-龠々]{1,3})?"
_PATTERNS = (
    re.compile(rf"\b{_ROLES}[ ,:(]{{1,2}}(?:is )?(?P<v>{NAME})(?=[ ,.;:!?)(]|$)"),
    re.compile(
        rf"(?<![\w.])(?P<v>{_SIMPLE})(?=,? (?:\(?(?:in|from|on|at) (?:your|our|the) (?:\w+ )?(?:team|department|side|end|office|group|shift|finance|sales|billing|support|IT)\b"
        rf"|(?:your|our) (?:\w+ )?{_ROLES}))"
    ),
    re.compile(rf"\b{_ASKED} (?P<v>{NAME})(?=[ ,.;:!?)(\n]|$)"),
    re.compile(rf"\b(?:cc|CC|Cc|FYI|Attn)[: ]+(?P<v>{NAME})(?=[ ,.;!?)\n]|$)"),
    re.compile(rf"(?:(?<=[a-z,;(] )|(?<=[.!?] )|^)(?P<v>{_SIMPLE})(?= {_VERBS}\b)", re.MULTILINE),
    re.compile(
        rf"(?:{_ROLES_JA}(?:の|である|は|[:： 　])|担当者?|営業|弊社|同僚)[ 　]?(?P<v>{_KANJI}){_PARTICLE}"
    ),
    re.compile(
        rf"(?:担当者?|営業|同僚|エンジニア|部下|上司|上長|マネージャー|リーダー|責任者|係|部長|課長|係長|主任)の(?P<v>{KANA_NAME}){_PARTICLE}"
    ),
    re.compile(r"(?:(?<![全一内外本細上下])部|課|係|支店|センター|オフィス|支社|拠点|工場|事業所)の(?P<v>[一-龠々]{2,3})(?=が|も|より|から|まで)"),
    re.compile(r"(?<![一-龠々])(?P<v>[一-龠々]{2,3})(?=が(?:ご案内|対応|担当|伺|ご連絡|お電話|折り返|ご説明|引き継))"),
    re.compile(r"(?<![一-龠々])(?P<v>[一-龠々]{2,3})(?=が[^。、\n]{0,16}(?:確認|対応|調査|検証|修正)中)"),
    re.compile(r"担当者?は[ 　]?(?P<v>[一-龠々]{1,3})(?=です|でございます)"),
    re.compile(r"(?:私|自分)(?:または|か|もしくは|、)(?P<v>[一-龠々]{1,3})(?=まで|に|へ|が)"),
    re.compile(r"(?<![一-龠々])(?P<v>[一-龠々]{1,3})(?=(?:または|か|もしくは|と)私)"),
    re.compile(
        r"(?<![一-龠々])(?P<v>[一-龠々]{2,3})"
        r"(?=[（(](?:内線|直通|携帯|電話|TEL|メール|[\w.+-]{1,40}@)|まで(?:直接)?(?:ご連絡|お電話|お問|ご返信|お知らせ))"
    ),
)  # fmt: skip
_HONORED = re.compile(HONORIFIC)


def colleagues(text: str) -> Iterator[PersonalSpan]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            is_honored = _HONORED.match(text, match.end("v"))  # which takes the whole name
            if is_name(match["v"]) and not is_honored:
                yield PersonalSpan(*match.span("v"), match["v"], PERSON)
