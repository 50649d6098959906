import type { EngineChoice, EngineId } from '../../../training/ids';
import { errorMessage } from '../../../base/errorMessage';
import { EngineRefusal } from '../../../run/trainedNetwork';
import { chooseEngine, type EngineSelection, type EngineVerdict } from '../../../training/chooseEngine';
import { ENGINES, engineLabel } from '../../../training/engines';
import { measureEngine } from '../../../training/measure';
import type { Engine } from '../../../training/engine';
import { probeWebGpu, type WebGpuProbe } from '../../../training/webgpu/device';
import { loadSetting, saveSetting } from '../storage/checkpoints';
import type { PostEvent } from '../../protocol';
import { CHECKED_ENGINE, failureOf, GraphicsCheck, type GraphicsStanding } from './graphicsCheck';
import { TileTuning } from './tileTuning';

/** Setting that remembers which engine was measured fastest in this browser. */
const REMEMBERED = 'fastest-engine';

interface Remembered {
  browser: string;
  adapter: string;
  engine: EngineId;
}

/**
 * Opens the engine of the session and watches over it; says by name what is in use and why. Where the chosen engine refuses a network,
 * another stands in for it until a network comes that it takes.
 */
export class EngineHost {
  /** The engine in use: the chosen one, or the one that stands in for it. */
  current: Engine | null = null;
  /** What the choice led to. */
  private chosen: Engine | null = null;
  private stand: Engine | null = null;
  private choice: EngineChoice = 'auto';
  /** Why the chosen engine was last refused, so that it is said once. */
  private refusal: string | null = null;
  /** What was measured when an engine was chosen. */
  private readonly verdicts = new WeakMap<Engine, EngineVerdict[]>();

  /** Proves the compiled WebGPU engine on this graphics card. */
  readonly graphics: GraphicsCheck;
  /** Fits it to the card. */
  readonly tuning: TileTuning;
  private adapter = '';

  /** `wake` rouses the loop of the session; `checkAlways`: see `GraphicsCheck`. */
  constructor(
    private readonly post: PostEvent,
    private readonly onLost: (reason: string) => void,
    wake: () => void = () => undefined,
    checkAlways = false,
  ) {
    this.tuning = new TileTuning(post, checkAlways);
    this.graphics = new GraphicsCheck(post, (message) => this.report(message), wake, checkAlways);
  }

  /**
   * The engine for a choice: the chosen one if it fits, even where another stands in for it now. A pinned engine that is missing gives
   * way to the measured one, with a message.
   */
  async open(choice: EngineChoice): Promise<Engine> {
    const { chosen, stand } = this;
    if (chosen && (choice === this.choice || choice === chosen.info.id)) return this.use(chosen, choice);
    if (stand && choice === stand.info.id) {
      if (chosen !== this.current) chosen?.dispose();
      this.chosen = stand;
      this.stand = null;
      return this.use(stand, choice);
    }
    return this.openAnew(choice);
  }

  /** A fresh engine after the one in use was lost. */
  async reopen(): Promise<Engine> {
    this.forget(this.current);
    this.current = null;
    return this.chosen ? this.use(this.chosen, this.choice) : this.openAnew(this.choice);
  }

  /**
   * The engine that takes a network the chosen one has refused, `why` in its words; it is told, once for each reason. Throws that reason
   * where no other engine is to be had.
   */
  private async standIn(refused: Engine, why: string): Promise<Engine> {
    // The engines of tfjs build on one reference: what one refuses, all do.
    if (!refused.info.id.startsWith('parsimony-')) throw new Error(why);
    const candidates = ENGINES.map(({ id }) => id).filter((id) => id !== refused.info.id);
    this.stand ??= this.watched(await chooseEngine('auto', { candidates, report: this.report }));
    if (this.refusal !== why) {
      const detail = `${why} ${this.stand.info.label} runs it instead; the next network that fits goes back to ${refused.info.label}.`;
      this.post({ type: 'problem', severity: 'notice', title: 'Another engine stands in', detail });
    }
    this.refusal = why;
    return this.use(this.stand, this.choice);
  }

  /** Does something on an engine or, where that refuses the network, on one that stands in for it. */
  async onWilling<T>(engine: Engine, act: (engine: Engine) => T): Promise<T> {
    try {
      return act(engine);
    } catch (error) {
      if (!(error instanceof EngineRefusal)) throw error;
      return act(await this.standIn(engine, error.message));
    }
  }

  /** Lets go of an engine that was in use, unless it is kept. */
  leave(engine: Engine | null): void {
    if (engine && engine !== this.chosen && engine !== this.stand && engine !== this.current)
      engine.dispose();
  }

  private forget(engine: Engine | null): void {
    if (this.chosen === engine) this.chosen = null;
    if (this.stand === engine) this.stand = null;
  }

  private use(engine: Engine, choice: EngineChoice): Engine {
    this.choice = choice;
    if (this.current === engine) return engine;
    this.current = engine;
    this.post({ type: 'engine', info: engine.info, measured: this.verdicts.get(engine) ?? [] });
    return engine;
  }

  private watched({ engine, verdicts }: EngineSelection): Engine {
    this.verdicts.set(engine, verdicts);
    void engine.lost.then((reason) => {
      if (this.current === engine) this.onLost(reason);
      else this.forget(engine);
    });
    return engine;
  }

  private readonly report = (message: string, title = 'The GPU reports an error'): void => {
    this.post({ type: 'problem', severity: 'error', title, detail: message });
    // What it runs on may be less than before.
    const { current } = this;
    if (current)
      this.post({ type: 'engine', info: current.info, measured: this.verdicts.get(current) ?? [] });
  };

