@echo off
rem The commands of the terminal: license-console status. A program with windows has no terminal of its own on Windows, so
rem what it says comes by way of the script beside this one.
powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "%~dp0license-console.ps1" %*
exit /b %ERRORLEVEL%
