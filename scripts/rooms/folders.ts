import { dirname } from 'node:path/posix';

/** Most files directly in one folder below src. */
export const MOST_FILES = 22;

/** Folders that hold more than `most` of these files, one sentence each. */
export function crowdedFolders(files: readonly string[], most = MOST_FILES): string[] {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > most)
    .map(([folder, count]) => `${folder} holds ${count} files, and ${most} at most are to be in one folder.`);
}
