#!/bin/sh
# The commands of the terminal: `license-console status`. It stands in the folder `Contents/Resources` of the application, and
# may be linked to from anywhere. Older versions of macOS cannot follow all links at once.
set -e

launcher=$0
while [ -L "$launcher" ]; do
  target=$(readlink "$launcher")
  case $target in
    /*) launcher=$target ;;
    *) launcher=$(dirname "$launcher")/$target ;;
  esac
done
contents=$(cd "$(dirname "$launcher")/.." && pwd -P)

exec "$contents/MacOS/Fusion License Console" --disable-gpu --log-level=3 -- --command "$@"
