import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FileLock } from './lock';

const folder = mkdtempSync(join(tmpdir(), 'parsimony-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));
const TIMES = { beat: 40, patience: 160 };
const silent = (): void => undefined;

/** What another process would have written. */
function holder(path: string, more: { host?: string; pid: number }): void {
  const held = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...held, token: 'another', ...more }));
}

describe('a lock', () => {
  it('is held by one at a time, shows that it lives, and leaves nothing behind', async () => {
    const path = join(folder, 'one.lock');
    const lock = await FileLock.take(path, silent, TIMES);
    const said: string[] = [];
    // Its own process may be another one with the same number, in another container: the signs of life tell.
    await expect(FileLock.take(path, (text) => said.push(text), TIMES)).rejects.toThrow(
      'These runs are being made already',
    );
    expect(said[0]).toContain('to see whether it lives');
    lock.release();
    expect(existsSync(path)).toBe(false);
    (await FileLock.take(path, silent, TIMES)).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is refused at once where a process of this machine lives, and taken at once where it is dead', async () => {
    const path = join(folder, 'two.lock');
    const lock = await FileLock.take(path, silent, { ...TIMES, beat: 1e6 });
    const living = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    holder(path, { pid: living.pid ?? 0 });
    const said: string[] = [];
    const again = (): Promise<FileLock> =>
      FileLock.take(path, (text) => said.push(text), { ...TIMES, patience: 60_000 });
    await expect(again()).rejects.toThrow(`by process ${living.pid} on `);
    living.kill();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    holder(path, { pid });
    const taken = await again();
    expect(said).toEqual([]);
    // What its first holder gives back is no longer its own.
    lock.release();
    expect(existsSync(path)).toBe(true);
    taken.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of another machine is taken once it shows no sign of life, whatever the clocks say', async () => {
    const path = join(folder, 'three.lock');
    const lock = await FileLock.take(path, silent, { ...TIMES, beat: 1e6 });
    holder(path, { host: 'elsewhere', pid: process.pid });
    const early = new Date(0);
    utimesSync(path, early, early);
    const beat = setInterval(() => {
      const now = new Date(1000 * Math.random());
      utimesSync(path, now, now);
    }, 20);
    await expect(FileLock.take(path, silent, TIMES)).rejects.toThrow('being made already');
    clearInterval(beat);
    const taken = await FileLock.take(path, silent, TIMES);
    expect(readFileSync(path, 'utf8')).not.toContain('elsewhere');
    taken.release();
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that cannot be read is found dead too', async () => {
    const path = join(folder, 'four.lock');
    writeFileSync(path, '{');
    (await FileLock.take(path, silent, TIMES)).release();
    expect(readdirSync(folder)).toEqual([]);
  });
});
