#!/bin/bash
# Sends the shards an experiment still lacks to SLURM again, or, where none is missing, joins them and writes the report. From the
# repository's folder:
#
#   deploy/slurm-resubmit.sh lambda-sweep full 40 "$HOME/results"
set -euo pipefail

experiment=$1 size=$2 shards=$3 out=$4
here=$(dirname "$0")

missing=$("$here/parsimony.sh" missing "$experiment" --size "$size" --shards "$shards" --out "$out")
if [ -n "$missing" ]; then
  sbatch --array="$missing" "$here/slurm.sh" "$experiment" "$size" "$shards" "$out"
else
  mkdir -p "$out/report"
  "$here/parsimony.sh" merge "$out" --experiment "$experiment" --out "$out/report/$experiment.$size.jsonl"
  "$here/parsimony.sh" report "$out/report/$experiment.$size.jsonl" --out "$out/report"
fi
