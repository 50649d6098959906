#!/bin/sh
# The command line as one process, so that signals of a scheduler reach it: deploy/parsimony.sh COMMAND …
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
exec node --import "file://$root/node_modules/tsx/dist/loader.mjs" "$root/src/cli/main.ts" "$@"
