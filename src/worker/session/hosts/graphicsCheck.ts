import { LAB_VERSION } from '../../../base/version';
import { SELF_CHECK_CASES, type SelfCheckCase } from '../../../training/check/selfCheckCases';
import { selfCheck } from '../../../training/check/selfCheck';
import { ENGINE_OPENERS } from '../../../training/chooseEngine';
import type { Engine, EngineInfo } from '../../../training/engine';
import type { WebGpuProbe } from '../../../training/webgpu/device';
import type { GraphicsOutcome, PostEvent } from '../../protocol';
import { loadSetting, saveSetting } from '../storage/checkpoints';

/** The engine that is checked. */
export const CHECKED_ENGINE = 'parsimony-webgpu';

/** Kinds of network on an emulated card, where each takes half a minute and our tests hold all of them. */
const EMULATED_CASES = 1;

/** The kinds of network that an engine is checked on. */
export const casesFor = ({ software }: EngineInfo): readonly SelfCheckCase[] =>
  software ? SELF_CHECK_CASES.slice(0, EMULATED_CASES) : SELF_CHECK_CASES;

/** Where the outcome for an adapter is kept among the settings. */
const settingOf = (adapter: string): string => `graphics-check ${adapter}`;

/** Our version with the name of this piece of the built site, which changes with any of its code: kernels may differ within a version. */
export const CHECK_VERSION = `${LAB_VERSION} ${import.meta.url.split('/').pop() ?? ''}`;

/**
 * What is known of the compiled WebGPU engine here: `exempt` where nothing is checked (no WebGPU, or a card emulated on the CPU, which our
 * own tests hold).
 */
export type GraphicsStanding = 'exempt' | 'passed' | 'failed' | 'unknown';

/** Proves the compiled WebGPU engine on the visitor's graphics card, once, and remembers the outcome. */
export class GraphicsCheck {
  /** What the check found on the present adapter, now or at an earlier visit. */
  outcome: GraphicsOutcome | null = null;
  /** A proven engine that waits to be compared with the one in use. */
  proven: Engine | null = null;
  /** The adapter to check in the background, once there is time. */
  private wanted: string | null = null;
  private running: Promise<Engine | null> | null = null;
  private resume: (() => void) | null = null;
  private hurried = false;

  /** `report` takes a proven engine's complaints; `wake` rouses the loop that grants turns; `always`: emulated cards are checked too. */
  constructor(
    private readonly post: PostEvent,
    private readonly report: (message: string) => void,
    private readonly wake: () => void,
    private readonly always: boolean,
  ) {}

  /** What is known of this adapter. */
  async standing({ status, adapter }: WebGpuProbe): Promise<GraphicsStanding> {
    if (status !== 'ok' && !(status === 'software' && this.always)) return 'exempt';
    if (!this.isOf(this.outcome, adapter)) {
      const stored = (await loadSetting(settingOf(adapter))) as GraphicsOutcome | undefined;
      this.outcome = stored && this.isOf(stored, adapter) ? stored : null;
      if (this.outcome) this.post({ type: 'graphics-check', state: 'ended', outcome: this.outcome });
    }
    if (!this.outcome) return 'unknown';
    return this.outcome.passed ? 'passed' : 'failed';
  }

  private isOf(outcome: GraphicsOutcome | null, adapter: string): boolean {
    return (
      outcome?.adapter === adapter &&
      outcome.browser === navigator.userAgent &&
      outcome.version === CHECK_VERSION
    );
  }

  /** Asks for a check in the background: it begins with the first turn that is granted. */
  want(adapter: string): void {
    if (!this.running) this.wanted = adapter;
  }

  /** Withdraws that: nothing is to be compared any more. A check under way goes on, for its outcome. */
  unwant(): void {
    this.wanted = null;
    this.proven?.dispose();
    this.proven = null;
  }

  /** Lets the check do one kind of network; called between slices of training. */
  turn(): void {
    if (this.wanted !== null) {
      const adapter = this.wanted;
      this.wanted = null;
      this.hurried = false;
      this.running = this.check(adapter, false).then((engine) => {
        this.running = null;
        this.proven = engine;
        this.wake();
        return engine;
      });
      return;
    }
    this.resume?.();
    this.resume = null;
  }

  /** Checks now, while nothing else is done, and resolves with the engine where it has passed. Throws where it cannot be opened. */
  async now(adapter: string): Promise<Engine | null> {
    this.wanted = null;
    if (this.proven || this.running) {
      this.hurried = true;
      this.post({ type: 'graphics-check', state: 'running', waits: true });
      this.turn();
      const engine = this.proven ?? (await this.running);
      this.proven = null;
      if (engine) return engine;
      if (this.outcome) return null;
    }
    return this.check(adapter, true);
  }

  private pause(): Promise<void> {
    if (this.hurried) return Promise.resolve();
    return new Promise((resolve) => {
      this.resume = resolve;
      this.wake();
    });
  }

  /** In the background an engine that cannot be opened is simply none. */
  private async check(adapter: string, waits: boolean): Promise<Engine | null> {
    this.hurried = waits;
    this.post({ type: 'graphics-check', state: 'running', waits });
    const complaints: string[] = [];
    let sink = (message: string): void => void complaints.push(message);
    let engine: Engine;
    try {
      engine = await ENGINE_OPENERS[CHECKED_ENGINE]((message) => sink(message));
    } catch (error) {
      this.post({ type: 'graphics-check', state: 'ended', outcome: null });
      if (waits) throw error;
      return null;
    }
    let lost = false;
    void engine.lost.then(() => (lost = true));
    let working = 0;
    let from = performance.now();
    const found = await selfCheck((states, data) => engine.createGroup(states, data), {
      complaints: () => complaints,
      cases: casesFor(engine.info),
      pause: async () => {
        working += performance.now() - from;
        await this.pause();
        from = performance.now();
      },
    });
    working += performance.now() - from;
    const outcome: GraphicsOutcome = {
      adapter,
      browser: navigator.userAgent,
      version: CHECK_VERSION,
      checkedAt: Date.now(),
      milliseconds: Math.round(working),
      ...found,
    };
    // A card that was lost on the way has not been judged: the next visit asks again.
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
    if (!lost) {
      this.outcome = outcome;
      void saveSetting(settingOf(adapter), outcome);
    }
    this.post({ type: 'graphics-check', state: 'ended', outcome });
    if (!found.passed) {
      engine.dispose();
      return null;
    }
    sink = this.report;
    return engine;
  }
}

/** What a failed check found, in one sentence. */
export function failureOf({ results }: GraphicsOutcome): string {
  const wrong = results.filter(({ differences }) => differences.length > 0);
  const [first] = wrong;
  return `${wrong.length} of ${results.length} kinds of network tried ${wrong.length === 1 ? 'differs' : 'differ'} from float64 here; ${first.label}: ${first.differences[0]}.`;
}
