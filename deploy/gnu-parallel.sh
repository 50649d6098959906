#!/bin/bash
# An experiment on several machines that share a file system, by GNU parallel:
#
#   deploy/gnu-parallel.sh lambda-sweep full 40 "$PWD/results" --sshlogin host1,host2
#
# On one machine `experiment --jobs N` does the same without it. Started again, it makes the shards that are missing, whatever
# became of the machines before; at the end it joins them and writes the report. Words after the fourth go to parallel.
set -euo pipefail

experiment=$1 size=$2 shards=$3 out=$(realpath -m "$4")
shift 4
here=$(cd "$(dirname "$0")" && pwd)

missing=$("$here/parsimony.sh" missing "$experiment" --size "$size" --shards "$shards" --out "$out")
if [ -n "$missing" ]; then
  tr ',' '\n' <<<"$missing" |
    parallel "$@" --quote --retries 3 --line-buffer \
      "$here/parsimony.sh" experiment "$experiment" --size "$size" --out "$out" --jobs 1 --shard "{}/$shards"
fi
mkdir -p "$out/report"
"$here/parsimony.sh" merge "$out" --experiment "$experiment" --out "$out/report/$experiment.$size.jsonl"
"$here/parsimony.sh" report "$out/report/$experiment.$size.jsonl" --out "$out/report"
