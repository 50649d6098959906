import { useEffect } from 'react';
import { useLab } from '../../store/lab';
import { KEYS, takesKeys, takesSpace } from './keys';

/**
 * Listens to the keyboard shortcuts of the lab. They do nothing while the visitor types, with modifier keys, or under a
 * modal dialog.
 */
export function useKeys(): void {
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      const lab = useLab.getState();
      if (lab.ui.place === 'experiments') return;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape' && lab.ui.overlay === 'setup') return lab.setUi({ overlay: null });
      if (takesKeys(event.target) || document.querySelector('dialog:modal')) return;
      const binding = KEYS.find((candidate) => candidate.match(event));
      if (!binding || (binding.single && !lab.ui.singleKeys)) return;
      if (event.key === ' ' && takesSpace(event.target)) return;
      // A held key never repeats: neurons would go faster than they are drawn.
      event.preventDefault();
      if (!event.repeat) binding.act(lab, event);
    };
    window.addEventListener('keydown', down);
    return () => window.removeEventListener('keydown', down);
  }, []);
}
