import type { EngineChoice, EngineId } from '../../configuration/schema';
import { chooseEngine } from '../../training/choose';
import { ENGINES } from '../../training/engines';
import type { Engine } from '../../training/engine';
import { probeWebGpu } from '../../training/tfjs/webgpu';
import { loadSetting, saveSetting } from './checkpoints';
import type { Post } from './session';

/** Setting that remembers which engine was measured fastest in this browser. */
const REMEMBERED = 'fastest-engine';

interface Remembered {
  browser: string;
  adapter: string;
  engine: EngineId;
}

/** Opens the engine of the session and watches over it; says by name what is in use and why. */
export class EngineHost {
  current: Engine | null = null;
  private choice: EngineChoice = 'auto';

  constructor(
    private readonly post: Post,
    private readonly onLost: (reason: string) => void,
  ) {}

  /** The engine for a choice: the present one if it fits. A pinned engine that is missing gives way to the measured one, with a message. */
  async open(choice: EngineChoice): Promise<Engine> {
    if (this.current && (choice === this.choice || choice === this.current.info.id)) {
      this.choice = choice;
      return this.current;
    }
    return this.openAnew(choice);
  }

  /** A fresh engine after the present one was lost. */
  async reopen(): Promise<Engine> {
    this.current = null;
    return this.openAnew(this.choice);
  }

  private async openAnew(choice: EngineChoice): Promise<Engine> {
    const probe = await probeWebGpu();
    this.post({ type: 'webgpu', state: probe.status, adapter: probe.adapter });
    const stored = (await loadSetting(REMEMBERED)) as Remembered | undefined;
    const known = stored?.browser === navigator.userAgent && stored.adapter === probe.adapter;
    const remembered = known && ENGINES.some(({ id }) => id === stored.engine) ? stored.engine : null;
    const report = (message: string): void =>
      this.post({ type: 'problem', severity: 'error', title: 'The GPU reports an error', detail: message });
    let wanted = choice;
    let chosen;
    try {
      chosen = await chooseEngine(choice, { remembered, report });
    } catch (error) {
      if (choice === 'auto') throw error;
      const detail = `${error instanceof Error ? error.message : String(error)} The fastest available engine is used.`;
      this.post({ type: 'problem', severity: 'error', title: 'That engine is not available', detail });
      wanted = 'auto';
      chosen = await chooseEngine('auto', { remembered, report });
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
    this.current = engine;
    this.choice = choice;
    void engine.lost.then((reason) => {
      if (this.current === engine) this.onLost(reason);
    });
    this.post({ type: 'engine', info: engine.info, measured: verdicts });
    return engine;
  }
}
