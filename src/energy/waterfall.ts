/** What the waterfall is made of: of one network on the same images. */
export interface WaterfallSide {
  /** Raw E. */
  energy: number;
  /** Gradient-times-activation energy. */
  gradient: number;
  /** Logit energy E‖z‖². */
  logits: number;
}

/**
 * How a fall of E from one network to another comes about: total = rescaling · logits · rest, each a factor (above 1 lowers E; below 1
 * points backwards).
 */
export interface Waterfall {
  total: number;
  /** What raw E fell beyond the gradient energy, which no rescaling changes: (E₀/E₁)/(G₀/G₁). */
  rescaling: number;
  /** Logit energy before over after: smaller logits, hence smaller everything. */
  logits: number;
  /** Gradient energy per logit energy, before over after: what neither rescaling nor smaller logits explain. */
  rest: number;
}

/** The split by gradient energy. Null where one of the six numbers is 0 or not finite: no factors then. */
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
