"""How names of people are written, and which words are none."""

from __future__ import annotations

import re

_PART = r"(?:(?:[A-Z]\.){1,3}|[A-Z\u00c0-\u00de]\w{0,30}+(?>(?:['’-][A-Z\u00c0-\u00de]\w{0,30}+|-[a-z]{2,12}+){0,2}))"
_OF = r"(?:van der|van den|van|von der|von|zu|de la|de|del|da|dos|di|bin|al|el|le|la|ter|ten)"
NAME = rf"{_PART}(?:[ ](?:{_OF}[ ])?{_PART}){{0,2}}"
SURNAME = rf"(?:{_OF}[ ])?{_PART}(?:[ ](?:{_OF}[ ])?{_PART}){{0,2}}"
TITLE = r"(?:Mr|Ms|Mrs|Mx|Miss|Dr|Prof|Professor|Sister|Father|Rev|Capt|Captain|Lady|Lord|Herrn?|Hr|Frau|Fr|Sir|Madame|Mme|Mlle|Sr|Sra|Signora?|M(?=\.))\b\.?(?:[ ]Dr\b\.?)?"
KANJI = r"[一-龠々〆ヶ]"
KANJI_NAME = r"[一-龠々]{1,5}(?:[ 　][一-龠々ぁ-んァ-ヶー]{1,6})?"
KANA_NAME = r"[ァ-ヶー]{2,14}(?:[・＝=][ァ-ヶー]{1,14}){0,3}"
# A first name, before さん; other words for people stand there too.
KANA_GIVEN = r"(?<![ぁ-ん一-龠ァ-ヶー])(?!みな|たく|かあ|とう|ねえ|にい|ばあ|じい|お)[ぁ-ん]{2,4}(?=さん|ちゃん|くん|様)"
RUN = rf"{KANJI_NAME}|{KANA_NAME}|[가-힣]{{2,4}}|{KANA_GIVEN}|(?<![A-Za-z])[A-Z][A-Za-z.'-]{{1,20}}(?: [A-Z][A-Za-z.'-]{{1,20}})?"
HONORIFIC = r"[ 　]?(?:様|さま|さん|殿|氏|先生|くん|君|ちゃん|教授)"

