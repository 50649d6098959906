import { type RefObject, useEffect, useState } from 'react';
import { importFiles } from '../../state/workbench';
import { pushRoute } from '../../../store/route';

/** Takes files in and goes to what the first of them is about. */
async function take(files: File[]): Promise<void> {
  const address = await importFiles(files);
  if (address) pushRoute(address);
}

/** Asks for files of results. */
export function chooseFiles(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.jsonl,.json,.ndjson';
  input.multiple = true;
  input.addEventListener('change', () => void take([...(input.files ?? [])]));
  input.click();
}

/** Takes files dropped on an element, before the lab under it would take them for a network. Whether one is over it now. */
export function useDrop(ref: RefObject<HTMLElement | null>): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const own = (act: (event: DragEvent) => void) => (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.stopPropagation();
      act(event);
    };
    const enter = own(() => setOver(true));
    const leave = (event: DragEvent): void => {
      if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) setOver(false);
    };
    const drop = own((event) => {
      setOver(false);
      void take([...(event.dataTransfer?.files ?? [])]);
    });
    element.addEventListener('dragenter', enter);
    element.addEventListener('dragover', enter);
    element.addEventListener('dragleave', leave);
    element.addEventListener('drop', drop);
    return () => {
      element.removeEventListener('dragenter', enter);
      element.removeEventListener('dragover', enter);
      element.removeEventListener('dragleave', leave);
      element.removeEventListener('drop', drop);
    };
  }, [ref]);
  return over;
}
