import type { Operation } from '../topology/types';
import { Failure } from './failure';

/** Seed of the outgoing weights of grown units where `grow:L:K` names none. */
export const GROW_SEED = 0;

const FORMS = 'left:L, full:L, rotate:L:SEED, remove:L:K[:exact|approximate] or grow:L:K[:SEED]';

/** Reads an operation as written on the command line, e.g. "remove:1:5"; throws a Failure that says what is possible. */
export function operationOf(text: string): Operation {
  const [kind, ...rest] = text.split(':');
  const wrong = (): Failure => new Failure(`--op ${text} is not an operation: ${FORMS}.`);
  const number = (word: string | undefined): number => {
    if (word === undefined || !/^\d{1,9}$/.test(word)) throw wrong();
    return Number(word);
  };
  const most = (count: number): void => {
    if (rest.length > count) throw wrong();
  };
  const layer = number(rest[0]);
  switch (kind) {
    case 'left':
    case 'full':
      most(1);
      return { kind, layer };
    case 'rotate':
      most(2);
      return { kind, layer, seed: number(rest[1]) };
    case 'remove': {
      most(3);
      const where = rest[2] ?? 'exact';
      if (where !== 'exact' && where !== 'approximate') throw wrong();
      return { kind, layer, count: number(rest[1]), where };
    }
    case 'grow':
      most(3);
      return { kind, layer, count: number(rest[1]), seed: rest.length > 2 ? number(rest[2]) : GROW_SEED };
    default:
      throw wrong();
  }
}
