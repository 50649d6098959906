import type { ComponentType } from 'react';
import { Segmented } from '../kit';
import styles from './compare/Compare.module.css';
import { Ladder } from './compare/ladder/Ladder';
import { SweepMap } from './compare/map/SweepMap';
import { TwinView } from './compare/TwinView';
import { type CompareView, useCompare } from './compare/view';

const VIEWS: readonly { id: CompareView; label: string; Body: ComponentType }[] = [
  { id: 'ladder', label: 'Ladder', Body: Ladder },
  { id: 'map', label: 'λ × o map', Body: SweepMap },
  { id: 'twin', label: 'Twin', Body: TwinView },
];

/** The network beside others on the same batches: copies over λ, copies over λ and o, or its control. */
export function CompareLens() {
  const view = useCompare((state) => state.view);
  const { Body } = VIEWS.find(({ id }) => id === view) ?? VIEWS[0];
  return (
    <>
      <div className={styles.views}>
        <Segmented
          label="Compare with"
          wide
          choices={VIEWS}
          value={view}
          onChange={(next) => useCompare.setState({ view: next })}
        />
      </div>
      <Body />
    </>
  );
}
