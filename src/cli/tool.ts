import type { CliCommand } from './command';
import { Failure } from './failure';

/** Commands by name; each is loaded only when it is called. */
const COMMANDS: Readonly<Record<string, { about: string; load: () => Promise<CliCommand> }>> = {
  evaluate: {
    about: 'logits and singular values of a network on a set of inputs',
    load: async () => (await import('./evaluate')).evaluateCommand,
  },
  surgery: {
    about: 'diagonalise, rotate, remove and grow units; what each did to the logits',
    load: async () => (await import('./surgery')).surgeryCommand,
  },
  wgsl: {
    about: 'the WGSL of every dispatch of a network on the compiled engine',
    load: async () => (await import('./wgsl')).wgslCommand,
  },
  experiments: {
    about: 'the experiments: their ids, and what they ask',
    load: async () => (await import('./experiments/list')).experimentsCommand,
  },
  experiment: {
    about: 'make the runs of an experiment, all or a share of them',
    load: async () => (await import('./experiments/experiment')).experimentCommand,
  },
  missing: {
    about: 'which shards of an experiment are still to be made',
    load: async () => (await import('./experiments/missingCommand')).missingCommand,
  },
  merge: {
    about: 'join the shards of experiments into one file',
    load: async () => (await import('./experiments/mergeCommand')).mergeResultsCommand,
  },
  report: {
    about: 'what results say: verdicts, tables and plots as Markdown and SVG',
    load: async () => (await import('./experiments/reportCommand')).writeReportCommand,
  },
};

const HELP = `Usage: npm run -s parsimony -- COMMAND …

${Object.entries(COMMANDS)
  .map(([name, { about }]) => `  ${name.padEnd(12)} ${about}`)
  .join('\n')}

COMMAND --help tells more. Networks and probes are .safetensors files.`;

async function dispatch(words: readonly string[]): Promise<void> {
  const name = words.at(0);
  const args = words.slice(1);
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  if (name === undefined) throw new Failure(`There is nothing to do.\n\n${HELP}`);
  if (!Object.hasOwn(COMMANDS, name))
    throw new Failure(`“${name}” is not a command: ${Object.keys(COMMANDS).join(', ')} (or --help).`);
  const command = await COMMANDS[name].load();
  if (args.includes('--help') || args.includes('-h')) process.stdout.write(`${command.help}\n`);
  else await command.run(args);
}

/** Does what a command line says and tells failures on standard error; resolves to the exit code. */
export async function runTool(words: readonly string[]): Promise<number> {
  try {
    await dispatch(words);
    return 0;
  } catch (error) {
    const defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`parsimony: ${error instanceof Failure ? error.message : defect}\n`);
    return 1;
  }
}
