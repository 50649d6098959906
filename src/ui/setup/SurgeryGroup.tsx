import { useLab } from '../../store/lab';
import { ChoiceItem, SwitchItem } from './items';
import { CRITERIA, OUTGOING, TRANSPORTS } from './surgeryChoices';

/** How removal and growth are done: which unit goes, and what becomes of the optimiser's state. */
export function SurgeryGroup() {
  const optimiser = useLab((state) => state.configuration.optimiser);
  return (
    <>
      <ChoiceItem field="criterion" label="What goes first" choices={CRITERIA} />
      <ChoiceItem field="outgoing" label="Outgoing column of a new unit" choices={OUTGOING} />
      <ChoiceItem field="transport" label="Optimiser’s state goes along" choices={TRANSPORTS} />
      {optimiser !== 'sgd' && (
        <SwitchItem
          field="warmUp"
          label="Warm up new entries"
          hint="Off: their first Adam step is 3.16 times the learning rate. On: they start with the mean second moment of their tensor."
        />
      )}
    </>
  );
}
