import { readFiles, refuseFiles } from '../../store/ownData';
import { chosenFiles, droppedFiles, type PathFile } from './dropped';

/** Shows what files hold as data, in the dialog of own data. */
async function offerFiles(found: Promise<PathFile[]>): Promise<void> {
  try {
    const files = await found;
    if (files.length > 0) readFiles(files);
    else refuseFiles('There is no file in what was dropped.');
  } catch (error) {
    refuseFiles(error instanceof Error ? error.message : 'The files could not be read.');
  }
}

/** Data dropped on the page. */
export const offerDrop = (transfer: DataTransfer): Promise<void> => offerFiles(droppedFiles(transfer));

/** Asks the visitor for files, or for a folder of pictures by class. */
export function chooseData(folder: boolean): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.webkitdirectory = folder;
  input.addEventListener('change', () => void offerFiles(Promise.resolve(chosenFiles(input))));
  input.click();
}
