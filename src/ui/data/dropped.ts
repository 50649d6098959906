import { groupedCount, IMPORT_LIMITS } from '../../data/import/limits';

/** A file with its path below what was dropped or chosen: folders name classes. */
export interface PathFile {
  path: string;
  file: File;
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** All entries of a folder: they come in portions, until one is empty. */
async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function walk(entry: FileSystemEntry, into: PathFile[]): Promise<void> {
  if (into.length > IMPORT_LIMITS.files)
    throw new Error(`More than ${groupedCount(IMPORT_LIMITS.files)} files are more than the lab takes.`);
  if (entry.isFile) into.push({ path: entry.fullPath, file: await fileOf(entry as FileSystemFileEntry) });
  else for (const child of await children(entry as FileSystemDirectoryEntry)) await walk(child, into);
}

/** What a drop holds, folders and all. To be called in the event itself: afterwards the browser has forgotten it. */
export function droppedFiles(transfer: DataTransfer): Promise<PathFile[]> {
  const found = Array.from(transfer.items)
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  return (async () => {
    const files: PathFile[] = [];
    for (const { entry, file } of found) {
      if (entry?.isDirectory) await walk(entry, files);
      else if (file) files.push({ path: file.name, file });
    }
    return files;
  })();
}

/** Files of a chooser; those of a folder know their path. */
export const chosenFiles = (input: HTMLInputElement): PathFile[] =>
  Array.from(input.files ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file }));
