import { z } from 'zod';
import {
  type Configuration,
  configurationSchema,
  DEFAULT_CONFIGURATION,
  type ScheduledSwitch,
} from './schema';
import { allowsNull, fieldShape, isNumber, nearestAllowed, withoutNull } from './fieldShapes';

/**
 * Version of the words a link is written in. Raise it when a key changes its meaning, and translate the old meaning in
 * `decodeConfiguration`.
 */
const URL_VERSION = 1;

type Key = keyof Configuration;

/** The key of each field in a link: a short, readable word. */
const KEYS: Record<Key, string> = {
  data: 'data',
  standardisation: 'standardise',
  hidden: 'hidden',
  architecture: 'architecture',
  channels: 'channels',
  gliaRatio: 'glia',
  regulation: 'regulation',
  mu: 'mu',
  kinetic: 'kinetic',
  normalise: 'normalise',
  activation: 'activation',
  oMode: 'o-mode',
  o: 'o',
  psi: 'psi',
  psiDecay: 'psi-decay',
  initialisation: 'init',
  seed: 'seed',
  lambda: 'lambda',
  measure: 'energy',
  energySite: 'energy-site',
  optimiser: 'optimiser',
  learningRate: 'lr',
  weightDecay: 'decay',
  decayAll: 'decay-all',
  momentum: 'momentum',
  batch: 'batch',
  classes: 'classes',
  augment: 'augment',
  theta: 'theta',
  keepDiagonal: 'keep-diagonal',
  criterion: 'criterion',
  transport: 'transport',
  outgoing: 'outgoing',
  warmUp: 'warm-up',
  adapt: 'adapt',
  scaffold: 'scaffold',
  adaptEvery: 'adapt-every',
  adaptCap: 'adapt-cap',
  adaptCooldown: 'adapt-cooldown',
  adaptLayers: 'adapt-layers',
  tasks: 'tasks',
  taskBlocks: 'task-blocks',
  schedule: 'schedule',
  engine: 'engine',
};
const FIELDS = Object.keys(KEYS) as Key[];
/** Keys that belong to the page, not to the configuration: the version of links, debug=1 and check=always (worker/debugAddress.ts). */
const FOREIGN = new Set(['v', 'debug', 'check']);

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a field differs from its default; the set-up then marks it with a dot. */
export function differsFromDefault(configuration: Configuration, key: Key): boolean {
  return !same(configuration[key], DEFAULT_CONFIGURATION[key]);
}

/** Query string (without "?") of what differs from the default; empty for the default configuration. */
export function encodeConfiguration(configuration: Configuration): string {
  const parts: string[] = [];
  for (const key of FIELDS) {
    if (!differsFromDefault(configuration, key)) continue;
    parts.push(`${KEYS[key]}=${encodeURIComponent(written(configuration, key))}`);
  }
  return parts.length ? `v=${URL_VERSION}&${parts.join('&')}` : '';
}

/** The value of a field as a link writes it. */
function written(configuration: Configuration, key: Key): string {
  if (key === 'schedule') return configuration.schedule.map(writtenSwitch).join('_') || 'none';
  const value = configuration[key];
  return value === null ? 'all' : Array.isArray(value) ? value.join('-') : String(value);
}

/** "400:0.1": from step 400 on, tasks 0 and 1. */
const writtenSwitch = ({ step, tasks }: ScheduledSwitch): string => `${step}:${tasks.join('.')}`;

/**
 * Reads a schedule such as "0:0_400:0.1_800:1" and puts its entries in order; null where a part of it cannot be read.
 */
function scheduleFrom(text: string): ScheduledSwitch[] | null {
  if (text === 'none' || text === '') return [];
  const switches = text.split('_').map((part) => {
    const found = /^(\d+):(\d(?:[.+ ]\d)*)$/.exec(part);
    return found && { step: Number(found[1]), tasks: [...new Set(numerals(found[2]))].sort((a, b) => a - b) };
  });
  const sound = switches.filter((one) => one !== null).sort((a, b) => a.step - b.step);
  return sound.length === switches.length ? sound : null;
}

const numerals = (text: string): number[] => (text.match(/\d/g) ?? []).map(Number);

/** One number as a link may write it, without a sign: lists are joined by "-". */
const NUMBER = String.raw`(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?`;
const ANY_NUMBER = new RegExp(NUMBER, 'gi');
const NUMBER_LIST = new RegExp(`^\\s*${NUMBER}(?:[-,\\s]+${NUMBER})*\\s*$`, 'i');

/** What a field's text says. `whole` is false where only a part of the text could be read; `value` is undefined where nothing could. */
interface ReadText {
  value: unknown;
  whole: boolean;
}

