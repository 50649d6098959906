import { exportedNetwork, importNetwork } from '../../store/files/exchange';
import { offerDrop } from '../data/offer';
import { downloadFile } from '../kit/download';

/** Saves the present network as a file for the visitor. */
export function saveNetwork(): void {
  const file = exportedNetwork(new Date());
  if (file) downloadFile(file.name, [file.bytes], 'application/octet-stream');
}

/** Asks the visitor for a network file and starts from it. */
export function chooseNetwork(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.safetensors';
  input.addEventListener('change', () => {
    const file = input.files?.item(0);
    if (file) void importNetwork(file);
  });
  input.click();
}

/** Takes files dropped anywhere on the page: a network, or else data; other drags (text, links) are left alone. */
export function takeDrops(): void {
  const { dataset } = document.documentElement;
  const isFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (event: DragEvent): void => {
    if (!isFile(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    dataset.drop = '';
  };
  window.addEventListener('dragenter', over);
  window.addEventListener('dragover', over);
  window.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) delete dataset.drop;
  });
  window.addEventListener('drop', (event) => {
    delete dataset.drop;
    if (!isFile(event)) return;
    event.preventDefault();
    const { dataTransfer } = event;
    const network = dataTransfer?.files.length === 1 ? dataTransfer.files.item(0) : null;
    if (network && /\.safetensors$/i.test(network.name)) void importNetwork(network);
    else if (dataTransfer) void offerDrop(dataTransfer);
  });
}
