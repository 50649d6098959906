#!/bin/bash
# An experiment as an array of SLURM jobs on a shared file system. From the repository's folder:
#
#   sbatch --array=1-40 deploy/slurm.sh lambda-sweep full 40 "$HOME/results"
#
# A job that is preempted, or whose node fails, is queued again and goes on with the runs it has not made. A minute before its
# time is up a job queues itself again. Afterwards, and whenever shards were lost: deploy/slurm-resubmit.sh with the same words.
#SBATCH --job-name=parsimony
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=04:00:00
#SBATCH --requeue
#SBATCH --signal=B:USR1@60
#SBATCH --open-mode=append
#SBATCH --output=parsimony-%A-%a.log
set -euo pipefail

experiment=$1 size=$2 shards=$3 out=$4
cd "${SLURM_SUBMIT_DIR:-.}"

deploy/parsimony.sh experiment "$experiment" --size "$size" --out "$out" \
  --shard "$SLURM_ARRAY_TASK_ID/$shards" --jobs "${SLURM_CPUS_PER_TASK:-1}" &
made=$!

again() {
  kill -TERM "$made"
  wait "$made" || true
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
  exit 0
}
trap again USR1
trap 'kill -TERM "$made"' TERM

# A signal ends the first wait early; the runs are over when the process is.
status=0
wait "$made" || status=$?
while kill -0 "$made" 2>/dev/null; do
  wait "$made" || status=$?
done
exit "$status"
