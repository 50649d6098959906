import { create } from 'zustand';
import { useLab } from '../../../store/lab';

/** The unit of the diagonal basis under inspection: its rank, 0-based; null while the lens is the lens. */
interface InspectorState {
  open: { layer: number; unit: number } | null;
}

export const useInspector = create<InspectorState>()(() => ({ open: null }));

/** Opens a unit in place of the lens. */
export function openInspector(layer: number, unit: number): void {
  useInspector.setState({ open: { layer, unit } });
  useLab.getState().setUi({ lensOpen: true });
}

/** The unit of largest σ of the layer in focus, or what is open already. */
export function inspectFirst(): void {
  openInspector(useLab.getState().ui.focus, 0);
}

export function closeInspector(): void {
  useInspector.setState({ open: null });
}

// Another lens asked for, and a run begun anew, both put the unit away.
useLab.subscribe(
  (state) => state.ui.lens,
  () => closeInspector(),
);
useLab.subscribe(
  (state) => state.running,
  () => closeInspector(),
);
