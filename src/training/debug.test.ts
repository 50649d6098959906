import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseEngine } from './chooseEngine';
import { debugLine, stepTimeText, writeDebugLines } from './debug';
import type { Engine, EngineOpener } from './engine';
import { fixtureNetwork, gradientOnlySettings, randomData, randomState } from './check/fixtures';
import { openCpu } from './tfjs/backends';

afterEach(() => writeDebugLines(null));

describe('debug lines', () => {
  it('are neither composed nor written where nobody asked', () => {
    const text = vi.fn(() => 'nothing');
    debugLine('plan', text);
    expect(text).not.toHaveBeenCalled();
    const lines: string[] = [];
    writeDebugLines((line) => lines.push(line));
    debugLine('plan', () => 'one');
    writeDebugLines(null);
    debugLine('plan', () => 'two');
    expect(lines).toEqual(['plan: one']);
    expect(stepTimeText(12.34, 4)).toBe('12.3 ms, 3.08 ms a step');
  });

  it('tell the choice of an engine, and why others were not', async () => {
    const lines: string[] = [];
    writeDebugLines((line) => lines.push(line));
    const label = 'a fast one';
    const fast = { info: { id: 'tfjs-wasm', label, adapter: 'two cores' }, dispose: () => undefined };
    const openers = {
      'tfjs-wasm': () => Promise.resolve(fast as unknown as Engine),
      'parsimony-webgpu': () => Promise.reject(new Error('no adapter')),
    } as Partial<Record<string, EngineOpener>> as never;
    await chooseEngine('auto', {
      candidates: ['tfjs-wasm', 'parsimony-webgpu'],
      openers,
      measure: () => Promise.resolve({ msPerStep: 1.25, note: 'best of 3 steps' }),
    });
    expect(lines).toEqual([
      expect.stringMatching(/^engine: .*1\.25 ms a step.*best of 3 steps/),
      expect.stringMatching(/^engine: .*no adapter/),
      'engine: chosen: a fast one on two cores',
    ]);
  });

  it('tell what a network became, its submissions and their time', async () => {
    const lines: string[] = [];
    const engine = await openCpu(() => undefined);
    writeDebugLines((line) => lines.push(line));
    const model = engine.createModel(randomState(fixtureNetwork(6, [5, 4], 3)), randomData(6, 3, 8));
    await model.train(
      Uint32Array.from({ length: 8 }, (_, i) => i),
      4,
      2,
      gradientOnlySettings(),
    );
    await model.metrics();
    model.dispose();
    engine.dispose();
    expect(lines.map((line) => line.split(':')[0])).toEqual(['plan', 'submission', 'timing', 'timing']);
    expect(lines[0]).toContain('6→5→4→3');
    expect(lines[1]).toContain('2 steps of 4 images');
    expect(lines[2]).toMatch(/2 steps .* ms a step/);
    expect(lines[3]).toContain('2 rows of metrics');
  });
});
