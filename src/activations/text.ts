/** A number as a literal that is a float in WGSL and in AssemblyScript. Throws for what has no literal. */
export function floatLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`There is no literal for ${value}.`);
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Horner's form of Σ cₖ·qᵏ in the variable `q`; `last` writes the innermost coefficient, `literal` the others. */
export function hornerText(
  coefficients: readonly number[],
  last: (literal: string) => string = (literal) => literal,
): string {
  const literals = coefficients.map(floatLiteral);
  return literals
    .slice(0, -1)
    .reduceRight((sum, c) => `(${sum}) * q + ${c}`, last(literals[literals.length - 1]));
}
