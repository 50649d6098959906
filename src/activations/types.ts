import type * as tfjs from '@tensorflow/tfjs-core';

/** The functions of tfjs. They are handed in, so that this room does not load tfjs. */
export type Tfjs = typeof tfjs;

interface ActivationWords {
  /** In menus: "Elementwise tanh". */
  label: string;
  /** In a line about a network: "elementwise tanh". */
  name: string;
  /** One or two sentences with the formula. */
  describe: string;
  /**
   * True where a whole network may have this activation: menus, addresses and files then know it. Paths and convolutions may have
   * any elementwise activation.
   */
  ofNetworks: boolean;
  /**
   * Why the pre-activations of a layer cannot be multiplied by a positive factor so that its activations are multiplied by the same
   * factor; it ends a sentence that begins with the name of the layer. Null where they can, as with ReLU (positive homogeneity).
   */
  notHomogeneous: string | null;
}

/** An activation that acts on each unit alone: hᵢ = f(zᵢ). */
export interface ElementwiseActivation extends ActivationWords {
  kind: 'elementwise';
  id: string;
  /** On the drawing of a path: "tanh". */
  pathName: string;
  /** What `slope` reads of its arguments. */
  needs: readonly ('z' | 'h')[];
  /** f(z) in float64. */
  value: (z: number) => number;
  /** f′(z) in float64, where h = f(z). */
  slope: (z: number, h: number) => number;
  /** f of a tensor of any shape; tfjs differentiates it. */
  tensor: <T extends tfjs.Tensor>(tf: Tfjs, z: T) => T;
  /** WGSL for four units at a time (vec4f). Arguments are names or bracketed expressions. */
  wgsl: {
    /** Functions the expressions call. Equal texts are declared once. */
    functions: readonly string[];
    /** Expression of f(z), for an expression z. */
    value: (z: string) => string;
    /** Expression of ∂L/∂z = d·f′(z), for expressions of d = ∂L/∂h, z and h = f(z). */
    backward: (d: string, z: string, h: string) => string;
  };
  /**
   * AssemblyScript for four units at a time. In scope: `splat`, `madd`, `exp4`, `tanh4` and `log1p4` of the WebAssembly engine. `value`
   * is an expression of `z: v128`, `slope` an expression of `z: v128` and `h: v128`.
   */
  wasm: { functions: readonly string[]; value: string; slope: string };
}

/**
 * An activation that multiplies the whole pre-activation of an image by one scale: f(z) = s(q)·z with q = o + ‖z‖², where o is the
 * intrinsic length of the layer. Its Jacobian is s·I + g·z·zᵀ with g = 2·ds/dq, and ∂s/∂o = g/2. Any rotation R leaves it as it is:
 * f(R·z) = R·f(z).
 */
export interface IsotropicActivation extends ActivationWords {
  kind: 'isotropic';
  id: string;
  /**
   * What the backward pass reads. `z` belongs here where s can be 0, because z = h/s cannot be taken back then; where it is absent the
   * compiled engine saves the memory traffic of z.
   */
  needs: readonly ('z' | 'q' | 's')[];
  /** The length that ‖f(z)‖ approaches as ‖z‖ grows and never exceeds; null where lengths are not bounded. */
  limit: number | null;
  /** s(q) in float64, for q ≥ 0. */
  scale: (q: number) => number;
  /** g(q) = 2·ds/dq in float64, for q ≥ 0. */
  slope: (q: number) => number;
  /** s and g of tensors of any shape, in float32; they are not differentiated. */
  tensor: {
    scale: (tf: Tfjs, q: tfjs.Tensor) => tfjs.Tensor;
    slope: (tf: Tfjs, q: tfjs.Tensor, s: tfjs.Tensor) => tfjs.Tensor;
  };
  /** WGSL for four images at a time (vec4f). Arguments are expressions of any kind, so put them into calls or brackets. */
  wgsl: {
    functions: readonly string[];
    /** Expression of s, for an expression q. */
    scale: (q: string) => string;
    /** Expression of g, for expressions q and s. */
    slope: (q: string, s: string) => string;
  };
  /** AssemblyScript for one image in f64: `scale` is an expression of `q: f64`, `slope` an expression of `q: f64` and `s: f64`. */
  wasm: { functions: readonly string[]; scale: string; slope: string };
}

export type Activation = ElementwiseActivation | IsotropicActivation;
