/** Where the colours and lengths of the stage end: rounded to numbers a reader can remember, and calm while weights change. */

const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The smallest of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 × 10ᵏ that is ≥ value; 0 for values that are no length. */
export function niceCeil(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((s) => s * power >= value * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(2));
}

/** The q-quantile of |values| (0 ≤ q ≤ 1), from at most `sample` values taken at even strides; 0 when empty. */
export function magnitudeQuantile(values: ArrayLike<number>, q: number, sample = 4096): number {
  const count = Math.min(values.length, sample);
  if (count === 0) return 0;
  const stride = values.length / count;
  const sizes = new Float32Array(count);
  for (let i = 0; i < count; i++) sizes[i] = Math.abs(values[Math.floor(i * stride)]);
  sizes.sort();
  return sizes[Math.min(count - 1, Math.floor(q * count))];
}

/** Below this share of the scale's end the scale is taken in. */
const SLACK = 0.55;

/**
 * The end of a scale that follows its data with hysteresis: it grows when the data reach beyond it, shrinks when they
 * fill little of it, and stands still while frozen, so that a change of colour or length is a change of the network.
 */
export class SteadyScale {
  end = 0;

  follow(wanted: number, frozen: boolean): number {
    const next = niceCeil(wanted);
    if (next === 0) return this.end === 0 ? 1 : this.end;
    if (this.end === 0 || (!frozen && (next > this.end || wanted < SLACK * this.end))) this.end = next;
    return this.end;
  }
}

/** Scales by name; `reset` starts them anew (new run, other layer). */
export class ScaleSet {
  private readonly scales = new Map<string, SteadyScale>();

  follow(name: string, wanted: number, frozen: boolean): number {
    let scale = this.scales.get(name);
    if (!scale) this.scales.set(name, (scale = new SteadyScale()));
    return scale.follow(wanted, frozen);
  }

  reset(): void {
    this.scales.clear();
  }
}
