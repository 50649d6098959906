/** The three energies of one network that the waterfall compares; both networks are measured on the same images. */
export interface WaterfallSide {
  /** Raw E. */
  energy: number;
  /** Gradient-times-activation energy. */
  gradient: number;
  /** Logit energy E‖z‖². */
  logits: number;
}

/**
 * How a fall of E from one network to another comes about: total = rescaling · logits · rest. Each is a factor by which
 * E fell; a factor below 1 means that this part raised it.
 */
export interface Waterfall {
  total: number;
  /**
   * The part that rescaling explains: how much more raw E fell than the gradient energy G, which no rescaling changes;
   * (E₀/E₁)/(G₀/G₁).
   */
  rescaling: number;
  /** The part that smaller logits explain: logit energy before over after. */
  logits: number;
  /**
   * The part that neither rescaling nor smaller logits explain: gradient energy per logit energy, before over after.
   */
  rest: number;
}

/**
 * Splits the fall of E from `before` to `after`. Null where one of the six energies is 0 or not finite, because factors
 * are not defined then.
 */
export function waterfall(before: WaterfallSide, after: WaterfallSide): Waterfall | null {
  const sound = [before, after].every((side) =>
    [side.energy, side.gradient, side.logits].every((value) => value > 0 && Number.isFinite(value)),
  );
  if (!sound) return null;
  const total = before.energy / after.energy;
  const gradient = before.gradient / after.gradient;
  const logits = before.logits / after.logits;
  return { total, rescaling: total / gradient, logits, rest: gradient / logits };
}
