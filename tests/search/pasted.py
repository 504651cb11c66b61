"""What people paste and type into a search, with the entry that has it: nothing may hide that."""

from __future__ import annotations

ARTICLES = {
    "articles/shell.md": """---
title: Notes from the shell
---
nginx -t checks the file. Error -43 on save. curl -k https://x. tar -xzf a.tgz unpacks.
docker run -it image. status:500 upstream timed out. kind:Pod in the manifest. image tag:latest is
old. lang:xx is refused. Look at http://example.com/path?x=1 and C:\\Users\\kim\\file.txt.
error: cannot lock ref 'refs/heads/main'. git push --dry-run origin. grep -rn "TODO" src.
kubectl get pods -n prod -o wide. --no-verify skips hooks. owner:root section:boot.
""",
    "articles/tls.md": """---
title: Check a certificate
---
Use openssl s_client to connect to the server. Then find the name of the file by its type, and the
jar of the application. Set the output of kubectl to wide.
""",
    "articles/others.md": """---
title: Other things
---
openssl is a program. kubectl too. java runs. The server of example.com, ssh and rm, a bad gateway.
""",
    "articles/disk.ja.md": """---
title: ディスク容量の不足
---
容量が不足しています。権限が不足している場合は管理者に連絡します。終了日を確認してください。「確認コード」を入力します。
""",
    "articles/proxy.md": """---
title: Proxies
---
A proxy by nginx. It returns HTTP 403 Forbidden. Café in Zürich. The set-up of Wi-Fi by e-mail.
""",
    "articles/kana.ja.md": """---
title: ゲートウェイとサーバーの設定
---
取り消しと申し込み。渡邊様、髙橋様、斎藤様。バイオリンの教室。ユーザーのパスワード。データの移行。
""",
    "articles/capacity.ja.md": """---
title: 一覧
---
容量不足、権限不足、ディスク、データ移行、ユーザー名の一覧。
""",
}

# What is typed, and the article that has to be among what is found.
CASES = (
    ("nginx -t", "shell"), ("tar -xzf a.tgz", "shell"), ("-t", "shell"), ("-xzf", "shell"), ("--dry-run", "shell"),
    ("git push --dry-run", "shell"), ("status:500", "shell"), ("status:500 upstream", "shell"), ("tag:latest", "shell"),
    ("image tag:latest", "shell"), ("lang:xx", "shell"), ("kind:Pod", "shell"), ("owner:root", "shell"),
    ("section:boot", "shell"), ("http://example.com/path?x=1", "shell"), ("C:\\Users\\kim\\file.txt", "shell"),
    ("error: cannot lock ref 'refs/heads/main'", "shell"), ("error -43", "shell"), ("-43", "shell"),
    ('grep -rn "TODO" src', "shell"), ("kubectl get pods -n prod -o wide", "shell"), ("--no-verify", "shell"),
    ("docker run -it image", "shell"), ("curl -k https://x", "shell"), ('error "not there at all" -43', "shell"),
    ("openssl s_client -connect example.com:443", "tls"), ("find . -name server.txt -type f", "tls"),
    ("java -jar app.jar", "tls"), ("kubectl get pods -output=wide", "tls"), ("kubectl -n prod -output wide", "tls"),
    ("容量不足", "disk"), ("権限不足", "disk"), ("ディスク不足", "disk"), ("「終了日」が分からない", "disk"),
    ("“終了日”はいつ", "disk"), ("『確認コード』とは", "disk"), ("『確認コード』", "disk"), ('"終了日" いつ', "disk"),
    ("「容量の件」", "disk"), ("（容量不足）", "disk"), ("容量不足。", "disk"),
    ("zurich", "proxy"), ("cafe", "proxy"), ("email", "proxy"), ("wifi", "proxy"), ("setup", "proxy"),
    ('nginx "not there at all"', "proxy"), ('"not there at all nginx"', "proxy"), ("“HTTP 403” for everyone", "proxy"),
    ("„Zürich“", "proxy"), ("«proxy nginx»", "proxy"), ("'403 forbidden'", "proxy"),
    ("げーとうぇい", "kana"), ("さーば", "kana"), ("取消", "kana"), ("申込", "kana"), ("渡辺", "kana"), ("高橋", "kana"), ("齋藤", "kana"),
    ("ヴァイオリン", "kana"), ("データ移行", "kana"), ("ユーザ", "kana"), ("ﾕｰｻﾞｰ名", "kana"), ("ｻｰﾊﾞ", "kana"),
)  # fmt: skip

# Nothing may break on these, whatever they find.
AWKWARD = (
    "", " ", '"', '""', "「", "」", "「」", "“", "-", "--", '-"', '-""', "-「」", ":", "tag:", 'tag:""', 'tag:"', "\\", "*", "(",
    "[", "status:", "-status:500", "a:b:c", "tag:tag:tag", "💥", "NOT nginx", "nginx OR proxy", "%s", "$(id)", "`id`",
    'status:draft"x"', "-「終了日」", "a\tb", "nginx\n-t", "\0", "\ud83d", "「『」』", '""""', "-" * 400, '"' * 400, "a:" * 300,
    "終" * 3000, "-a " * 200,
)  # fmt: skip
