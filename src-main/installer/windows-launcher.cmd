@echo off
rem The commands of the terminal: license-console status. A program with windows has no terminal of its own on Windows, so
rem what it says comes by way of the script beside this one. Said by its whole path: a name alone is looked for in the
rem current folder first, and whoever shares that folder could put another program there.
"%SystemRoot%\System32\WindowsPowerShell\v1.0\powershell.exe" -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "%~dp0license-console.ps1" %*
exit /b %ERRORLEVEL%
