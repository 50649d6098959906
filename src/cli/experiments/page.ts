/**
 * The page that is loaded in the headless browser: it runs trials on the WebGPU engine and reports each result to Node
 * through functions that Node adds to the page.
 */
import { pageFolder } from '../../base/pageFolder';
import { recipeById } from '../../experiments/registry';
import { runTrials } from '../../experiments/runner/runner';
import { DatasetCache } from '../../experiments/datasetCache';
import type { SizeName, Trial, TrialResult } from '../../experiments/types';
import { openCompiled } from '../../training/webgpu/open';

declare global {
  interface Window {
    /** Makes runs, telling each by `finished` as it is done; resolves to complaints of the GPU. */
    makeRuns: (recipe: string, size: SizeName, trials: readonly Trial[]) => Promise<string[]>;
    /** Given by Node. */
    finished: (result: TrialResult) => Promise<void>;
  }
}

window.makeRuns = async (id, size, trials) => {
  const complaints: string[] = [];
  const engine = await openCompiled((message) => complaints.push(message));
  try {
    const sources = new DatasetCache({ base: pageFolder() });
    for await (const result of runTrials({ recipe: recipeById(id), size, trials, engine, sources }))
      await window.finished(result);
    return complaints;
  } finally {
    engine.dispose();
  }
};
