import { z } from 'zod';
import { type Configuration, configurationSchema, DEFAULT_CONFIGURATION, type ScheduledSwitch } from './schema';

/** Version of the URL vocabulary; bump when a key changes its meaning and translate the old one in `decode`. */
export const URL_VERSION = 1;

type Key = keyof Configuration;

/** URL key of each field: short, readable words. */
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
/** Keys that belong to the page, not to the configuration. */
const FOREIGN = new Set(['v']);

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a field differs from its default: the dot beside a control. */
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

/** A field as the link writes it. */
function written(configuration: Configuration, key: Key): string {
  if (key === 'schedule') return configuration.schedule.map(writtenSwitch).join('_') || 'none';
  const value = configuration[key];
  return value === null ? 'all' : Array.isArray(value) ? value.join('-') : String(value);
}

/** "400:0.1": from step 400 on, tasks 0 and 1. */
const writtenSwitch = ({ step, tasks }: ScheduledSwitch): string => `${step}:${tasks.join('.')}`;

/** The switches of "0:0_400:0.1_800:1", put in order; what cannot be read is left for the schema to refuse. */
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

/** Numbers joined by "-", minding exponents ("1e-6-100" is 1e-6 and 100). */
function numberList(text: string): number[] {
  return (text.match(/\d*\.?\d+(?:e[-+]?\d+)?/gi) ?? []).map(Number);
}

function parse(key: Key, text: string): unknown {
  const fallback = DEFAULT_CONFIGURATION[key];
  if (key === 'classes' || key === 'adaptLayers') return text === 'all' ? null : numberList(text);
  if (key === 'schedule') return scheduleFrom(text);
  if (Array.isArray(fallback)) return numberList(text);
  if (typeof fallback === 'boolean') return text === 'true' || text === '1';
  if (typeof fallback === 'number') return Number(text);
  return text;
}

/** The bounds of a number schema, for clamping. */
const bounds: Partial<Record<Key, [number, number]>> = {
  psiDecay: [0, 10],
  gliaRatio: [0, 3],
  mu: [-10, 10],
  seed: [0, 999_999],
  lambda: [0, 1e4],
  learningRate: [1e-6, 1],
  weightDecay: [0, 1],
  momentum: [0, 0.999],
  batch: [1, 1024],
  theta: [0, 10],
  scaffold: [0, 256],
  adaptEvery: [0, 100_000],
  adaptCap: [0, 1024],
  adaptCooldown: [0, 100_000],
};
const WHOLE = new Set<Key>(['seed', 'batch', 'scaffold', 'adaptEvery', 'adaptCap', 'adaptCooldown']);

/** Lists of indices, and the highest of each. */
const INDICES: Partial<Record<Key, number>> = { classes: 9, adaptLayers: 5, tasks: 2 };

function clampNumber(key: Key, value: number): number {
  const [low, high] = bounds[key] ?? [0, 1e4];
  const clamped = Math.min(high, Math.max(low, value));
  if (key === 'lambda' && clamped > 0 && clamped < 1e-6) return 1e-6;
  return WHOLE.has(key) ? Math.round(clamped) : clamped;
}

function repair(key: Key, value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? clampNumber(key, value) : undefined;
  if (key === 'hidden' && Array.isArray(value)) {
    const layers = (value as number[]).filter(Number.isFinite).slice(0, 6);
    return layers.map((w) => Math.min(1024, Math.max(2, Math.round(w))));
  }
  if (key === 'channels' && Array.isArray(value)) {
    const stages = (value as number[]).filter(Number.isFinite).slice(0, 3);
    return stages.map((c) => Math.min(64, Math.max(1, Math.round(c))));
  }
  if (key === 'o' && Array.isArray(value)) {
    const values = (value as number[]).filter(Number.isFinite).slice(0, 6);
    return values.map((o) => (o === 0 ? 0 : Math.min(1e4, Math.max(1e-6, o))));
  }
  const highest = INDICES[key];
  if (highest !== undefined && Array.isArray(value)) {
    return [
      ...new Set((value as number[]).filter((c) => Number.isInteger(c) && c >= 0 && c <= highest)),
    ].sort((a, b) => a - b);
  }
  return undefined;
}

/**
 * Reads a query string. Never throws: unknown keys, unreadable and out-of-range values are put right, each with a
 * notice in plain words.
 */
export function decodeConfiguration(query: string): { configuration: Configuration; notices: string[] } {
  const notices: string[] = [];
  const configuration: Record<string, unknown> = { ...DEFAULT_CONFIGURATION };
  const byName = new Map(FIELDS.map((key) => [KEYS[key], key]));
  const entries = new URLSearchParams(query);
  const version = entries.get('v');
  if (version !== null && Number(version) > URL_VERSION) {
    notices.push(
      `The link was made by a newer version of the lab (v=${version.slice(0, 12)}): what this one knows was taken over.`,
    );
  }
  const seen = new Set<string>();
  for (const [name, text] of entries) {
    if (FOREIGN.has(name) || seen.has(name)) continue;
    seen.add(name);
    const key = byName.get(name);
    if (!key) {
      notices.push(`“${name.slice(0, 40)}” is not a setting of this lab and was left out.`);
      continue;
    }
    const schema: z.ZodType = configurationSchema.shape[key];
    const value = parse(key, text);
    if (schema.safeParse(value).success) {
      configuration[key] = value;
      continue;
    }
    const repaired = repair(key, value);
    if (repaired !== undefined && schema.safeParse(repaired).success) {
      configuration[key] = repaired;
      notices.push(`${name}=${text.slice(0, 40)} is out of range: ${show(repaired)} is used.`);
    } else {
      notices.push(
        `${name}=${text.slice(0, 40)} could not be read: the default ${show(DEFAULT_CONFIGURATION[key])} is used.`,
      );
    }
  }
  return { configuration: configurationSchema.parse(configuration), notices };
}

function show(value: unknown): string {
  if (Array.isArray(value) && value.length === 0) return 'none';
  if (Array.isArray(value)) return value.join('-');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : 'all';
}
