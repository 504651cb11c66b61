"""Tab, pressed in the shells themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.completion import shells
from tests.cli.completion.shells import Shell
from tests.conftest import Base, Run

EACH = [pytest.param(name, marks=pytest.mark.needs(name)) for name in shells.NAMES]
# What is typed, and the words that kb is run with after Enter.
TYPED = {
    "kb fin\tproxy": ["find", "proxy"],
    "cannery fin\tproxy": ["find", "proxy"],
    "kb desk pul\tacme": ["desk", "pull", "acme"],
    "kb desk pull ac\t": ["desk", "pull", "acme"],
    "kb insight gap\t": ["insight", "gaps"],
    "kb show prox\t": ["show", "proxy"],
    "kb show articles/net/pro\t": ["show", "articles/net/proxy"],
    "kb show 返\t": ["show", "返金"],
    "kb find tag:netw\t": ["find", "tag:network"],
    "kb find x 'tag:netw\t": ["find", "x", "tag:network"],
    "kb find section:n\t": ["find", "section:net"],
    "kb find owner:\t": ["find", 'owner:"web team"'],
    "kb find kind:m\t": ["find", "kind:macro"],
    "kb find lang:j\t": ["find", "lang:ja"],
    "kb find x --ki\tmac\t": ["find", "x", "--kind", "macro"],
    "kb find --lang=j\tx": ["find", "--lang=ja", "x"],
    "kb reply refund --format=mark\t": ["reply", "refund", "--format=markdown"],
    "kb reply refund --set cust\tKim": ["reply", "refund", "--set", "customer=Kim"],
    "kb reply refund --set agent_kind=t\t": ["reply", "refund", "--set", "agent_kind=two words"],
    "kb check kb/art\tnet/pro\t": ["check", "kb/articles/net/proxy.md"],
    "kb export csv --out=kb/kb.t\t": ["export", "csv", "--out=kb/kb.toml"],
    "kb import kb/kb.t\t": ["import", "kb/kb.toml"],
    # Files that are there are no entries, languages or sections; and where all is said, nothing is.
    "kb show onlyaf\t": ["show", "onlyaf"],
    "kb find x --lang onlyaf\t": ["find", "x", "--lang", "onlyaf"],
    "kb sync onlyaf\t": ["sync", "onlyaf"],
    "kb nosuch onlyaf\t": ["nosuch", "onlyaf"],
}
# Pull requests bring names of files: what is typed of each, in a way that no shell takes amiss.
HOSTILE = {
    "a b": "a\\ ",
    "it's": "it",
    'dq"x': "dq",
    "col:on": "col:",
    "$(touch pwned)": "\\$",
    "`touch pwned`": "'`",
    "star*": "st",
    "brace{a,b}": "bra",
    "semi;touch pwned": "sem",
    "hash#x": "ha",
    "pipe|touch pwned": '"pi',
    "bang!x": "ban",
    "back\\slash": "bac",
    "tilde~x": "til",
    "eq=x": "eq=",
    "sub[a]": "su",
    "per%cent": "per",
}


@pytest.fixture(autouse=True)
def _dotfiles(home: Path) -> None:
    shells.prepare(home)


@pytest.fixture
def knowledge(base: Base) -> Base:
    base.write(
        "kb.toml",
        'languages = ["en", "ja"]\n[desks.acme]\nkind = "zendesk"\naddress = "https://acme.zendesk.com"\n',
    )
    base.write(
        "articles/net/proxy.md", "---\ntitle: Behind a proxy\ntags: [net]\nowner: web team\n---\nA"
    )
    base.write("articles/net/返金.md", "---\ntitle: 返金のお願い\ntags: [network]\n---\nA")
    fields = "[{name: customer}, {name: agent_kind, type: choice, choices: [one, two words]}]"
    base.write("macros/refund.md", f"---\ntitle: Refund\nfields: {fields}\n---\nHi")
    (base.root / "onlyafile").touch()
    return base


@pytest.mark.parametrize("name", EACH)
def test_tab_completes_what_may_stand_there(
    name: str, knowledge: Base, home: Path, kb: Run
) -> None:
    assert kb("--install-completion", name).code == 0
    kb("find", "--tag", "none", "x")  # makes the index
    with Shell(name, home) as shell:
        assert {keys: shell.run(keys) for keys in TYPED} == TYPED


@pytest.mark.parametrize("name", EACH)
def test_no_name_is_evaluated(name: str, base: Base, home: Path, kb: Run) -> None:
    for number, hostile in enumerate(HOSTILE):
        base.write(f"articles/h/{hostile}.md", f"---\ntitle: '$(touch pwned) %F{number}'\n---\nA")
    kb("--install-completion", name)
    with Shell(name, home) as shell:
        words = {hostile: shell.run(f"kb show {typed}\t") for hostile, typed in HOSTILE.items()}
    assert words == {hostile: ["show", hostile] for hostile in HOSTILE}
    assert not [*base.root.rglob("pwned")]


@pytest.mark.parametrize("name", EACH)
def test_several_names_are_listed(name: str, knowledge: Base, home: Path, kb: Run) -> None:
    knowledge.write(
        "articles/net/prompt.md", "---\ntitle: 'A prompt: $(touch pwned) %F{red}'\n---\nA"
    )
    kb("--install-completion", name)
    with Shell(name, home) as shell:
        if name == "bash":  # has no place for titles
            assert "prompt" in shell.shown("kb show pro\t\t", "proxy")
        else:
            shell.shown("kb show pro\t\t", "A prompt: $(touch pwned) %F{red}")
            shell.shown("", "Behind a proxy")
    assert not [*knowledge.root.rglob("pwned")]


@pytest.mark.parametrize("name", EACH)
def test_where_nothing_can_be_known_the_line_stays(
    name: str, base: Base, home: Path, kb: Run
) -> None:
    kb("--install-completion", name)
    base.write("kb.toml", "languages = [\n")
    with Shell(name, home) as shell:
        in_broken = shell.shown("kb show pro\tx\x01echo \x05END\r", "proxEND")
        shell.run("cd /; kb find tag:\tx")
        outside = shell.shown("kb show pro\tx\x01echo \x05END\r", "proxEND")
    for said in (in_broken, outside):
        assert "rror" not in said
        assert "kb:" not in said


@pytest.mark.parametrize("name", EACH)
def test_the_cursor_may_stand_within_the_line(
    name: str, knowledge: Base, home: Path, kb: Run
) -> None:
    kb("--install-completion", name)
    with Shell(name, home) as shell:
        left = "\x02" * len(" --raw")
        assert shell.run(f"kb show prox --raw{left}\t") == ["show", "proxy", "--raw"]


@pytest.mark.needs("zsh")
@pytest.mark.parametrize(
    ("before", "after"),
    [("autoload -Uz compinit; compinit -i", ""), ("", "autoload -Uz compinit; compinit -i")],
)
def test_zsh_may_have_begun_its_completion_or_begin_it_again(
    before: str, after: str, knowledge: Base, home: Path, kb: Run
) -> None:
    dotfile = home / ".zshrc"
    dotfile.write_text(f"{dotfile.read_text()}{before}\n")
    kb("--install-completion", "zsh")
    dotfile.write_text(f"{dotfile.read_text()}{after}\n")
    with Shell("zsh", home) as shell:
        assert shell.run("kb show prox\t") == ["show", "proxy"]


@pytest.mark.needs("zsh")
def test_zsh_completes_at_the_first_tab_what_a_package_has_put_into_its_path(
    knowledge: Base, home: Path, kb: Run
) -> None:
    (home / "site").mkdir(mode=0o755)
    (home / "site" / "_cannery").write_text(kb("--show-completion", "zsh").out)
    (home / ".zshrc").write_text(
        f"PS1='READY> '; fpath=({home}/site $fpath); autoload -Uz compinit; compinit -i\n"
    )
    with Shell("zsh", home) as shell:
        assert shell.run("cannery show prox\t") == ["show", "proxy"]


@pytest.mark.parametrize("name", EACH)
def test_an_alias_is_completed(name: str, knowledge: Base, home: Path, kb: Run) -> None:
    dotfile = home / ("config/fish/config.fish" if name == "fish" else f".{name}rc")
    kb("--install-completion", name)
    more = "alias k=kb\n" + ("complete -F _cannery_complete k\n" if name == "bash" else "")
    dotfile.write_text(f"{dotfile.read_text()}{more}")
    with Shell(name, home) as shell:
        assert shell.run("k show prox\t") == ["show", "proxy"]
