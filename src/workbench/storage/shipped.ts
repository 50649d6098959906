import { pageFolder } from '../../base/pageFolder';
import { errorMessage } from '../../base/errorMessage';
import { z } from 'zod';
import { parseResults } from '../../experiments/results';
import { SIZE_NAMES } from '../../experiments/types';
import { type ShippedEntry, type ShippedFile, type ShippedIndex, useExperiments } from '../state/state';

const indexSchema: z.ZodType<ShippedIndex> = z.object({
  date: z.string().nullable(),
  machine: z.string().nullable(),
  entries: z.array(
    z.object({
      recipe: z.string(),
      size: z.enum(SIZE_NAMES),
      file: z.string().regex(/^[\w.-]+$/, 'a plain file name'),
    }),
  ),
});

/** The address of a file of shipped results, beside the page. */
const address = (file: string): URL => new URL(`results/${file}`, pageFolder());

async function textOf(file: string): Promise<string> {
  const response = await fetch(address(file));
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.text();
}

/** Reads the list of results that are shipped with the page. */
export async function loadIndex(): Promise<void> {
  try {
    const found = indexSchema.safeParse(JSON.parse(await textOf('index.json')));
    if (!found.success) throw new Error('Its list is not as this version of the lab writes it.');
    useExperiments.setState({ index: found.data });
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'There is no list of them here.' : errorMessage(error);
    useExperiments.setState({ index: { reason } });
  }
}

const keep = (file: string, state: ShippedFile): void =>
  useExperiments.setState(({ shipped }) => ({ shipped: { ...shipped, [file]: state } }));

/** Reads a file of shipped results, once. A file that failed is read again when it is asked for again. */
export async function loadShipped({ file }: ShippedEntry): Promise<void> {
  const { [file]: known } = useExperiments.getState().shipped as Partial<Record<string, ShippedFile>>;
  if (known && known.state !== 'failed') return;
  keep(file, { state: 'loading' });
  try {
    keep(file, { state: 'there', results: parseResults(await textOf(file)) });
  } catch (error) {
    keep(file, { state: 'failed', reason: errorMessage(error) });
  }
}
