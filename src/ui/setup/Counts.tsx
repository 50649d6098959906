import { useState } from 'react';
import type { ArchitectureId } from '../../network/settings';
import { DATASETS } from '../../data/registry';
import { shapeOf } from '../../data/tasks';
import { layerCounts, sizeName } from '../../network/architectures/counts';
import { matchParameters, referenceCount } from '../../network/architectures/match';
import { ARCHITECTURES } from '../../network/architectures/registry';
import { parameterCount } from '../../network/network';
import type { NetworkSpec } from '../../network/spec';
import { configuredSpec } from '../../store/firstPaint';
import { useLab } from '../../store/lab';
import { groupedInteger } from '../../drawing/format';
import { Button, Field, Select } from '../kit';
import { actions } from '../kit/actions';
import styles from '../overlays/Overlays.module.css';
import { useSampleNouns } from '../useSampleNouns';

/** Parameters and multiplies of each layer of a network. */
function Table({ spec }: { spec: NetworkSpec }) {
  const { one } = useSampleNouns();
  const layers = layerCounts(spec);
  const total = (key: 'parameters' | 'multiplies'): string =>
    groupedInteger(layers.reduce((sum, layer) => sum + layer[key], 0));
  return (
    <table className={styles.counts} data-testid="counts">
      <caption>Trained parameters, and multiply-accumulates of one {one} (weights only).</caption>
      <thead>
        <tr>
          <th scope="col">Layer</th>
          <th scope="col">Parameters</th>
          <th scope="col">Multiplies</th>
        </tr>
      </thead>
      <tbody>
        {layers.map(({ parameters, multiplies }, l) => (
          // Layers have no identity but their place.
          <tr key={`${l} of ${layers.length}`}>
            <th scope="row">
              {l < spec.hidden.length ? `${l + 1}: ${sizeName(spec.hidden[l])}` : `Outputs: ${spec.outputs}`}
            </th>
            <td>{groupedInteger(parameters)}</td>
            <td>{groupedInteger(multiplies)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All</th>
          <td data-testid="parameters">{total('parameters')}</td>
          <td data-testid="multiplies">{total('multiplies')}</td>
        </tr>
      </tfoot>
    </table>
  );
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${groupedInteger(Math.abs(value))}`;

/**
 * Changes the widths until the network has as nearly as possible as many parameters as another architecture on the same
 * data.
 */
function Match({ spec }: { spec: NetworkSpec }) {
  const configuration = useLab((state) => state.configuration);
  const [reference, setReference] = useState<ArchitectureId>('mlp');
  const shape = shapeOf(DATASETS[configuration.data], configuration.tasks);
  const target = (id: ArchitectureId): number | null => {
    try {
      return referenceCount(id, configuration, shape);
    } catch {
      return null;
    }
  };
  const wanted = target(reference);
  const own = parameterCount(spec);
  const choices = Object.values(ARCHITECTURES).map(({ id, label, sizes }) => {
    const stages = id === 'cnn' ? [...sizes.channels, '·'] : [];
    return { id, label: `${label} ${[...stages, ...sizes.hidden].join(' ')}`, disabled: target(id) === null };
  });
  const match = (): void => {
    if (wanted === null) return;
    const { hidden, channels } = matchParameters(configuration, shape, wanted);
    actions().change({ hidden, channels });
  };
  return (
    <div data-control="setup-match">
      <Field
        label="Match parameters of"
        hint="Scales the widths (and channels) in proportion, then looks for the last parameters within a twentieth of each."
      >
        {({ id, describedBy }) => (
          <div className={styles.match}>
            <Select
              id={id}
              describedBy={describedBy}
              choices={choices}
              value={reference}
              onChange={setReference}
            />
            {wanted !== null && (
              <p data-testid="match">
                Here {groupedInteger(own)}, there {groupedInteger(wanted)}:{' '}
                {own === wanted ? 'equal' : signed(own - wanted)}
                {own !== wanted &&
                  ` (${((100 * (own - wanted)) / wanted).toFixed(2)}\u00a0%)`.replace('-', '−')}
                .
              </p>
            )}
            <Button size="small" disabled={wanted === null || wanted === own} onClick={match}>
              Match (restarts)
            </Button>
          </div>
        )}
      </Field>
    </div>
  );
}

/**
 * The parameters and multiplications of the configured network, with a way to match them to another architecture; or why
 * there is no such network.
 */
export function Counts() {
  const spec = useLab((state) => configuredSpec(state.configuration));
  if (typeof spec === 'string')
    return (
      <p className={styles.reading} role="alert">
        {spec}
      </p>
    );
  return (
    <>
      <div data-control="setup-counts">
        <Table spec={spec} />
      </div>
      <Match spec={spec} />
    </>
  );
}
