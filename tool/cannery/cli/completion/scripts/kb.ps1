# Completion of kb for PowerShell.
Register-ArgumentCompleter -Native -CommandName kb, cannery -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($_.Value) { $_.Value } else { $_.Extent.Text } })
    $env:_KB_COMPLETE = 'powershell'
    $env:_KB_WORDS = ($before | Select-Object -Skip 1) -join [char]0x1f
    $env:_KB_CURRENT = $wordToComplete
    try {
        & $commandAst.GetCommandName() 2>$null | ForEach-Object {
            $value, $about = $_ -split "`t", 2
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
        }
    } finally {
        Remove-Item Env:_KB_COMPLETE, Env:_KB_WORDS, Env:_KB_CURRENT
    }
}
