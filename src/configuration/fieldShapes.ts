import { z } from 'zod';
import { type Configuration, configurationSchema } from './schema';

/**
 * What the schema allows one field to be, as JSON Schema says it: the one source of every bound that the link, its repair and the tests
 * need. A field is an enum or a boolean, a number, a list of numbers, a choice of these (`anyOf`), or the schedule of tasks (a list of
 * objects).
 */
export interface FieldShape {
  type?: 'string' | 'boolean' | 'number' | 'integer' | 'null' | 'array' | 'object';
  enum?: readonly string[];
  const?: number;
  minimum?: number;
  maximum?: number;
  items?: FieldShape;
  minItems?: number;
  maxItems?: number;
  /** The list is a set of indices: each at most once. */
  uniqueItems?: boolean;
  anyOf?: readonly FieldShape[];
}

let shapes: Record<keyof Configuration, FieldShape> | null = null;

/** The shape of a field. Worked out from the schema at the first call. */
export function fieldShape(field: keyof Configuration): FieldShape {
  shapes ??= z.toJSONSchema(configurationSchema).properties as Record<keyof Configuration, FieldShape>;
  return shapes[field];
}

const isNumeric = ({ type }: FieldShape): boolean => type === 'number' || type === 'integer';

/** The shape of a field that may also be null, without the null; any other shape as it is. */
export function withoutNull(shape: FieldShape): FieldShape {
  const others = shape.anyOf?.filter(({ type }) => type !== 'null');
  return others?.length === 1 ? others[0] : shape;
}

/** Whether null is among the values of a field (it stands for "all"). */
export const allowsNull = ({ anyOf }: FieldShape): boolean =>
  anyOf?.some(({ type }) => type === 'null') ?? false;

/** Whether a field is one number. */
export const isNumber = (shape: FieldShape): boolean =>
  isNumeric(shape) || (shape.anyOf?.every(isNumeric) ?? false);

/** The bounds of a field that is one number, and whether it must be whole. A 0 that is allowed beside a range is not part of the bounds. */
export function numberBounds(field: keyof Configuration): { min: number; max: number; whole: boolean } {
  const shape = fieldShape(field);
  const range = shape.anyOf?.find((option) => option.const === undefined) ?? shape;
  const { minimum: min = -Infinity, maximum: max = Infinity } = range;
  return { min, max, whole: range.type === 'integer' };
}

/** The nearest number a shape allows. Where a constant stands beside a range (0, or 1e-6 … 1e4), positive values go to the range. */
function nearestNumber(shape: FieldShape, value: number): number {
  if (shape.anyOf) {
    const constant = shape.anyOf.find((option) => option.const !== undefined && value <= option.const);
    const range = shape.anyOf.find((option) => option.const === undefined);
    return nearestNumber(constant ?? range ?? {}, value);
  }
  if (shape.const !== undefined) return shape.const;
  const { minimum = -Infinity, maximum = Infinity } = shape;
  return Math.min(maximum, Math.max(minimum, shape.type === 'integer' ? Math.round(value) : value));
}

/**
 * The value nearest to a number or list of numbers that the shape allows, or undefined where there is none. Numbers are moved to the nearest
 * bound and rounded where they must be whole; a list is cut at its greatest length; a set of indices loses those that do not exist
 * and comes in ascending order.
 */
export function nearestAllowed(shape: FieldShape, value: unknown): unknown {
  if (typeof value === 'number')
    return isNumber(shape) && Number.isFinite(value) ? nearestNumber(shape, value) : undefined;
  const list = withoutNull(shape);
  if (!Array.isArray(value) || !list.items || !isNumber(list.items)) return undefined;
  const items = list.items;
  const numbers = value.filter((item): item is number => typeof item === 'number' && Number.isFinite(item));
  const allowed = list.uniqueItems
    ? [...new Set(numbers.filter((item) => nearestNumber(items, item) === item))].sort((a, b) => a - b)
    : numbers.map((item) => nearestNumber(items, item));
  return allowed.length < (list.minItems ?? 0) ? undefined : allowed.slice(0, list.maxItems);
}
