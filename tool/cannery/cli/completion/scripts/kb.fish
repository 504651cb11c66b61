# Completion of kb for fish 3.1 or later.

function __cannery_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    string match -qr '(^|/)(kb|cannery)$' -- $program; or set program kb
    set -e words[1]
    set -lx _KB_COMPLETE fish
    set -lx _KB_WORDS (string join \x1f -- $words)
    set -lx _KB_CURRENT "$current"
    set -l answer (command $program </dev/null 2>/dev/null)
    set -l kind $answer[1]
    set -l prefix "$answer[2]"
    set -q answer[3]; and printf '%s\n' $answer[3..-1]
    if test "$kind" = files
        set -l typed (string sub -s (math 1 + (string length -- "$prefix")) -- "$current")
        for path in (__fish_complete_path "$typed")
            printf '%s%s\n' "$prefix" $path
        end
    end
end

complete --command kb --command cannery --no-files --arguments '(__cannery_complete)'
