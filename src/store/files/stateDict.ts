import { create } from 'zustand';
import type { PlainLayers } from '../../network/files/stateDict';
import { useLab } from '../lab';

/** A PyTorch state dictionary that waits for its activation to be said. */
export interface AskedStateDict {
  name: string;
  layers: PlainLayers;
  bytes: Uint8Array;
}

export const useStateDict = create<{ asked: AskedStateDict | null }>()(() => ({ asked: null }));

/** Opens the question. */
export function askActivation(asked: AskedStateDict): void {
  useStateDict.setState({ asked });
  useLab.getState().setUi({ overlay: 'state-dict' });
}

/** Lets the file go. */
export function leaveActivation(): void {
  useStateDict.setState({ asked: null });
  useLab.getState().setUi({ overlay: null });
}
