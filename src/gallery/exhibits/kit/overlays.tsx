import { Button, Dialog, Popover, Tooltip } from '../../../ui/kit';
import type { Exhibit } from '../../exhibit';

const none = (): void => undefined;
const PARAGRAPH =
  'The run goes on with its weights. What was measured before stays in the charts, and the timeline keeps a mark where it happened. ';
const press = (root: HTMLElement): void => root.querySelector('button')?.click();

export const dialogExhibit: Exhibit = {
  part: 'Dialog',
  states: [
    {
      name: 'dialog',
      show: (
        <Dialog title="Start anew?" onClose={none}>
          <p>{PARAGRAPH}</p>
          <Button look="primary">Start anew</Button> <Button>Not now</Button>
        </Dialog>
      ),
      window: { width: 400, height: 260 },
    },
    {
      name: 'dialog, more than fits',
      show: (
        <Dialog title="A title that takes more than one line of a narrow window" onClose={none}>
          <p>{PARAGRAPH.repeat(9)}</p>
        </Dialog>
      ),
      window: { width: 340, height: 260 },
    },
    {
      name: 'drawer',
      show: (
        <Dialog title="Set up" kind="drawer" onClose={none}>
          <p>{PARAGRAPH}</p>
        </Dialog>
      ),
      window: { width: 520, height: 260 },
    },
  ],
};

export const popoverExhibit: Exhibit = {
  part: 'Popover',
  states: [
    {
      name: 'closed',
      show: (
        <Popover label="Engine" trigger="WebGPU (compiled)">
          {PARAGRAPH}
        </Popover>
      ),
    },
    {
      name: 'open, below its button',
      show: (
        <div style={{ padding: 12 }}>
          <Popover label="Menu" icon="more">
            <div style={{ width: 200 }}>{PARAGRAPH}</div>
          </Popover>
        </div>
      ),
      window: { width: 300, height: 190, act: press },
    },
    {
      name: 'open, above it and aligned right',
      show: (
        <div style={{ padding: 12, marginTop: 'auto', marginLeft: 'auto' }}>
          <Popover label="Engine" trigger="Engine" look="plain">
            <div style={{ width: 200 }}>{PARAGRAPH}</div>
          </Popover>
        </div>
      ),
      window: { width: 300, height: 190, act: press },
    },
  ],
};

export const tooltipExhibit: Exhibit = {
  part: 'Tooltip',
  states: [
    {
      name: 'shown',
      show: (
        <div style={{ padding: 12 }}>
          <Tooltip text="Weighs the energy of the units against the loss: more of it makes the network sparser.">
            <Button>λ</Button>
          </Tooltip>
        </div>
      ),
      window: {
        width: 300,
        height: 120,
        act: (root) =>
          root
            .querySelector('[role=tooltip]')
            ?.parentElement?.dispatchEvent(new PointerEvent('pointerenter', { pointerType: 'mouse' })),
      },
    },
  ],
};
