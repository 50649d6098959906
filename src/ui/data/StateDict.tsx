import { useState } from 'react';
import { type ActivationId, ACTIVATIONS } from '../../activations/lookup';
import { answerActivation } from '../../store/files/exchange';
import { leaveActivation, useStateDict } from '../../store/files/stateDict';
import { Button } from '../kit';
import styles from './OwnData.module.css';

/** Asks which activation stood between the layers of a PyTorch state dictionary: the file does not say. */
export function StateDict() {
  const asked = useStateDict((state) => state.asked);
  const [activation, setActivation] = useState<ActivationId>('relu');
  if (!asked) return <p>There is no file to ask about.</p>;
  const { name, layers } = asked;
  return (
    <form
      className={styles.own}
      onSubmit={(event) => {
        event.preventDefault();
        void answerActivation(activation);
      }}
    >
      <p>
        <strong>{name}</strong> holds a plain network in PyTorch’s names: {layers.widths.join(' → ')}, from
        the layers {layers.names.join(', ')}
        {layers.biasless ? ', without biases' : ''}. It does not say what stood between them.
      </p>
      <fieldset className={styles.activations}>
        <legend>Which activation did it have?</legend>
        {ACTIVATIONS.map(({ id, label, describe }) => (
          <label key={id}>
            <input
              type="radio"
              name="activation"
              checked={activation === id}
              onChange={() => setActivation(id)}
            />
            <span>
              {label}
              <small>{describe}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <p className={styles.private}>
        With another one than it was trained with, its accuracy here is not its own. Networks with other
        activations (GELU, SiLU, sigmoid) are not those of this lab.
      </p>
      <div className={styles.open}>
        <Button look="primary" type="submit" data-autofocus>
          Start from it
        </Button>
        <Button onClick={leaveActivation}>Leave it</Button>
      </div>
    </form>
  );
}
