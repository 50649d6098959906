import { REGULATIONS } from '../../network/architectures/bimodal';
import { KINETICS } from '../../network/architectures/lagrangian';
import { ARCHITECTURES, hasIsotropic } from '../../network/architectures/registry';
import { ACTIVATIONS } from '../../activations/lookup';
import { useLab } from '../../store/lab';
import styles from '../overlays/Overlays.module.css';
import { Channels } from './Channels';
import { Counts } from './Counts';
import { ChoiceItem, SwitchItem } from './items';
import { RangeItem } from './RangeItem';
import { Widths } from './Widths';

/** The architecture, and only those of its fields that it looks at. */
export function ArchitectureItems() {
  const architecture = useLab((state) => ARCHITECTURES[state.configuration.architecture]);
  const isotropic = useLab((state) => hasIsotropic(state.configuration));
  const onlyIsotropic = isotropic && architecture.id === 'mlp';
  const { uses, reading } = architecture;
  return (
    <>
      <ChoiceItem field="architecture" label="Architecture" choices={Object.values(ARCHITECTURES)} />
      {reading && (
        <p className={styles.reading}>
          <strong>Our reading.</strong> {reading}
        </p>
      )}
      {uses.includes('channels') && <Channels />}
      <Widths />
      {uses.includes('gliaRatio') && (
        <RangeItem
          field="gliaRatio"
          label="Glia ratio (our reading)"
          low={0}
          high={3}
          step={0.05}
          hint="Glial units per neuronal unit, at least one. 0: no glial path at all, an MLP in ReLU."
        />
      )}
      {uses.includes('regulation') && (
        <ChoiceItem field="regulation" label="Regulation (our reading)" choices={REGULATIONS} />
      )}
      {uses.includes('kinetic') && (
        <ChoiceItem field="kinetic" label="Kinetic path T (our reading)" choices={KINETICS} />
      )}
      {uses.includes('activation') && (
        <ChoiceItem field="activation" label="Activation" choices={ACTIVATIONS} />
      )}
      {!onlyIsotropic && (
        <SwitchItem
          field="normalise"
          label="Normalise after each layer"
          hint={`Divides what leaves ${isotropic ? 'an elementwise' : 'a'} hidden layer by its root mean square, image by image: mean-square E stays near 1, and rescaling is no way out.`}
        />
      )}
      <Counts />
    </>
  );
}
