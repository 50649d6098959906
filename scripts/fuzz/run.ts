/**
 * `npm run fuzz -- --minutes N [--seed S] [--only NAME]`: throws mutated files, links, results and networks at everything that reads them,
 * target by target, until the time is over. Every batch prints its seed; a case that fails is printed with what repeats it.
 */
import fc from 'fast-check';
import { type Target, TARGETS } from './targets';

const given = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};

const minutes = Number(given('minutes') ?? 1);
const only = given('only');
const targets = TARGETS.filter(({ name }) => only === undefined || name === only);
if (!(minutes > 0) || targets.length === 0) {
  console.error(
    `usage: npm run fuzz -- --minutes N [--seed S] [--only ${TARGETS.map(({ name }) => name).join('|')}]`,
  );
  process.exit(2);
}
const BATCH = 200;
const until = Date.now() + 60_000 * minutes;
let seed = Number(given('seed') ?? Date.now() % 2 ** 31);
const tally = new Map<string, number>();
let failures = 0;

async function batch({ name, property }: Target): Promise<void> {
  const details = await fc.check(property(true), {
    seed,
    numRuns: BATCH,
    interruptAfterTimeLimit: until - Date.now(),
    markInterruptAsFailure: false,
  });
  tally.set(name, (tally.get(name) ?? 0) + details.numRuns);
  console.log(`${name}: ${details.numRuns} cases, seed ${seed}${details.failed ? ': FAILED' : ''}`);
  if (!details.failed) return;
  failures++;
  console.log(fc.defaultReportMessage(details)?.slice(0, 4000));
  console.log(`Again: npm run fuzz -- --only ${name} --seed ${seed}`);
}

while (Date.now() < until) {
  for (const target of targets) {
    if (Date.now() >= until) break;
    await batch(target);
  }
  seed = (seed + 1) % 2 ** 31;
}
console.log(`\n${[...tally].map(([name, n]) => `${name} ${n}`).join(', ')}; ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
