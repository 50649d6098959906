import type { HotSetting } from '../../../configuration/hotSettings';
import type { AdaptDecision } from '../../../run/automatic';
import type { Pin } from '../../protocol';

/** Changes of one control join one pin while they follow each other this closely, in steps. */
const JOIN_STEPS = 50;
/** Decisions of automatic adaptation join one pin for this many steps at least … */
const DECISION_STEPS = 100;
/** … and for this many rounds of decisions. */
const DECISION_ROUNDS = 10;

interface Entry {
  pin: Pin;
  control: HotSetting['name'] | null;
  /** The label before its arrow: a joined change keeps where it came from. */
  from: string;
}

/** The marks a run has left on the timeline. */
export class RunPins {
  private entries: Entry[] = [];
  private next = 1;

  get all(): Pin[] {
    return this.entries.map(({ pin }) => pin);
  }

  /** The highest id given so far. */
  get lastId(): number {
    return this.next - 1;
  }

  /** A new mark at a step. */
  add(step: number, made: Omit<Pin, 'id' | 'step'>, control: HotSetting['name'] | null = null): Pin {
    const pin: Pin = { ...made, id: this.next++, step };
    this.entries.push({ pin, control, from: made.label.split(' → ')[0] });
    return pin;
  }

  /** The mark of a hot change: that of the last change of the same control where it was made just now. */
  changed(step: number, made: Pick<Pin, 'kind' | 'label'>, control: HotSetting['name']): Pin {
    const last = this.entries.at(-1);
    const arrow = made.label.indexOf(' → ');
    if (last?.control !== control || step - last.pin.step > JOIN_STEPS || arrow < 0)
      return this.add(step, { ...made, report: null }, control);
    last.pin = { ...last.pin, label: last.from + made.label.slice(arrow) };
    return last.pin;
  }

  /** Renames a pin (a held button counts up on one). */
  relabel(pin: Pin, label: string, report: Pin['report']): Pin {
    const fresh = { ...pin, label, report };
    this.entries = this.entries.map((entry) => (entry.pin.id === pin.id ? { ...entry, pin: fresh } : entry));
    return fresh;
  }

  /** The mark of decisions of automatic adaptation (`every` steps apart): one pin holds those of a stretch of steps. */
  decided(decisions: readonly AdaptDecision[], every: number): Pin {
    const { step } = decisions[0];
    const last = this.entries.at(-1);
    const stretch = Math.max(DECISION_STEPS, DECISION_ROUNDS * every);
    const open = last?.pin.decisions && step - last.pin.step < stretch ? last : null;
    const all = [...(open?.pin.decisions ?? []), ...decisions];
    const made = { kind: 'adapt', label: decisionLabel(all), report: null, decisions: all } as const;
    if (!open) return this.add(step, made);
    open.pin = { ...open.pin, ...made };
    return open.pin;
  }

  /** Numbers on from a stored run's pins, which the page keeps. */
  continueFrom(lastId: number): void {
    this.next = lastId + 1;
  }

  /** Takes back what came after pin `lastId`, and decisions after `step`: ids gone, and pins that lost decisions. */
  restore(lastId: number, step: number): { gone: number[]; changed: Pin[] } {
    const gone = this.entries.filter(({ pin }) => pin.id > lastId).map(({ pin }) => pin.id);
    const changed: Pin[] = [];
    this.entries = this.entries.filter(({ pin }) => pin.id <= lastId);
    for (const entry of this.entries) {
      const kept = entry.pin.decisions?.filter((decision) => decision.step <= step);
      if (!kept || kept.length === entry.pin.decisions?.length) continue;
      entry.pin = { ...entry.pin, decisions: kept, label: decisionLabel(kept) };
      changed.push(entry.pin);
    }
    return { gone, changed };
  }
}

const signed = (change: number): string => (change < 0 ? `−${-change}` : `+${change}`);

/** One decision with the σ that caused it, or what several came to. */
function decisionLabel(decisions: readonly AdaptDecision[]): string {
  if (decisions.length === 1) {
    const [{ layer, change, small, scaffold, theta }] = decisions;
    return `Adapt: layer ${layer + 1} ${signed(change)} (${small} σ ≤ ${theta}, ${scaffold} wanted)`;
  }
  const layers = [...new Set(decisions.map(({ layer }) => layer))].sort((a, b) => a - b);
  const parts = layers.map((layer) => {
    const own = decisions.filter((decision) => decision.layer === layer);
    const after = own[own.length - 1].widths[layer];
    const before = own[0].widths[layer] - own[0].change;
    return `layer ${layer + 1} ${before} → ${after}`;
  });
  return `Adapt: ${parts.join(', ')} (${decisions.length} decisions)`;
}
