import { Button, IconButton } from '../../../ui/kit';
import type { Exhibit } from '../../exhibit';

export const buttonExhibit: Exhibit = {
  part: 'Button',
  states: [
    { name: 'primary', show: <Button look="primary">Train</Button> },
    { name: 'plain', show: <Button>Reset</Button> },
    { name: 'quiet', show: <Button look="quiet">Not now</Button> },
    { name: 'with an icon', show: <Button icon="undo">Undo</Button> },
    {
      name: 'small',
      show: (
        <Button size="small" icon="copy">
          Copy report
        </Button>
      ),
    },
    {
      name: 'disabled',
      show: (
        <Button icon="undo" disabled>
          Undo
        </Button>
      ),
    },
    {
      name: 'primary, disabled',
      show: (
        <Button look="primary" disabled>
          Train
        </Button>
      ),
    },
    {
      name: 'a long text in little room',
      show: (
        <div style={{ width: 150 }}>
          <Button wide>Remove the twelve smallest units of this layer</Button>
        </div>
      ),
    },
  ],
};

export const iconButtonExhibit: Exhibit = {
  part: 'IconButton',
  states: [
    { name: 'quiet', show: <IconButton icon="search" label="Search" /> },
    { name: 'plain', show: <IconButton icon="reset" label="Reset" look="plain" /> },
    { name: 'round, big', show: <IconButton icon="play" label="Play" look="round" size="big" /> },
    { name: 'large', show: <IconButton icon="play" label="Play" look="round" size="large" /> },
    { name: 'small', show: <IconButton icon="undo" label="Undo" size="small" /> },
    { name: 'disabled', show: <IconButton icon="left" label="Previous" disabled /> },
    { name: 'pressed', show: <IconButton icon="diagonal" label="Keep diagonal" aria-pressed /> },
  ],
};
