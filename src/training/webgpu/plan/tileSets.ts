import type { TileSizes } from './bufferLayout';
import { CPU_TILES, GPU_TILES } from './bufferLayout';

/** A choice of tile sizes under a name that can be stored and shown. */
export interface TileSet {
  id: string;
  /** What is different about it, in words. */
  label: string;
  tiles: TileSizes;
}

/**
 * The tile sizes that self-tuning tries (training/webgpu/tuning.ts). The first is what a graphics card starts with, the second what a
 * software adapter starts with; the others lie between, since cards differ in how many registers a lane has and in what a load costs.
 */
export const TILE_SETS: readonly TileSet[] = [
  { id: 'many-lanes', label: '4 × 4 tiles, many small workgroups', tiles: GPU_TILES },
  { id: 'few-loads', label: '8 × 16 tiles, short loops', tiles: CPU_TILES },
  {
    id: 'tall',
    label: '8 × 4 tiles',
    tiles: { ...GPU_TILES, rows: 8, gradientInputs: 2 },
  },
  {
    id: 'wide',
    label: '4 × 8 tiles',
    tiles: { ...GPU_TILES, columns: 2, gradientInputs: 2, gradientOutputs: 2 },
  },
  {
    id: 'square',
    label: '8 × 8 tiles',
    tiles: { ...GPU_TILES, rows: 8, columns: 2, gradientInputs: 2, gradientOutputs: 2 },
  },
  {
    id: 'large-gradients',
    label: '4 × 4 tiles, gradients in 16 × 8',
    tiles: { ...GPU_TILES, gradientInputs: 4, gradientOutputs: 2 },
  },
];

/** The set of this name, or null (a record of another version may name one that is gone). */
export function tileSet(id: string): TileSet | null {
  return TILE_SETS.find((set) => set.id === id) ?? null;
}
