import { withIntrinsicLength } from '../network/settings';
import { type Configuration, type HotField } from './schema';

/**
 * A setting that may change while a network trains, with its new value. All are fields of the configuration but o, which is set
 * hidden layer by hidden layer (`layer` counts from 0); setting a trained o clears the moments of log o.
 */
export type HotSetting =
  | { [Name in HotField]: { name: Name; value: Configuration[Name] } }[HotField]
  | { name: 'o'; layer: number; value: number };

/** The configuration after a hot setting has changed; the one given stays as it is. */
export function withHotSetting(configuration: Configuration, setting: HotSetting): Configuration {
  if (setting.name !== 'o') return { ...configuration, [setting.name]: setting.value };
  return { ...configuration, o: withIntrinsicLength(configuration, setting.layer, setting.value) };
}

/** Whether a hot setting may give a network other blocks of inputs and outputs, because other tasks are learnt with it. */
export function touchesBlocks({ name }: HotSetting): boolean {
  return name === 'tasks' || name === 'taskBlocks';
}