/** Numbers joined by "-" (or commas), minding exponents: "1e-6-100" is 1e-6 and 100. */
function readList(text: string): ReadText {
  return { value: (text.match(ANY_NUMBER) ?? []).map(Number), whole: NUMBER_LIST.test(text) };
}

/** What a text says of a field, as far as its kind goes: whether the value is allowed, the schema decides. */
function readText(key: Key, text: string): ReadText {
  const read = (value: unknown): ReadText => ({ value, whole: true });
  if (key === 'schedule') return read(scheduleFrom(text));
  const shape = fieldShape(key);
  if (text === 'all' && allowsNull(shape)) return read(null);
  if (withoutNull(shape).type === 'array') return readList(text);
  if (isNumber(shape)) return read(text.trim() === '' ? undefined : Number(text));
  if (shape.type !== 'boolean') return read(text);
  return read(text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined);
}

/** A setting of a link that was not taken over as it stands. */
export interface ReplacedValue {
  /** Its name and text in the link, each cut to 40 characters. */
  name: string;
  text: string;
  /** The field of the configuration it sets; null where the lab has no such setting. */
  field: Key | null;
  /**
   * Why: there is no such setting; the value lies outside what the schema allows; it is not a value of this kind, or only in part; the
   * link gives the setting again, after a first time that counts.
   */
  reason: 'unknown' | 'out-of-range' | 'unreadable' | 'repeated';
  /** What is used in its place, as a link would write it; null where it was left out. */
  used: string | null;
}

/** A replaced setting in words, for the person who followed the link. */
function replacementNotice({ name, text, reason, used }: ReplacedValue): string {
  switch (reason) {
    case 'unknown':
      return `“${name}” is not a setting of this lab and was left out.`;
    case 'repeated':
      return `${name} is given more than once: ${name}=${text} was left out, ${used ?? 'the first'} is used.`;
    case 'out-of-range':
      return `${name}=${text} is out of range: ${used} is used.`;
    case 'unreadable':
      return `${name}=${text} could not be read: ${used} is used.`;
  }
}

/** The nearest valid value of a field to what a text says, and why the text was not taken as it stands (null where it was). */
function readField(key: Key, text: string): { value: unknown; reason: ReplacedValue['reason'] | null } {
  const schema: z.ZodType = configurationSchema.shape[key];
  const { value, whole } = readText(key, text);
  if (schema.safeParse(value).success) return { value, reason: whole ? null : 'unreadable' };
  const nearest = nearestAllowed(fieldShape(key), value);
  if (nearest !== undefined && schema.safeParse(nearest).success)
    return { value: nearest, reason: whole ? 'out-of-range' : 'unreadable' };
  return { value: DEFAULT_CONFIGURATION[key], reason: 'unreadable' };
}

/** What a link says. */
export interface DecodedLink {
  configuration: Configuration;
  /** The settings of the link that are not in the configuration as they were written, in their order there. */
  replaced: ReplacedValue[];
  /** One sentence for people on each of these, and one where the link was made by a newer version. */
  notices: string[];
}

/**
 * Reads a query string, with or without "?". Never throws: what is unknown is left out, and a value that is unreadable or not allowed
 * gives way to the nearest valid one, else to the default; each is listed in `replaced`. The bounds are those of the schema; what the chosen
 * data set itself does not have (its class 12, its task 2) is not known here.
 */
export function decodeConfiguration(query: string): DecodedLink {
  const replaced: ReplacedValue[] = [];
  const configuration = { ...DEFAULT_CONFIGURATION };
  const byName = new Map(FIELDS.map((key) => [KEYS[key], key]));
  const entries = new URLSearchParams(query);
  const seen = new Set<string>();
  for (const [name, text] of entries) {
    if (FOREIGN.has(name)) continue;
    const field = byName.get(name) ?? null;
    const report = (reason: ReplacedValue['reason']): void => {
      const used = field && written(configuration, field);
      replaced.push({ name: name.slice(0, 40), text: text.slice(0, 40), field, reason, used });
    };
    if (field) {
      const { value, reason } = readField(field, text);
      if (!seen.has(name)) {
        Object.assign(configuration, { [field]: value });
        if (reason) report(reason);
      } else if (!same(value, configuration[field])) report('repeated');
    } else if (!seen.has(name)) report('unknown');
    seen.add(name);
  }
  const notices = replaced.map(replacementNotice);
  const version = entries.get('v');
  if (version !== null && Number(version) > URL_VERSION)
    notices.unshift(
      `The link was made by a newer version of the lab (v=${version.slice(0, 12)}): what this one knows was taken over.`,
    );
  return { configuration: configurationSchema.parse(configuration), replaced, notices };
}
