import { useState } from 'react';

/** Copies a text and says whether it worked (the clipboard may be refused). */
export function useCopy(): [state: 'idle' | 'copied' | 'refused', copy: (text: string) => void] {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = (text: string): void => {
    // No clipboard outside secure contexts, whatever the type says.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (!clipboard) return setState('refused');
    clipboard.writeText(text).then(
      () => {
        setState('copied');
        setTimeout(() => setState('idle'), 2500);
      },
      () => setState('refused'),
    );
  };
  return [state, copy];
}
