"""What people ask of `kb help` is answered by the first page that it finds, in their language."""

from __future__ import annotations

from cannery.operations.manual import open_manual, pages_about

# Each page, and words whose answer it has; where two pages have one, either is right.
_ASKED = {
    "getting-started": "install; where is my data kept; delete remembered values; インストール; データの置き場所; upgrade kb; uninstall; アンインストール; アップグレード",
    "completion": "tab completion; alias in bash; 補完",
    "git-troubles": "safe.directory; dubious ownership; read-only file system; 所有者が違う",
    "getting-started picker tickets": "ticket_command",
    "picker": "picker keys; keyboard shortcuts; ピッカーのキー; キー操作",
    "picker clipboard": "copy as plain text; テキストでコピー",
    "searching": "phrase search; exclude a word from search; search from Python; 語句検索; 除外; 並び順",
    "searching synonyms": "synonyms.yml; 同義語",
    "front-matter redirect": "redirect_from",
    "front-matter": "front matter keys; review_every; フロントマター; 公開範囲; 確認日",
    "macro-format": "liquid filters; business days; フィルター; 営業日; カスタム項目",
    "macro-format zendesk-macros": "custom field zendesk",
    "zendesk-macros": "dynamic content; restrict a macro to a group; desk verify; ダイナミックコンテンツ",
    "macro-format line-end": "line breaks in a macro; 改行",
    "clipboard": "ssh clipboard; tmux OSC 52; nothing is copied; slack format; クリップボード; 何も届かない",
    "launchers": "alfred; raycast script; json of kb find; ランチャー",
    "contributing": "pull request; undo; merge conflict; github token; rename a macro; offline; プルリクエスト; 競合; 元に戻す",
    "contributing desk-sync zendesk-guide": "廃止",
    "desk-others": "gorgias push; short code; comment templates; portal; コメントテンプレート",
    "desk-sync": "push to zendesk; lock file; ロックファイル; ヘルプデスクの同期",
    "contributing desk-sign-in": "トークン",
    "desk-sign-in": "zendesk login; api token; client secret; keyring; proxy; サインイン; プロキシ; キーリング",
    "checking": "pre-commit hook; allow a finding; SARIF; similar entries; 内容の検査; 指摘を許可",
    "checking avoid": "避ける言葉",
    "business-time": "business hours; sla policies; working hours; 営業時間; SLAポリシー; 昼休み",
    "sla": "sla attainment; SLA達成率",
    "site": "publish the help centre; zensical; ヘルプセンター; 公開する",
    "internal-site": "internal site; access control; oauth2-proxy; nginx; 社内サイト; アクセス制御",
    "search-engines": "content security policy; sitemap; robots.txt; llms.txt; json-ld; サイトマップ; 検索エンジン",
    "link": "broken link; リンク切れ",
    "heading": "skipped heading; 見出しの段階",
    "avoid": "avoid words",
    "secret": "secret in an article; 秘密の値",
    "outdated": "outdated translation; 古い翻訳",
    "personal": "個人情報",
    "what-stays": "deprecated; semantic versioning; 非推奨; 互換性",
}


def test_the_first_page_answers() -> None:
    manual = open_manual()
    wrong = {}
    for names, questions in _ASKED.items():
        for words in questions.split("; "):
            found = [
                (page.name, page.entry.at.language) for page in pages_about(manual, words).pages
            ]
            language = "en" if words.isascii() else "ja"
            if not {*found[:1]} & {(name, language) for name in names.split()}:
                wrong[words] = found
    assert wrong == {}