_NOBODY = frozenset(
    "All Team Everyone Everybody Folks There Both Again Customer Customers Sir Madam Support So For You Friend Friends Colleagues World "
    "Guys Community Maam And The This That These Those Your Our We They He She It I My Thanks Cheers Regards Best Bye Sincerely Hello Hi Hey "
    "Dear Good Please Yes No Not Nothing Everything Something Anything Nobody Somebody Anyone Someone What When Where Who Why How Which "
    "If Once After Before While Until Since As At In On Of By To From With Without But Or Also Then Here Now Just Only Still Even Each Every "
    "Any Some Many Most Other Another Next Last First Second Let Make Do Did Does Is Are Was Were Has Have Had Can Could Will Would Should "
    "May Might Must Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September "
    "October November December Today Tomorrow Yesterday Tonight Sales Billing Desk Help Helpdesk Service Services Care Success Accounts "
    "Operations Engineering Engineer Development Legal Finance Security Product Marketing Office Department Group Manager Duty Tier Level "
    "Chrome Firefox Safari Edge Windows Linux Android Docker Python Java Git GitHub GitLab Slack Zoom Teams Outlook Excel Word Google "
    "Microsoft Apple Amazon Azure PayPal Stripe Visa Mastercard Settings Account Admin Administrator Enterprise Business Professional "
    "Internet Cloud Server Client Desktop Mobile Web Mail Email Note Warning Error Step Page Section Chapter Ticket Case Order Invoice "
    "Called Spoke Call Phone Asked Promised Told Sent Ask Sorry Apologies Great Perfect Welcome Update Summary Subject Re Fwd Cc Attached "
    "Unfortunately Meanwhile Otherwise However Therefore Because Although Kind Warm Many Yours Access Open Click Select Press Restart "
    "Customer-Support Editor Owner Viewer Member User Users Staff Bank Post Courier Carrier Reception Warehouse Shipping Returns Payments "
    "Well Sure Ok Okay Right Done Quick Fine Apologies Contracts Hopefully Luckily Mr Mrs Ms Miss Mx Dr Prof Sent Regarding About Using Our Mit Freundlichen Reference Status Report Version Release Build Pipeline Job Runner Agent".split()
)  # fmt: skip
# Letters that words for people, offices and things end in, and the surnames that do so too.
_NO_KANJI_NAME = re.compile(
    r"[客者先社店方当員皆同仕多模異有王神何外奥貴各位人女仏父母兄姉親部課室係局署省校院会組件中際上下時分日月年内後前間度回点通旨等的性化用式法制率"
    r"量額料費品物書証票表図文語字号番名所場別次他様長手数元末初版型側宛済付毎全別込枚台個件箇]$"
    r"|^(?:以上|以下|無料|有料|可能|不要|必要|有効|無効|正常|同様|結構|幸い|原因|残念|対応|確認|連絡|返信|返金|送付|発送|設定|変更|更新|修正|障害|"
    r"復旧|調査|作業|予定|完了|失敗|成功|通常|現在|今回|今後|最新|詳細|担当|窓口|営業|技術|開発|経理|総務|運用|保守|部署|部門|弊社|当社|御社|"
    r"貴社|自動|手動|内容|方法|手順|期限|金額|請求|契約|問題|情報|資料|本人|運営|管理|事務|受付|予約|配送|配達|注文|商品|製品|全て|全員|一部|"
    r"複数|個別|直接|別途|至急|早急|順次|随時|先日|本日|昨日|明日|今日|今週|来週|先週|皆|私|僕|俺|弊|株式会社|有限会社|大変|誠|何卒|了解|承知|"
    r"恐縮|幹事|敬具|草々|拝啓|追伸|代理|一同|責任|上長|上司|同僚|同席|専門|専任|後任|前任|平素|時下|標記|首題|上記|下記|記|至|自|致|御|貴|各|"
    r"参照|重要|緊急|注意|追加|削除|解決|終了|開始|停止|再開|休業|休暇|不在|外出|出張|会議|移動|転送|入電|架電|電話|携帯|直通|内線|折返|折り|"
    r"機器|端末|故障|交換|修理|返品|購入|支払|振込|口座|銀行|支店|本店|本社|支社|工場|倉庫|大学|病院|学校|会社|組織|団体|顧客|会員|利用|使用|"
    r"検証|再現|仕様|不具|改善|提供|公開|配布|導入|登録|申請|申込|解約|退会|停電|点検|工事|監視|通知|警告|制限|上限|認証|権限|共有|同期|接続|"
    r"切断|通信|回線|環境|構成|機能|画面|操作|入力|出力|保存|複製|移行|更改|延長|短縮|増加|減少|報告|相談|質問|回答|依頼|要望|提案|見積|承認|却下|"
    r"平日|休日|祝日|週末|月末|年末|年始|午前|午後|早朝|深夜|夕方)"
)
_SURNAMES = frozenset(
    "田中 村上 井上 川上 三上 坂上 野上 浦上 水上 池上 最上 尾上 石上 村中 山中 野中 竹中 畑中 浜中 弘中 府中 山下 木下 森下 宮下 坂下 松下 竹下 岩下 "
    "大下 川下 藤下 日下 竹内 山内 木内 坂内 河内 堀内 大内 垣内 武内 宮内 寺内 藪内 矢内 庄内 関内 陣内 小内 服部 阿部 渡部 岡部 長谷部 安部 綾部 "
    "矢部 園部 磯部 宇部 南部 曽我部 戸部 辺部 小室 大室 氷室 三室 緒方 土方 行方 馬場 大場 市場 的場 相場 羽場 草場 田所 別所 御所 本間 草間 佐久間 "
    "久間 風間 笠間 岩間 福間 浅間 赤間 座間 望月 大月 秋月 若月 水月 五月女 春日 朝日 夏目 千手 井手 上手 大手 岩手 山手 野手 秋元 松元 岡元 福元 山元 "
    "坂元 国元 隈元 橋元 川元 宮元 根元 吉元 大神 石神 水神 小神 天神 鬼神 大前 御前 備前 肥後 越後 丹後 鵜飼 古賀 国分 大分 追分 村社 玉置 八代 田代 "
    "熊代 網代 神代 名取 鳥羽 仲間 沼部 大戸 桑名 椎名 山名 榛名 蓮名 月形 庄司 郡司 宮司 下司 国府 高部 川部 我部 神部 "
    "金 李 張 劉 陳 楊 趙 黄 周 呉 徐 孫 朱 胡 郭 羅 鄭 梁 謝 宋 唐 許 鄧 韓 馮 曹 蕭 董 潘 袁 蔡 葉 程 魏 蘇 呂 沈 姚 盧 姜 崔 譚 陸 汪 范 廖 朴 尹 林 森 原 西 東 南 北 堀 関 谷 星 辻 岡 乾 泉 島 柴 菅 岸 峰 沢 浜 榊 桂 梶 轟 堺 平 杉 滝 橘 畑 浅 畠 牧 湊 旭 宮 溝 脇 境 角 柳 "
    "榎 楠 桜 椿 柏 樋口 児玉 仕田 多田 多賀 多和田 有田 有馬 有村 有賀 有吉 王子 何川 外山 外川 奥田 奥山 奥村 奥野 各務 位田 人見 女川 仏田 父川 母里 "
    "会田 会津 組田 当間 当麻 当山 平分 大仏 長神 別次 毎田 全田 付田 込山 自見 各川 御手洗 御園 御厨 御子柴 貴島 貴田 貴志 記野 至田".split()
)  # fmt: skip
# Of three letters, and nobody's first name with them.
_LONG_SURNAMES = frozenset(
    "長谷川 佐々木 五十嵐 小野寺 久保田 大久保 長谷部 宇佐美 小笠原 佐久間 日比野 長谷山 小野田 大野木 久保寺 二階堂 八重樫 東海林 小山田 "
    "大河原 小田切 宇田川 長曽我 大和田 小田島 波多野 曽我部 御手洗 勅使河原 伊集院 西園寺 武者小路 長宗我部 喜多川 加賀谷 加賀美 阿久津 "
    "安孫子 我孫子 竹之内 木之下 三田村 海老名 海老原 小宮山 小松原 小林原 大曲 保土田 久保井 新垣内 仲宗根 比嘉原 与那嶺 我那覇 金城田 "
    "大河内 河野辺 宇都宮 小野塚 長谷尾 佐伯田 鬼頭田 瀬戸口 山之内 堀之内 木下川 高見沢 長沼田 宇野沢 下河辺 四十万 百瀬川 大久保田".split()
)  # fmt: skip
_NO_KANA_NAME = frozenset(
    "オーナー メンバー ユーザー ユーザ マネージャー パートナー ゲスト テナント スタッフ ドライバー サービス サポート センター チーム システム サーバー サーバ ログ メモ バンドル "
    "アカウント グループ カスタマー エンジニア デスク リーダー オペレーター メール フォーム ツール アプリ データ ファイル ページ サイト ネットワーク プラン ビルド ジョブ "
    "クライアント ベンダー キャリア スポンサー ヘルプ ヘルプデスク コールセンター ポータル クラウド デバイス プロジェクト モニター ルーター パソコン スマホ オフィス フロント "
    "ショップ ストア メーカー ホテル クリニック カウンター レセプション ドクター プロバイダー プロバイダ コミュニティ ブログ マニュアル ガイド リンク ボタン メニュー".split()
)  # fmt: skip
_NO_KANA_ENDS = tuple(sorted(_NO_KANA_NAME))
_SHORT, _BOTH = 2, 4  # letters of a surname, and of one with a first name


def is_name(text: str) -> bool:
    """Whether a run of capitalised words, or of kanji, may be somebody's name."""
    if text.isascii() or not _is_wide(text[0]):
        return not {re.split("[.'’]", word)[0].capitalize() for word in text.split()} & _NOBODY
    if text.endswith(_NO_KANA_ENDS):
        return False
    family = re.split("[ 　]", text)[0]
    if len(family) == 1:
        return family in _SURNAMES
    return family in _SURNAMES or not _NO_KANJI_NAME.search(text)


def _is_wide(letter: str) -> bool:
    return letter >= "\u3000"


def half_of_name(name: str) -> str:
    """Which half of a requester's name a Japanese name is, empty where it does not tell.

    Katakana and Latin letters may be either half; three kanji may be both together.
    """
    if re.search(r"[ 　・]", name.strip()):
        return "name" if re.fullmatch(KANJI_NAME, name.strip()) else ""
    if not re.fullmatch(rf"{KANJI}+", name):
        return ""
    if len(name) <= _SHORT or name in _LONG_SURNAMES:
        return "last_name"
    return "name" if len(name) >= _BOTH else ""
