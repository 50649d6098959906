import { errorMessage } from '../../base/errorMessage';
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { Failure } from '../failure';
import { resolvePath } from '../files';

/** Who holds a lock. */
const holderSchema = z.object({ token: z.string(), host: z.string(), pid: z.number(), since: z.string() });
type Holder = z.infer<typeof holderSchema>;

export interface LockTimes {
  /** Milliseconds between two signs of life. */
  beat: number;
  /** Milliseconds without one after which a holder on another machine is taken for dead. */
  patience: number;
}

const TIMES: LockTimes = { beat: 10_000, patience: 45_000 };

/** Where process numbers mean something: this machine, and in it this container (they have numbers of their own). */
function processSpace(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The lock file as it is now, with the time of its last sign of life; null where there is none. */
function look(path: string): { text: string; beat: number } | null {
  let file: number;
  try {
    // Opened, not only asked for: shared file systems then tell the present time.
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    return { text: readFileSync(file, 'utf8'), beat: fstatSync(file).mtimeMs };
  } finally {
    closeSync(file);
  }
}

function holderIn(text: string): Holder | null {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * A lock file: while one process holds it, no other makes the same runs. It is given back at the end, on Ctrl-C and on termination; what a
 * process that was killed leaves behind is found dead: at once on the same machine, and by its missing signs of life on another.
 */
export class FileLock {
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly path: string,
    private readonly text: string,
    { beat }: LockTimes,
  ) {
    this.timer = setInterval(() => this.show(), beat);
    this.timer.unref();
    process.on('SIGINT', this.end).on('SIGTERM', this.end);
  }

  /**
   * Takes the lock `name`. Throws a Failure where a living process holds it; `say` is told when it waits to see whether the holder lives.
   */
  static async take(name: string, say: (text: string) => void, times = TIMES): Promise<FileLock> {
    const path = resolvePath(name);
    const own: Holder = {
      token: randomUUID(),
      host: processSpace(),
      pid: process.pid,
      since: new Date().toISOString(),
    };
    const text = JSON.stringify(own);
    for (;;) {
      try {
        writeFileSync(path, text, { flag: 'wx' });
        return new FileLock(path, text, times);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
          throw new Failure(`${name} could not be written: ${errorMessage(error)}`, { cause: error });
      }
      const found = look(path);
      if (found) await clear(name, path, found, say, times);
    }
  }

  /** A sign of life; where another process has taken the lock over, this one ends. */
  private show(): void {
    if (look(this.path)?.text !== this.text) {
      process.stderr.write(
        'parsimony: another process has taken over these runs; this one ends. Nothing is lost.\n',
      );
      process.exit(1);
    }
    const now = new Date();
    utimesSync(this.path, now, now);
  }

  private readonly end = (signal: NodeJS.Signals): void => {
    this.release();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };

  /** Gives the lock back. */
  release(): void {
    clearInterval(this.timer);
    process.off('SIGINT', this.end).off('SIGTERM', this.end);
    if (look(this.path)?.text === this.text) rmSync(this.path, { force: true });
  }
}

/** Removes a lock whose holder is dead; throws a Failure where it lives. */
async function clear(
  name: string,
  path: string,
  found: { text: string; beat: number },
  say: (text: string) => void,
  { beat, patience }: LockTimes,
): Promise<void> {
  const holder = holderIn(found.text);
  const here = holder?.host === processSpace();
  const who = holder
    ? `process ${holder.pid} on ${holder.host.split(' ')[0]}, since ${holder.since}`
    : 'an unknown process';
  const busy = new Failure(
    `These runs are being made already, by ${who} (${name}). Start one command for each shard.`,
  );
  if (here && holder.pid !== process.pid) {
    // The number of a dead process may be another one's by now, which shows no signs of life here.
    if (alive(holder.pid) && Date.now() - found.beat < patience) throw busy;
  } else {
    // No clock is compared with another machine's: what counts is whether the time of the file moves.
    say(`${name} is held by ${who}: waiting up to ${Math.ceil(patience / 1000)} s to see whether it lives …`);
    for (let waited = 0; waited < patience; waited += beat / 2) {
      await wait(beat / 2);
      const now = look(path);
      if (!now || now.text !== found.text) return;
      if (now.beat !== found.beat) throw busy;
    }
  }
  removeStale(path, found.text);
}

/** Takes a dead lock away, and puts it back where it turns out to be another one by now. */
function removeStale(path: string, text: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    if (look(aside)?.text === text) rmSync(aside);
    else renameSync(aside, path);
  } catch {
    // Another process was faster; who holds it now is seen at the next try.
  }
}
