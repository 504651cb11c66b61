# Completion of kb for bash 3.2 or later. What kb answers is put into the line and never evaluated.

_cannery_complete() {
  local program=${COMP_WORDS[0]} answer='' kind='' item=''
  COMPREPLY=()
  case ${program##*/} in kb | cannery) ;; *) program=kb ;; esac # an alias
  case $program in '~/'*) program=$HOME/${program#'~/'} ;; esac
  answer=$(
    export _KB_COMPLETE=bash _KB_LINE="${COMP_LINE:0:COMP_POINT}" _KB_BREAKS="$COMP_WORDBREAKS"
    command "$program" </dev/null 2>/dev/null
  ) || return 0
  case $answer in
    files)
      compopt -o default 2>/dev/null && return 0
      answer=files$'\n'$(compgen -f -- "$2") # before bash 4
      ;;
    open*) compopt -o nospace 2>/dev/null ;;
  esac
  kind=''
  while IFS= read -r item; do
    if [ -z "$kind" ]; then kind=$item; else COMPREPLY[${#COMPREPLY[@]}]=$item; fi
  done <<END_OF_ANSWER
$answer
END_OF_ANSWER
}

complete -F _cannery_complete kb cannery
