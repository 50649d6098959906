#!/bin/sh
# What a container does: "serve" the built site, or any command of the command line.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
if [ "${1:-serve}" = serve ]; then
  exec node node_modules/vite/bin/vite.js preview --host 0.0.0.0 --port 4173 --strictPort
fi
exec deploy/parsimony.sh "$@"
