import { hasIsotropic } from '../../network/architectures/registry';
import { INITIALISATIONS } from '../../network/initialise';
import { useLab } from '../../store/lab';
import { OPTIMISERS } from '../../training/optimisers';
import { Button } from '../kit';
import { ArchitectureItems } from './ArchitectureItems';
import { DataItem } from './DataItem';
import { ChoiceItem, NumberItem, SwitchItem } from './items';
import { actions } from '../kit/actions';

const STANDARDISATIONS = [
  { id: 'dataset', label: 'Per data set', describe: 'One mean and one deviation for all pixels.' },
  { id: 'pixel', label: 'Per pixel', describe: 'Each pixel by its own mean and deviation, clipped.' },
] as const;
const O_MODES = [
  { id: 'off', label: 'Off', describe: 'Exactly 0.' },
  { id: 'fixed', label: 'Fixed', describe: 'Moved by hand only.' },
  { id: 'trained', label: 'Trained', describe: 'Learned as log o, with the network.' },
] as const;
const PSI_MODES = [
  { id: 'off', label: 'Off', describe: 'Exactly 0.' },
  { id: 'fixed', label: 'Fixed', describe: 'In the forward pass, not trained.' },
  { id: 'trained', label: 'Trained', describe: 'Learned with the network.' },
  { id: 'decay', label: 'Trained with decay', describe: 'Learned, with ψ decay·Σ‖ψ‖² in the loss.' },
  {
    id: 'expectation',
    label: 'Expectation',
    describe: 'No ψ: a removed unit leaves mean(s)·w*·b* in the next bias.',
  },
] as const;

/** Settings that start the network anew. */
export function RestartGroup() {
  const isotropic = useLab((state) => hasIsotropic(state.configuration));
  const optimiser = useLab((state) => state.configuration.optimiser);
  const { newSeed } = actions();
  return (
    <>
      <ArchitectureItems />
      <DataItem />
      <ChoiceItem field="standardisation" label="Standardisation" choices={STANDARDISATIONS} />
      <ChoiceItem field="initialisation" label="Initialisation" choices={INITIALISATIONS} />
      <NumberItem field="seed" label="Seed" hint="Same seed, same start, same batches." />
      <p>
        <Button size="small" icon="rotate" onClick={newSeed}>
          New seed
        </Button>
      </p>
      {isotropic && (
        <>
          <ChoiceItem field="oMode" label="Intrinsic length o" choices={O_MODES} />
          <ChoiceItem field="psi" label="Linear correction ψ" choices={PSI_MODES} />
        </>
      )}
      <ChoiceItem field="optimiser" label="Optimiser" choices={OPTIMISERS} />
      {optimiser === 'sgd' && <NumberItem field="momentum" label="Momentum" />}
      {optimiser !== 'adam' && (
        <SwitchItem
          field="decayAll"
          label="Decay biases too"
          hint="Off: weight matrices only. On: biases, ψ and log o as well."
        />
      )}
      <NumberItem field="batch" label="Batch size" />
    </>
  );
}
