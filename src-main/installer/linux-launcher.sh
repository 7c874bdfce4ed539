#!/bin/sh
# The commands of the terminal: `license-console status`. It stands in the folder `resources` of the program, and may be linked
# to from anywhere. Nothing is drawn, so no display is needed; what follows the two dashes is the console's alone to read.
set -e

launcher=$(readlink -f -- "$0")
program=$(dirname -- "$(dirname -- "$launcher")")/fusion-license-console

exec "$program" --ozone-platform=headless --disable-gpu --log-level=3 -- --command "$@"
