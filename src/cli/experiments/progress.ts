/** A time in seconds as people say it: "35 s", "12 min", "2 h 10 min". */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How far the runs of a command are: runs done, runs an hour, and time left by what the remaining runs cost. */
export class Progress {
  private made = 0;
  private done = 0;
  private readonly whole: number;

  /** `costs`: of each run to be made, by the id of its trial, in any unit; `from` in milliseconds. */
  constructor(
    private readonly costs: ReadonlyMap<string, number>,
    private readonly from: number,
  ) {
    this.whole = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  }

  /** Counts a run as finished and says where things stand: "12/30 TRIAL · 1840 runs an hour · 35 s left". */
  finished(trial: string, now: number, remark = ''): string {
    this.made += 1;
    this.done += this.costs.get(trial) ?? 0;
    const seconds = Math.max(1e-3, (now - this.from) / 1000);
    const rate = Math.round((3600 * this.made) / seconds);
    const total = this.costs.size;
    const left =
      this.made < total && this.done > 0
        ? ` · ${formatDuration((seconds / this.done) * Math.max(0, this.whole - this.done))} left`
        : '';
    return `${this.made}/${total} ${trial}${remark} · ${rate} runs an hour${left}`;
  }
}
