import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Failure, messageOf } from './failure';

/** A command of the tool. */
export interface CliCommand {
  /** What `--help` prints. */
  help: string;
  /** Does it; `args` are the words after the command's name. Writes to standard output; throws a Failure. */
  run(args: readonly string[]): Promise<void> | void;
}

/** Reads a command line against its options; throws a Failure on what is unknown or lacks its value. */
export function parseOptions<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  known: T,
) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Failure(messageOf(error), { cause: error });
  }
}

/** The one file name a command takes; throws a Failure on none and on more. */
export function onlyFile(names: readonly string[], what: string): string {
  if (names.length === 0) throw new Failure(`${what} is missing.`);
  if (names.length > 1) throw new Failure(`One ${what} at a time; found ${names.join(' ')}.`);
  return names[0];
}
