import { Icon, ICON_NAMES } from '../../../ui/kit/icons';
import type { Exhibit } from '../../exhibit';

export const iconExhibit: Exhibit = {
  part: 'Icon',
  states: ICON_NAMES.map((name) => ({ name, show: <Icon name={name} size={32} /> })),
};
