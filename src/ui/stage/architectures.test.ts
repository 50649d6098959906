import { layoutStage } from './geometry/layoutStage';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../configuration/schema';
import { specOf } from '../../network/architectures/registry';
import type { NetworkSpec } from '../../network/spec';
import { seededStart } from '../../network/initialise';
import { referenceForward } from '../../network/reference';
import { seededRandom } from '../../network/random';
import { axisLength, slotMiddle, unitAt } from './geometry/unitAxis';
import { pathEnergies } from './model/energies';
import { hitTest } from './geometry/hitTest';
import { type StageRectangle, tileUnits } from './geometry/layout';
import { mergeText } from './model/names';
import { hasWeightsBetween } from './paint/matrix';
import { unitPatterns } from './samples/patterns';
import { columnsReading, rowMeans, layerShapes, strongestReader } from './geometry/shape';

const DATA = { inputs: 64, outputs: 10, planes: { channels: 1, height: 8, width: 8 } };
const spec = (change: Partial<typeof DEFAULT_CONFIGURATION>): NetworkSpec =>
  specOf(
    { ...DEFAULT_CONFIGURATION, activation: 'relu', hidden: [12, 6], channels: [3, 4], ...change },
    DATA,
  );
const ALL = {
  bimodal: spec({ architecture: 'bimodal' }),
  regulated: spec({ architecture: 'bimodal', regulation: 'multiply' }),
  lagrangian: spec({ architecture: 'lagrangian', mu: 2 }),
  cnn: spec({ architecture: 'cnn' }),
};
const frame = (of: NetworkSpec, focus: number) => {
  const shapes = layerShapes(of);
  const size = [of.inputs, ...shapes.map(({ rows }) => rows), of.outputs];
  return { width: 776, height: 668, dpr: 1, type: 1, kind: 'wide' as const, size, kept: [], focus, shapes };
};
const weightsOf = (of: NetworkSpec): Float32Array[] =>
  seededStart(of, 'xavier', 3, () => 0).parameters.weights.map(({ data }) => Float32Array.from(data));

