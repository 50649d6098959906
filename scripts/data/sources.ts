import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const run = (command: string, args: string[], cwd: string): void => {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
};
const onlyFile = (folder: string, ending: string): string => {
  const found = readdirSync(folder).filter((name) => name.endsWith(ending));
  if (found.length !== 1) throw new Error(`expected one ${ending} in the download, found ${found.length}`);
  return join(folder, found[0]);
};

/** Fetches and unpacks an npm package without installing it; returns the folder of its contents. */
export function npmPackage(spec: string, temporary: string): string {
  const folder = join(temporary, spec.replaceAll(/[^\w.-]/g, '_'));
  mkdirSync(folder);
  run('npm', ['pack', spec, '--silent'], folder);
  run('tar', ['-xzf', onlyFile(folder, '.tgz')], folder);
  return join(folder, 'package');
}

/** Installs npm packages in a folder of their own, running none of their scripts; returns its node_modules. */
export function npmInstall(specs: readonly string[], temporary: string): string {
  const folder = join(temporary, 'modules');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  run('npm', ['install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', ...specs], folder);
  return join(folder, 'node_modules');
}

/** Fetches and unpacks a Debian package without installing it; returns the folder that stands for the root. */
export function debianPackage(name: string, temporary: string): string {
  const folder = join(temporary, name);
  mkdirSync(folder);
  run('apt-get', ['download', name], folder);
  run('dpkg-deb', ['-x', onlyFile(folder, '.deb'), join(folder, 'root')], folder);
  return join(folder, 'root');
}

/** Reads a file and insists on its checksum, so that a changed source can never slip into a pack. */
export function readVerified(path: string, algorithm: 'md5' | 'sha256', expected: string): Uint8Array {
  const bytes = new Uint8Array(readFileSync(path));
  const found = createHash(algorithm).update(bytes).digest('hex');
  if (found !== expected) throw new Error(`${path}: ${algorithm} is ${found}, expected ${expected}`);
  return bytes;
}
