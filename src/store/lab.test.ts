import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../configuration/schema';
import { BLANK_PAGE, initialLabState } from './initial';
import { useLab } from './lab';

describe('the state of the page before its first run', () => {
  it('is that of a blank page where there is no browser', () => {
    const { configuration, problems, ui } = useLab.getState();
    expect(configuration).toEqual(DEFAULT_CONFIGURATION);
    expect(problems).toEqual([]);
    expect(ui).toMatchObject({ firstVisit: true, permalink: false, theme: 'system' });
  });

  it('comes from the address, and says what of it was not taken as it stands', () => {
    const { configuration, problems, ui } = initialLabState({
      ...BLANK_PAGE,
      query: '?v=1&seed=8&lambda=1e9',
    });
    expect(configuration).toMatchObject({ seed: 8, lambda: 1e4 });
    expect(problems).toHaveLength(1);
    expect(problems[0].detail).toContain('lambda=1e9');
    expect(ui).toMatchObject({ firstVisit: false, permalink: true });
  });

  it('begins with the preferences of this visitor', () => {
    const preferences = { theme: 'dark', singleKeys: false, visited: true } as const;
    const { ui } = initialLabState({ ...BLANK_PAGE, preferences });
    expect(ui).toMatchObject({ theme: 'dark', singleKeys: false, firstVisit: false, permalink: false });
  });

  it('takes other data where a link asks for own data that are not here', () => {
    const { configuration, problems } = initialLabState({ ...BLANK_PAGE, query: '?data=own' });
    expect(configuration.data).toBe(DEFAULT_CONFIGURATION.data);
    expect(problems[0].detail).toContain('do not travel with a link');
  });
});
