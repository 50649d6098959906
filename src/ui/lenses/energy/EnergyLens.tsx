import type { ComponentType } from 'react';
import { Segmented } from '../../kit';
import { CostView } from './CostView';
import { CourseView } from './CourseView';
import styles from './Energy.module.css';
import { MeasuresView } from './MeasuresView';
import { type EnergyView, useEnergy } from './view';
import { WaterfallView } from './WaterfallView';

const VIEWS: readonly { id: EnergyView; label: string; Body: ComponentType }[] = [
  { id: 'waterfall', label: 'Waterfall', Body: WaterfallView },
  { id: 'course', label: 'Over time', Body: CourseView },
  { id: 'measures', label: 'All measures', Body: MeasuresView },
  { id: 'cost', label: 'Cost', Body: CostView },
];

/** What activations cost: how a fall of E comes about, E over training, every measure of it, and estimates of physical cost. */
export function EnergyLens() {
  const view = useEnergy((state) => state.view);
  const { Body } = VIEWS.find(({ id }) => id === view) ?? VIEWS[0];
  return (
    <>
      <div className={styles.views}>
        <Segmented
          label="What of the energy"
          wide
          choices={VIEWS}
          value={view}
          onChange={(next) => useEnergy.setState({ view: next })}
        />
      </div>
      <Body />
    </>
  );
}