describe('architectures on the stage', () => {
  it('never leave their room, and every unit is found where it is drawn', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(ALL)),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 640, max: 1100 }),
        fc.integer({ min: 480, max: 900 }),
        (of, f, width, height) => {
          const focus = f % of.hidden.length;
          const l = layoutStage({ ...frame(of, focus), width, height });
          const places = l.paths.map(({ box }) => box);
          for (const box of [l.bars, l.matrix, l.next, l.output?.box, ...l.tiles, ...l.maps, ...places])
            if (box) {
              expect(box.x + box.w).toBeLessThanOrEqual(width + 0.01);
              expect(box.y + box.h).toBeLessThanOrEqual(height + 0.01);
              expect(Math.min(box.x, box.y, box.w, box.h)).toBeGreaterThanOrEqual(0);
            }
          for (const i of [0, l.rows.n - 1]) expect(unitAt(l.rows, slotMiddle(l.rows, i))).toBe(i);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('put separate pathways in groups, with no weights between them', () => {
    const l = layoutStage(frame(ALL.bimodal, 0));
    expect(l.rows.groups?.sizes).toEqual([12, 6]);
    expect(l.columns?.groups?.sizes).toEqual([6, 3]);
    expect(unitAt(l.rows, slotMiddle(l.rows, 11) + l.rows.pitch)).toBeNull();
    expect(axisLength(l.rows)).toBeCloseTo(18 * l.rows.pitch + (l.rows.groups?.gap ?? 0), 9);
    const present = [0, 12].map((from) =>
      [0, 6].map((to) => hasWeightsBetween(ALL.bimodal, 1, { first: from }, { first: to })),
    );
    expect(present).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('put merged pathways side by side on the rows that the next matrix reads', () => {
    const l = layoutStage(frame(ALL.lagrangian, 0));
    expect([l.rows.n, l.paths.length, l.inner.n]).toEqual([12, 3, 12]);
    const inside = ({ x, w }: StageRectangle): number => x + w / 2;
    const found = l.paths.map(({ box }) => hitTest(l, [], 2, inside(box), slotMiddle(l.rows, 5)));
    expect(found.map((one) => (one?.kind === 'unit' ? one.unit : null))).toEqual([5, 17, 29]);
    // The output of a regulated last layer hangs under the neurons it shares its values with.
    const regulated = layoutStage(frame(ALL.regulated, 0));
    expect(regulated.output?.across.n).toBe(6);
  });

  it('give convolutions a kernel and a map level with each bar, and places to the matrix', () => {
    const first = layoutStage(frame(ALL.cnn, 0));
    expect([first.inline, first.tiles.length, first.maps.length, first.cells]).toEqual([true, 3, 3, true]);
    expect(tileUnits(first, [[2, 0, 1]])).toEqual([0, 1, 2]);
    const second = layoutStage(frame(ALL.cnn, 1));
    expect([second.cells, second.inner.n]).toEqual([false, 16]);
    expect(unitAt(second.inner, slotMiddle(second.inner, 9))).toBe(9);
  });

  it('read the columns that are there', () => {
    expect(columnsReading(ALL.cnn, 0, 2)).toEqual({ at: 18, count: 9 });
    expect(columnsReading(ALL.cnn, 1, 3)).toEqual({ at: 12, count: 4 });
    expect(columnsReading(ALL.lagrangian, 0, 17)).toEqual({ at: 5, count: 1 });
    const weights = weightsOf(ALL.bimodal);
    const glial = strongestReader(ALL.bimodal, weights, 0, 14, 9);
    expect(glial && glial.to >= 6).toBe(true);
  });

  it('carry a row back through merged pathways as the forward pass does where all is linear', () => {
    // T with every pre-activation far above 0 is linear; V and C are left out by their coefficients.
    const linear: NetworkSpec = {
      ...ALL.lagrangian,
      hidden: [
        { ...ALL.lagrangian.hidden[0], merge: { kind: 'add', coefficients: [1.5, 0, 0] } },
        ALL.lagrangian.hidden[1],
      ],
    };
    const start = seededStart(linear, 'xavier', 3, () => 0);
    const { parameters } = start;
    parameters.biases[0].fill(50);
    const weights = parameters.weights.map(({ data }) => Float32Array.from(data));
    const [pattern] = unitPatterns(linear, weights, 1, [4]).values;
    const rng = seededRandom(1, 'stage');
    const x = Float64Array.from({ length: 64 }, () => rng.normal());
    const z = (input: Float64Array): number => referenceForward(start, input, 1).z[1][4];
    const direct = x.reduce((sum, v, j) => sum + v * pattern[j], 0);
    expect(z(x) - z(new Float64Array(64))).toBeCloseTo(direct, 4);
  });

  it('share out the energy of a layer by pathway', () => {
    const shape = layerShapes(ALL.bimodal)[1];
    const energy = pathEnergies(shape, Float64Array.from([1, 1, 1, 1, 1, 1, 2, 2, 2]));
    expect(energy).toEqual([
      { mean: 1, share: 0.5 },
      { mean: 2, share: 0.5 },
    ]);
    const maps = layerShapes(ALL.cnn)[1];
    expect(
      Array.from(
        rowMeans(
          maps,
          Float64Array.from({ length: 16 }, (_, i) => i),
        ),
      ),
    ).toEqual([1.5, 5.5, 9.5, 13.5]);
  });

  it('write the merge out', () => {
    expect(mergeText({ kind: 'add', coefficients: [1, -1, 1] }, ['T', 'V', 'C'])).toBe('l = T − V + 1·C');
    expect(mergeText({ kind: 'add', coefficients: [1, -1, -2.5] }, ['T', 'V', 'C'])).toBe(
      'l = T − V − 2.5·C',
    );
    expect(mergeText({ kind: 'multiply', offsets: [0, 1] }, ['f', 's'])).toBe('y = f · (1 + s)');
    expect(mergeText({ kind: 'concatenate' }, ['f', 's'])).toBeNull();
  });
});
