import { describe, expect, it } from 'vitest';
import { type GalleryPlace, queryOf, readPlace } from './place';
import { SECTIONS, stateOfPlace } from './registry';

const placeOf = (change: Partial<GalleryPlace>): GalleryPlace => ({ ...readPlace(''), ...change });

describe('the gallery', () => {
  it('finds every state of every part by the address of its own window', () => {
    for (const { id: section, exhibits } of SECTIONS)
      for (const { part, states } of exhibits)
        for (const one of states) {
          const place = placeOf({ section, part, state: one.name, theme: 'dark' });
          expect(readPlace(queryOf(place))).toEqual(place);
          // Another state of the same name would be found in its stead.
          expect(stateOfPlace(place).state, `${section}: ${part}: ${one.name}`).toBe(one);
        }
  });

  it('says what it has not', () => {
    expect(() => stateOfPlace(placeOf({ section: 'cellar' }))).toThrow('no section “cellar”');
    expect(() => stateOfPlace(placeOf({ part: 'Button', state: 'molten' }))).toThrow('no “Button: molten”');
  });
});
