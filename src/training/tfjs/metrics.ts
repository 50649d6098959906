import * as tf from '@tensorflow/tfjs-core';
import type { MeasureId } from '../../energy/ids';
import { energyMeasure } from '../../energy/measures';
import { METRIC_COLUMNS, type StepMetrics } from '../engine';

/** Columns of a raw row on the device, before E per hidden layer: mean cross-entropy, right answers, Σ‖ψ‖² under decay, ‖gradient‖². */
const RAW = 4;

/** The host's half of a row: what was in force at that step. */
interface Row {
  raw: tf.Tensor1D;
  lambda: number;
  measure: MeasureId;
  psiDecay: number;
}

/** Rows of metrics waiting on the device until they are read all at once. */
export class MetricRows {
  private rows: Row[] = [];

  add(row: Row): void {
    this.rows.push(row);
  }

  /** All rows since the last read, in one read-back; rows added meanwhile wait for the next. */
  async read(hidden: number): Promise<StepMetrics> {
    const columns = METRIC_COLUMNS.length + hidden;
    const { rows } = this;
    this.rows = [];
    const values = new Float32Array(rows.length * columns);
    if (rows.length === 0) return { rows: 0, columns, values };
    const stacked = tf.tidy(() => tf.concat1d(rows.map((row) => row.raw)));
    rows.forEach((row) => row.raw.dispose());
    const raw = await stacked.data<'float32'>().finally(() => stacked.dispose());
    const width = RAW + hidden;
    rows.forEach(({ lambda, measure, psiDecay }, r) => {
      const [dataLoss, correct, psi, squaredGradient] = raw.subarray(r * width);
      const layers = raw.subarray(r * width + RAW, (r + 1) * width);
      const energy = energyMeasure(measure).combine(layers);
      // λ = 0 is an exact absence: no NaN of a diverged E may leak into the penalty.
      const penalty = lambda === 0 ? 0 : lambda * energy;
      const head = [dataLoss, energy, penalty, psiDecay * psi, correct, Math.sqrt(squaredGradient)];
      values.set(head, r * columns);
      values.set(layers, r * columns + METRIC_COLUMNS.length);
    });
    return { rows: rows.length, columns, values };
  }

  clear(): void {
    this.rows.forEach((row) => row.raw.dispose());
    this.rows = [];
  }
}
