import { errorMessage } from '../base/errorMessage';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Failure } from './failure';

/** One command of the command line. */
export interface CliCommand {
  /** What `--help` prints. */
  help: string;
  /**
   * Carries the command out; `args` are the words after its name. Writes to standard output. Throws a `Failure` for what
   * is to be told in one line.
   */
  run(args: readonly string[]): Promise<void> | void;
}

/**
 * Reads the words of a command line against its options. Throws a `Failure` where an option is unknown or lacks its
 * value.
 */
export function parseOptions<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  known: T,
) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Failure(errorMessage(error), { cause: error });
  }
}

/**
 * The one file name that a command takes; `what` names it in the message. Throws a `Failure` where there is none, or
 * more than one.
 */
export function onlyFile(names: readonly string[], what: string): string {
  if (names.length === 0) throw new Failure(`${what} is missing.`);
  if (names.length > 1) throw new Failure(`One ${what} at a time; found ${names.join(' ')}.`);
  return names[0];
}
