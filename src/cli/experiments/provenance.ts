import { execFileSync } from 'node:child_process';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { RunProvenance } from '../../experiments/types';

const ROOT = resolve(import.meta.dirname, '../../..');

function git(...args: string[]): string {
  return execFileSync('git', ['-C', ROOT, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/**
 * The commit of this working copy, with "-dirty" behind it where tracked files were changed. Where there is no repository (in a container)
 * it is what PARSIMONY_COMMIT says, or null.
 */
function commitHere(): string | null {
  try {
    return (
      git('rev-parse', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '-dirty')
    );
  } catch {
    return process.env.PARSIMONY_COMMIT || null;
  }
}

/** Tells, of runs finished from now on, where and when they were made. */
export function provenanceHere(): () => RunProvenance {
  const [commit, host] = [commitHere(), hostname()];
  return () => ({ commit, host, date: new Date().toISOString() });
}
