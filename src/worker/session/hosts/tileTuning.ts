import { selfCheck } from '../../../training/check/selfCheck';
import type { Engine } from '../../../training/engine';
import type { CompiledEngine } from '../../../training/webgpu/engine';
import { tileSet, type TileSet } from '../../../training/webgpu/plan/tileSets';
import { TileTimer } from '../../../training/webgpu/timeTiles';
import { shapeClass, tuneTiles, type Tuning, type TuningRow } from '../../../training/webgpu/tuning';
import type { PostEvent } from '../../protocol';
import type { SessionRun } from '../networks/sessionRun';
import { loadSetting, saveSetting } from '../storage/checkpoints';
import { casesFor, CHECK_VERSION } from './graphicsCheck';

/** What was found for one class of shapes on one adapter. */
interface KeptTuning {
  browser: string;
  version: string;
  best: string;
  rows: TuningRow[];
}

/** Training goes on for this long before tile sizes are tried, so that the first look at the lab is undisturbed. */
const AFTER_MS = 2000;

const asCompiled = (engine: Engine | null): CompiledEngine | null =>
  engine && 'useTiles' in engine ? (engine as CompiledEngine) : null;

/**
 * Fits the compiled WebGPU engine to the graphics card: tries tile sets on copies of the visitor's network between slices of training, and
 * keeps the best for each adapter and class of shapes.
 */
export class TileTuning {
  /** The set that the run is to be compiled with anew; null where nothing is to be done. */
  better: TileSet | null = null;
  /** Engine and class of shapes that were asked for last, and whether the answer is there. */
  private asked: { engine: CompiledEngine; shape: string; settled: boolean } | null = null;
  private playingSince: number | null = null;
  private running = false;
  private stopped = false;
  private resume: (() => void) | null = null;
  private job: (() => Promise<void>) | null = null;

  /** `always`: cards emulated on the CPU are tuned too. */
  constructor(
    private readonly post: PostEvent,
    private readonly always: boolean,
  ) {}

  /** Gives tuning a turn between two slices; a measurement happens inside it, so that no training runs meanwhile. */
  async turn(run: SessionRun, current: Engine | null, playing: boolean): Promise<void> {
    const engine = asCompiled(current);
    const { spec, source, configuration } = run.main;
    const shape = shapeClass(spec, 1, configuration.batch);
    const same = this.asked?.engine === engine && this.asked.shape === shape;
    if (this.running) {
      if (!same) this.stopped = true;
      const { job, resume } = this;
      this.job = this.resume = null;
      resume?.();
      await job?.();
      return;
    }
    if (!engine || (engine.info.software && !this.always)) return;
    if (!same) {
      this.asked = { engine, shape, settled: false };
      this.better = null;
      await this.recall(engine, shape);
    }
    if (!playing) this.playingSince = null;
    else this.playingSince ??= performance.now();
    const { asked, playingSince } = this;
    if (asked?.settled !== false || playingSince === null) return;
    if (performance.now() - playingSince < AFTER_MS) return;
    asked.settled = true;
    this.running = true;
    this.stopped = false;
    const timer = new TileTimer(engine, await run.main.model.exportNetwork(), source, configuration.batch);
    void this.search(engine, timer)
      .then((tuning) => this.keep(engine, shape, tuning))
      .catch(() => undefined) // The device was lost, or there is no memory for copies: the set in use stays.
      .finally(() => {
        timer.dispose();
        this.running = false;
      });
  }

  private settingOf(engine: CompiledEngine, shape: string): string {
    return `tiles ${engine.info.adapter} ${shape}`;
  }

  private async recall(engine: CompiledEngine, shape: string): Promise<void> {
    const kept = (await loadSetting(this.settingOf(engine, shape))) as KeptTuning | undefined;
    if (kept?.browser !== navigator.userAgent || kept.version !== CHECK_VERSION) return;
    const best = tileSet(kept.best);
    if (best && this.asked) {
      this.asked.settled = true;
      this.settle(engine, best, kept.rows);
    }
  }

  private keep(engine: CompiledEngine, shape: string, { best, rows }: Tuning): void {
    if (this.stopped) return;
    const kept: KeptTuning = { browser: navigator.userAgent, version: CHECK_VERSION, best: best.id, rows };
    void saveSetting(this.settingOf(engine, shape), kept);
    this.settle(engine, best, rows);
  }

  private settle(engine: CompiledEngine, best: TileSet, rows: TuningRow[]): void {
    this.better = best.id === engine.tileSet.id ? null : best;
    this.post({ type: 'tiles', using: best.label, rows });
  }

  private search(engine: CompiledEngine, timer: TileTimer): Promise<Tuning> {
    return tuneTiles({
      current: engine.tileSet,
      time: (set) => this.exclusively(() => timer.time(set)),
      check: async ({ tiles }) => {
        const { results } = await selfCheck((states, data) => engine.createGroup(states, data, { tiles }), {
          cases: casesFor(engine.info),
          pause: () => this.pause(),
        });
        return results.flatMap(({ label, differences }) => differences.map((words) => `${label}: ${words}`));
      },
      pause: async () => {
        if (!this.stopped) await this.pause();
        return !this.stopped;
      },
    });
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => (this.resume = resolve));
  }

  /** Does something inside the next turn. */
  private exclusively<T>(act: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.job = () => act().then(resolve, reject);
    });
  }
}
