import { errorMessage } from '../base/errorMessage';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readNetwork, type NetworkFile } from '../network/files/networkFile';
import { readProbe, type ProbeFile } from '../network/files/probeFile';
import { FileFault } from '../network/files/safetensors';
import { Failure } from './failure';

/**
 * The path of a file as the person who typed it meant it: npm runs scripts in the project's folder and remembers the one
 * it was called from.
 */
export function resolvePath(name: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: called } = process.env;
  return resolve(script === 'parsimony' && called ? called : process.cwd(), name);
}

function read<T>(name: string, parse: (bytes: Uint8Array) => T): T {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(resolvePath(name));
  } catch (error) {
    throw new Failure(`${name} could not be read: ${errorMessage(error)}`, { cause: error });
  }
  try {
    return parse(bytes);
  } catch (error) {
    if (error instanceof FileFault) throw new Failure(`${name}: ${error.message}`, { cause: error });
    throw error;
  }
}

export const loadNetwork = (name: string): NetworkFile => read(name, readNetwork);

/** Reads a probe file (images with labels). Throws a `Failure` where its sizes do not fit the network. */
export function loadProbe(name: string, { network: { spec } }: NetworkFile): ProbeFile {
  const probe = read(name, readProbe);
  if (probe.inputs !== spec.inputs)
    throw new Failure(
      `${name}: “x” has ${probe.inputs} inputs per image, and the network reads ${spec.inputs}.`,
    );
  const beyond = probe.labels?.find((label) => label >= spec.outputs);
  if (beyond !== undefined)
    throw new Failure(`${name}: there is a label ${beyond}, and the network has ${spec.outputs} outputs.`);
  return probe;
}

/** Writes a file whole or not at all: first under a temporary name beside it, which is then renamed. */
export function writeFileAtomically(name: string, bytes: Uint8Array): void {
  const target = resolvePath(name);
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    writeFileSync(draft, bytes);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new Failure(`${name} could not be written: ${errorMessage(error)}`, { cause: error });
  }
}

/**
 * Returns the logits. Throws a `Failure` where a network of huge numbers gives some that JSON cannot hold (infinite or
 * not a number).
 */
export function finiteLogits(logits: Float64Array): Float64Array {
  if (!logits.every(Number.isFinite))
    throw new Failure('The logits of the network overflow: they are not finite numbers on this probe.');
  return logits;
}
