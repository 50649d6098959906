import type { Pin } from '../../../worker/protocol';

const OPERATION_GLYPH = {
  left: '⟂',
  full: '⟂',
  rotate: '↻',
  remove: '−',
  grow: '+',
  sparsify: '⟂',
  'zero-biases': '0',
} as const;
const GLYPH: Record<Exclude<Pin['kind'], 'operation'>, string> = {
  lambda: 'λ',
  o: 'o',
  learningRate: 'lr',
  psiDecay: 'ψ',
  weightDecay: 'wd',
  measure: 'E',
  classes: '✓',
  adapt: '±',
  task: 'T',
  undo: '↶',
  engine: '⚙',
  note: '•',
};

/** The sign of a pin: λ, o, ⟂ diagonalise, ↻ rotate, − remove, + grow, ✓ classes, ± adaptation, T task … */
export function pinGlyph(pin: Pin): string {
  if (pin.kind !== 'operation') return GLYPH[pin.kind];
  return pin.report ? OPERATION_GLYPH[pin.report.operation.kind] : operationFromLabel(pin.label);
}

/** Operations without a report are named by their label alone. */
function operationFromLabel(label: string): string {
  if (/^(grow|add|\+)/i.test(label)) return '+';
  if (/^(remove|−|-)/i.test(label)) return '−';
  if (/^rotat/i.test(label)) return '↻';
  return '⟂';
}

/** What colour a pin's sign takes: by role. */
export function pinColour(pin: Pin): string {
  switch (pin.kind) {
    case 'lambda':
    case 'measure':
      return 'var(--energy)';
    case 'o':
    case 'psiDecay':
      return 'var(--length)';
    case 'operation':
    case 'adapt':
      return 'var(--ink)';
    default:
      return 'var(--ink-2)';
  }
}

/** Pins too close to be told apart, at their mean place. */
export interface PinCluster {
  x: number;
  pins: Pin[];
}

/** Groups pins whose places are closer than `gap` pixels; in step order, clusters at least `gap` apart. */
export function clusterPins(
  pins: readonly Pin[],
  place: (step: number) => number,
  gap: number,
): PinCluster[] {
  const sorted = [...pins].sort((a, b) => a.step - b.step || a.id - b.id);
  const clusters: PinCluster[] = [];
  for (const pin of sorted) {
    clusters.push({ x: place(pin.step), pins: [pin] });
    while (clusters.length > 1) {
      const last = clusters[clusters.length - 1];
      const before = clusters[clusters.length - 2];
      if (last.x - before.x >= gap) break;
      clusters.pop();
      const size = before.pins.length + last.pins.length;
      before.x = (before.x * before.pins.length + last.x * last.pins.length) / size;
      before.pins = [...before.pins, ...last.pins];
    }
  }
  return clusters;
}

/** The colour of a cluster: that of its pins if they agree, else ink. */
export function clusterColour({ pins }: PinCluster): string {
  const colours = new Set(pins.map(pinColour));
  return colours.size === 1 ? pinColour(pins[0]) : 'var(--ink)';
}

/** The sign of a cluster: that of its pins if they agree, else how many they are. */
export function clusterGlyph({ pins }: PinCluster): string {
  const glyphs = new Set(pins.map(pinGlyph));
  return glyphs.size === 1 ? pinGlyph(pins[0]) : String(pins.length);
}
