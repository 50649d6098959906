/** The small parts every view is made of. */
export { Button, IconButton } from './Button';
export { Dialog } from './Dialog';
export { Field } from './Field';
export { Icon, type IconName } from './icons';
export { type MenuOption, NumberField, Segmented, Select, Switch } from './inputs';
export { LogSlider } from './slider/LogSlider';
export { Popover } from './Popover';
export { Tooltip } from './Tooltip';
export { COMPACT, NARROW, REDUCED_MOTION, reducedMotion, useMedia } from './useMedia';
