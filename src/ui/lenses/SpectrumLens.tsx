import type { ComponentType } from 'react';
import { Segmented } from '../kit';
import { LawView } from './spectrum/LawView';
import { NowView } from './spectrum/NowView';
import { RidgeView } from './spectrum/RidgeView';
import { SparsityView } from './spectrum/SparsityView';
import styles from './spectrum/Spectrum.module.css';
import { type SpectrumView, useSpectrum } from './spectrum/view';

const VIEWS: readonly { id: SpectrumView; label: string; Body: ComponentType }[] = [
  { id: 'now', label: 'Now', Body: NowView },
  { id: 'ridges', label: 'Ridgelines', Body: RidgeView },
  { id: 'law', label: 'Error law', Body: LawView },
  { id: 'sparsity', label: 'Sparsity', Body: SparsityView },
];

/** The directions of the layer in focus: now, over training, what their removal costs, and what their zeros save. */
export function SpectrumLens() {
  const view = useSpectrum((state) => state.view);
  const { Body } = VIEWS.find(({ id }) => id === view) ?? VIEWS[0];
  return (
    <>
      <div className={styles.views}>
        <Segmented
          label="What of the spectrum"
          wide
          choices={VIEWS}
          value={view}
          onChange={(next) => useSpectrum.setState({ view: next })}
        />
      </div>
      <Body />
    </>
  );
}
