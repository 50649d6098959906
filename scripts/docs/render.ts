import { existsSync, readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { GeneratedPage } from './pages';

/** A page as it stands, '' where there is none, and as it should be: written by its generator, then formatted as the whole repository is. */
export async function rendered({ path, write }: GeneratedPage): Promise<{ present: string; wanted: string }> {
  const present = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const style = await resolveConfig(path);
  return { present, wanted: await format(write(present), { ...style, filepath: path }) };
}
