/** The page of compiled.spec.ts: the compiled engine on this browser's adapter, held against the float64 reference. */
import { openCompiled } from '../../src/training/compiled/open';
import type { CompiledEngine } from '../../src/training/compiled/engine';
import { caseCount, caseOf, runCase, type Case } from './compiledCases';

const reports: string[] = [];
let engine: Promise<CompiledEngine> | null = null;
const opened = (): Promise<CompiledEngine> =>
  (engine ??= openCompiled((message) => reports.push(message)) as Promise<CompiledEngine>);

const page = {
  /** Complaints of the device outside any call. */
  reports: () => reports,
  caseCount,
  case: async (index: number) => {
    const c: Case = caseOf(index);
    return { name: JSON.stringify(c), wrong: await runCase(await opened(), c) };
  },
};

export type CompiledPage = typeof page;
declare global {
  interface Window {
    compiled: CompiledPage;
  }
}
window.compiled = page;