  private async openAnew(choice: EngineChoice): Promise<Engine> {
    const probe = await probeWebGpu();
    this.post({ type: 'webgpu', state: probe.status, adapter: probe.adapter });
    this.adapter = probe.adapter;
    const { choice: settled, selection } = await this.select(choice, probe);
    const { engine, verdicts } = selection;
    // While the graphics card is still to be proven, nothing is settled.
    if (settled === 'auto' && this.graphics.outcome?.adapter === probe.adapter) this.remember(engine);
    // The one in use still has the networks on it: whoever moves them leaves it.
    if (this.chosen !== this.current) this.chosen?.dispose();
    this.chosen = this.watched(selection);
    this.current = engine;
    this.choice = choice;
    this.refusal = null;
    this.post({ type: 'engine', info: engine.info, measured: verdicts });
    return engine;
  }

  /** The engine for a choice on this machine; where a pinned one is not to be had, the fastest, and the page is told why. */
  private async select(
    choice: EngineChoice,
    probe: WebGpuProbe,
  ): Promise<{ choice: EngineChoice; selection: EngineSelection }> {
    const standing = await this.graphics.standing(probe);
    this.graphics.unwant();
    if (choice === 'auto') return { choice, selection: await this.fastest(probe, standing) };
    try {
      if (choice === CHECKED_ENGINE && standing !== 'exempt' && standing !== 'passed') {
        const engine = standing === 'unknown' ? await this.graphics.now(probe.adapter) : null;
        if (!engine) throw new Error(this.whyBarred());
        const verdict = { id: choice, label: engineLabel(choice), msPerStep: null, note: 'pinned' };
        return { choice, selection: { engine, verdicts: [verdict] } };
      }
      return { choice, selection: await chooseEngine(choice, { report: this.report, webgpu: probe }) };
    } catch (error) {
      const detail = `${errorMessage(error)} The fastest available engine is used.`;
      this.post({ type: 'problem', severity: 'error', title: 'That engine is not available', detail });
      return { choice: 'auto', selection: await this.fastest(probe, await this.graphics.standing(probe)) };
    }
  }

  private whyBarred(): string {
    const { outcome } = this.graphics;
    const what = outcome ? ` ${failureOf(outcome)}` : '';
    return `${engineLabel(CHECKED_ENGINE)} does not compute right on this graphics card.${what}`;
  }

  /** The fastest engine here; one that is still to be proven on this graphics card is not tried, and is checked while the other trains. */
  private async fastest(probe: WebGpuProbe, standing: GraphicsStanding): Promise<EngineSelection> {
    const { report } = this;
    const stored = (await loadSetting(REMEMBERED)) as Remembered | undefined;
    const known = stored?.browser === navigator.userAgent && stored.adapter === probe.adapter;
    const remembered = known && ENGINES.some(({ id }) => id === stored.engine) ? stored.engine : null;
    if (standing === 'exempt' || standing === 'passed') {
      const selection = await chooseEngine('auto', { remembered, report, webgpu: probe });
      if (standing === 'exempt' && remembered !== selection.engine.info.id) this.remember(selection.engine);
      return selection;
    }
    const candidates = ENGINES.map(({ id }) => id).filter((id) => id !== CHECKED_ENGINE);
    const { engine, verdicts } = await chooseEngine('auto', {
      candidates,
      remembered: remembered === CHECKED_ENGINE ? null : remembered,
      report,
      webgpu: probe,
    });
    const note =
      standing === 'unknown' ? 'being checked on this graphics card' : 'does not compute right here';
    const barred = { id: CHECKED_ENGINE, label: engineLabel(CHECKED_ENGINE), msPerStep: null, note } as const;
    if (standing === 'unknown') this.graphics.want(probe.adapter);
    return { engine, verdicts: [...verdicts, barred] };
  }

  private remember({ info }: Engine): void {
    const fresh: Remembered = { browser: navigator.userAgent, adapter: this.adapter, engine: info.id };
    void saveSetting(REMEMBERED, fresh);
  }

  /**
   * Measures the engine in use and one that has been proven meanwhile, each for a fifth of a second after its first step. The faster one is
   * the chosen one from now on, the other is let go of by whoever moves the networks; returns it where it is not the one in use.
   */
  async compare(proven: Engine): Promise<Engine | null> {
    const { current } = this;
    if (!current || current !== this.chosen) {
      proven.dispose();
      return null;
    }
    const verdicts: EngineVerdict[] = [];
    for (const engine of [current, proven]) {
      const { id, label, adapter } = engine.info;
      try {
        const { msPerStep, note } = await measureEngine(engine, 200);
        verdicts.push({ id, label, msPerStep, note: [adapter, note].filter(Boolean).join('; ') });
      } catch (error) {
        verdicts.push({ id, label, msPerStep: null, note: errorMessage(error) });
      }
    }
    const [own, other] = verdicts.map(({ msPerStep }) => msPerStep ?? Infinity);
    const faster = other < own;
    const before = (this.verdicts.get(current) ?? []).filter(
      ({ id }) => !verdicts.some((one) => one.id === id),
    );
    const all = [...verdicts, ...before];
    if (faster) {
      this.chosen = this.watched({ engine: proven, verdicts: all });
      this.current = proven;
    } else {
      proven.dispose();
      this.verdicts.set(current, all);
    }
    this.remember(this.current ?? current);
    this.post({ type: 'engine', info: (this.current ?? current).info, measured: all });
    return faster ? proven : null;
  }
}
