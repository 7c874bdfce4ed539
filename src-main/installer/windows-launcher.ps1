# The commands of the terminal: license-console status. It stands in the folder "resources" of the program.
#
# A program with windows is not connected to the terminal that it is started from: neither what it says nor its exit code
# reach it, and Ctrl-C does not reach the program. So all three are passed on here, byte by byte. Runs on the Windows PowerShell
# that every Windows has, which knows no list of arguments: they are put together as Windows programs take them apart.

$ErrorActionPreference = 'Stop'

function Join-CommandLine([string[]] $arguments) {
  $quoted = foreach ($argument in $arguments) {
    # Backslashes count only before a quote: there, and before the closing one, each stands twice.
    $escaped = $argument -replace '(\\*)"', '$1$1\"' -replace '(\\+)$', '$1$1'
    '"' + $escaped + '"'
  }
  return $quoted -join ' '
}

$hasInput = [Console]::IsInputRedirected
$launcher = @('--disable-gpu', '--log-level=3', '--')
if (-not [Console]::IsOutputRedirected) { $launcher += "--terminal-columns=$([Console]::WindowWidth)" }
# Nothing else tells the program that somebody wants to stop it.
if (-not $hasInput) { $launcher += '--cancel-when-input-ends' }

$start = New-Object System.Diagnostics.ProcessStartInfo
$start.FileName = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '..\Fusion License Console.exe'))
$start.Arguments = Join-CommandLine ($launcher + '--command' + $args)
$start.WorkingDirectory = (Get-Location -PSProvider FileSystem).ProviderPath
$start.UseShellExecute = $false
$start.RedirectStandardInput = $true
$start.RedirectStandardOutput = $true
$start.RedirectStandardError = $true

$usualEncoding = [Console]::OutputEncoding
$process = [System.Diagnostics.Process]::Start($start)
$isDone = $false
try {
  [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
  $out = $process.StandardOutput.BaseStream.CopyToAsync([Console]::OpenStandardOutput())
  $err = $process.StandardError.BaseStream.CopyToAsync([Console]::OpenStandardError())
  $in = if ($hasInput) { [Console]::OpenStandardInput().CopyToAsync($process.StandardInput.BaseStream) }
  # In short steps: Ctrl-C ends this loop between two of them.
  while (-not $process.WaitForExit(100)) {
    if ($in -and $in.IsCompleted) {
      $process.StandardInput.Close()
      $in = $null
    }
  }
  $isDone = $true
} finally {
  if (-not $isDone) {
    # The program takes the end of its input for Ctrl-C, unless the input was a file: then it is ended.
    if ($hasInput) { $process.Kill() } else { $process.StandardInput.Close() }
    if (-not $process.WaitForExit(10000)) { $process.Kill() }
  }
  $process.WaitForExit()
  if ($out) { [void] $out.Wait(2000) }
  if ($err) { [void] $err.Wait(2000) }
  [Console]::OutputEncoding = $usualEncoding
  [Environment]::Exit($process.ExitCode)
}
