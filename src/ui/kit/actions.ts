import { useLab } from '../../store/lab';
import type { LabActions } from '../../store/state';

type Bound<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => R : never;
};

/** The lab's actions, free to be passed about: they never change and need no `this`. */
export const actions = (): Bound<LabActions> => useLab.getState();
