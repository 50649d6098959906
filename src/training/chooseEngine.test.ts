import { describe, expect, it } from 'vitest';
import type { EngineId } from './ids';
import { chooseEngine, ENGINE_OPENERS } from './chooseEngine';
import type { Engine, EngineOpener } from './engine';
import { ENGINES } from './engines';
import { measureEngine } from './measure';

/** Engines that only say who they are; `disposed` lists those closed. */
function fakes(software: EngineId[], missing: EngineId[]) {
  const disposed: EngineId[] = [];
  const opened: EngineId[] = [];
  const opener =
    (id: EngineId): EngineOpener =>
    () => {
      if (missing.includes(id)) return Promise.reject(new Error('none here'));
      opened.push(id);
      const engine = {
        info: { id, label: id, adapter: `${id} adapter`, software: software.includes(id) },
        dispose: () => disposed.push(id),
      };
      return Promise.resolve(engine as unknown as Engine);
    };
  const openers = Object.fromEntries(ENGINES.map(({ id }) => [id, opener(id)])) as typeof ENGINE_OPENERS;
  return { openers, disposed, opened };
}

const taking = (times: Partial<Record<EngineId, number>>) => (engine: Engine) =>
  Promise.resolve({ msPerStep: times[engine.info.id] ?? 1e3, note: '' });

describe('the choice of an engine', () => {
  it('takes the fastest for auto and closes the others', async () => {
    const { openers, disposed } = fakes([], []);
    const measure = taking({ 'parsimony-wasm': 2, 'parsimony-webgpu': 0.5, 'tfjs-webgpu': 0.1 });
    const { engine, verdicts } = await chooseEngine('auto', { openers, measure });
    expect(engine.info.id).toBe('parsimony-webgpu');
    expect(disposed).toEqual(['parsimony-wasm']);
    expect(verdicts.map((v) => v.msPerStep)).toEqual([2, 0.5, null, null, null, null]);
  });

  it('opens no tfjs where an engine of our own works, and no emulated GPU', async () => {
    const { openers, opened } = fakes([], ['parsimony-webgpu']);
    const measure = taking({ 'parsimony-wasm': 2 });
    const { engine } = await chooseEngine('auto', { openers, measure });
    expect(engine.info.id).toBe('parsimony-wasm');
    expect(opened).toEqual(['parsimony-wasm']);
    const webgpu = { status: 'software' as const, adapter: 'SwiftShader (software)' };
    const emulated = fakes(['parsimony-webgpu'], []);
    const { verdicts } = await chooseEngine('auto', { openers: emulated.openers, measure, webgpu });
    expect(emulated.opened).toEqual(['parsimony-wasm']);
    expect(verdicts[1].note).toContain('SwiftShader (software): emulated on the CPU');
  });

  it('asks for reproducible numbers where they are wanted', async () => {
    const asked: unknown[] = [];
    const { openers } = fakes([], []);
    const watching = Object.fromEntries(
      Object.entries(openers).map(([id, open]): [string, EngineOpener] => [
        id,
        (report, options) => {
          asked.push(options?.reproducible);
          return open(report, options);
        },
      ]),
    ) as typeof ENGINE_OPENERS;
    await chooseEngine('parsimony-wasm', { openers: watching, reproducible: true });
    await chooseEngine('auto', { openers: watching, measure: taking({}), reproducible: true });
    expect(asked).toEqual([true, true, true]);
    const engine = await ENGINE_OPENERS['parsimony-wasm'](() => undefined, { reproducible: true });
    expect(engine.info.adapter).toMatch(/(one thread|threads), SIMD$/);
    engine.dispose();
  });

  it('names what is missing and what is emulated, and measures neither', async () => {
    const { openers } = fakes(['tfjs-webgl'], ['parsimony-wasm', 'parsimony-webgpu', 'tfjs-webgpu']);
    const measure = taking({ 'tfjs-wasm': 9, 'tfjs-webgl': 1 });
    const { engine, verdicts } = await chooseEngine('auto', { openers, measure });
    expect(engine.info.id).toBe('tfjs-wasm');
    expect(verdicts[1].note).toBe('none here');
    expect(verdicts.find(({ id }) => id === 'tfjs-webgl')?.note).toContain('emulated on the CPU');
  });

  it('falls back to what there is, and says why there is nothing', async () => {
    const { openers } = fakes(
      [],
      ENGINES.map(({ id }) => id).filter((id) => id !== 'tfjs-cpu'),
    );
    expect((await chooseEngine('auto', { openers, measure: taking({}) })).engine.info.id).toBe('tfjs-cpu');
    const none = fakes(
      [],
      ENGINES.map(({ id }) => id),
    ).openers;
    await expect(chooseEngine('auto', { openers: none })).rejects.toThrow('WebGL (tfjs): none here');
  });

  it('opens a pinned or remembered engine without measuring', async () => {
    const { openers, opened } = fakes(['tfjs-webgpu'], ['tfjs-webgl']);
    const measure = () => Promise.reject(new Error('measured'));
    expect((await chooseEngine('tfjs-webgpu', { openers, measure })).engine.info.id).toBe('tfjs-webgpu');
    await chooseEngine('auto', { openers, measure, remembered: 'tfjs-cpu' });
    expect(opened).toEqual(['tfjs-webgpu', 'tfjs-cpu']);
    await expect(chooseEngine('tfjs-webgl', { openers })).rejects.toThrow(
      'WebGL (tfjs) is not available here: none here',
    );
    // A remembered engine that has gone is not missed.
    const { engine } = await chooseEngine('auto', {
      openers,
      measure: taking({ 'parsimony-wasm': 1 }),
      remembered: 'tfjs-webgl',
    });
    expect(engine.info.id).toBe('parsimony-wasm');
  });

  it('measures a real engine within its budget', async () => {
    const engine = await ENGINE_OPENERS['tfjs-wasm'](() => undefined);
    const { msPerStep, note } = await measureEngine(engine, 100);
    expect(msPerStep).toBeGreaterThan(0);
    expect(note).toMatch(/^best of \d+ step/);
    engine.dispose();
  });

  it('says in words that Node has neither WebGPU nor WebGL', async () => {
    await expect(chooseEngine('tfjs-webgpu')).rejects.toThrow('no WebGPU');
    await expect(chooseEngine('tfjs-webgl')).rejects.toThrow('OffscreenCanvas');
  });
});
