#compdef kb cannery
# Completion of kb for zsh: autoloaded from $fpath as _cannery, or sourced.

_cannery() {
  local program=${(Q)words[1]} answer value about kind
  local -a lines ended open
  [[ ${program:t} == (kb|cannery) ]] || program=kb
  [[ $program == '~/'* ]] && program=$HOME/${program#'~/'}
  answer=$(
    export _KB_COMPLETE=zsh _KB_WORDS=${(pj:\x1f:)${(@Q)words[2,CURRENT-1]}} _KB_CURRENT=${(Q)PREFIX}
    command $program </dev/null 2>/dev/null
  ) || return 1
  lines=("${(@f)answer}")
  kind=$lines[1]
  for value about in "${(@)lines[3,-1]}"; do
    # _describe takes a colon for the end of the value.
    about=${${value[2,-1]//\\/\\\\}//:/\\:}${about:+:$about}
    if [[ $value == '='* ]]; then open+=("$about"); else ended+=("$about"); fi
  done
  local result=1
  (( $#ended )) && _describe -t values value ended && result=0
  (( $#open )) && _describe -t values value open -S '' && result=0
  if [[ $kind == files ]]; then
    [[ -n $lines[2] ]] && compset -P ${(b)lines[2]}
    _files && result=0
  fi
  return result
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _cannery "$@"
else
  fpath=(${${(%):-%x}:A:h} $fpath) # for a compinit that comes later, and begins anew
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
  compdef _cannery kb cannery
fi
