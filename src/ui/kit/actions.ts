import { useLab } from '../../store/lab';
import type { LabActions } from '../../store/state';

type Bound<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => R : never;
};

/** The actions of the lab as plain functions. They never change and need no `this`, so that they can be passed on. */
export const actions = (): Bound<LabActions> => useLab.getState();
