import type { EngineChoice, EngineId } from '../../../training/ids';
import { errorMessage } from '../../../base/errorMessage';
import { EngineRefusal } from '../../../run/trainedNetwork';
import { chooseEngine, type EngineSelection, type EngineVerdict } from '../../../training/chooseEngine';
import { ENGINES } from '../../../training/engines';
import type { Engine } from '../../../training/engine';
import { probeWebGpu } from '../../../training/webgpu/device';
import { loadSetting, saveSetting } from '../storage/checkpoints';
import type { PostEvent } from '../../protocol';

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

  constructor(
    private readonly post: PostEvent,
    private readonly onLost: (reason: string) => void,
  ) {}

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
    const stored = (await loadSetting(REMEMBERED)) as Remembered | undefined;
    const known = stored?.browser === navigator.userAgent && stored.adapter === probe.adapter;
    const remembered = known && ENGINES.some(({ id }) => id === stored.engine) ? stored.engine : null;
    const { report } = this;
    let wanted = choice;
    let chosen;
    try {
      chosen = await chooseEngine(choice, { remembered, report, webgpu: probe });
    } catch (error) {
      if (choice === 'auto') throw error;
      const detail = `${errorMessage(error)} The fastest available engine is used.`;
      this.post({ type: 'problem', severity: 'error', title: 'That engine is not available', detail });
      wanted = 'auto';
      chosen = await chooseEngine('auto', { remembered, report, webgpu: probe });
    }
    const { engine, verdicts } = chosen;
    if (wanted === 'auto' && remembered !== engine.info.id) {
      const fresh: Remembered = {
        browser: navigator.userAgent,
        adapter: probe.adapter,
        engine: engine.info.id,
      };
      void saveSetting(REMEMBERED, fresh);
    }
    // The one in use still has the networks on it: whoever moves them leaves it.
    if (this.chosen !== this.current) this.chosen?.dispose();
    this.chosen = this.watched(chosen);
    this.current = engine;
    this.choice = choice;
    this.refusal = null;
    this.post({ type: 'engine', info: engine.info, measured: verdicts });
    return engine;
  }
}
