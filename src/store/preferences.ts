import type { ThemeChoice } from './state';

/**
 * What the page remembers of a visitor in local storage, independent of any run. Values that are absent or unreadable
 * are ignored.
 */
export interface Preferences {
  theme: ThemeChoice;
  singleKeys: boolean;
  visited: boolean;
}

const KEY = 'parsimony.preferences';
/** The preferences of a first visit. */
export const DEFAULT_PREFERENCES: Preferences = { theme: 'system', singleKeys: true, visited: false };

export function loadPreferences(): Preferences {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
    return { ...DEFAULT_PREFERENCES, ...stored };
  } catch {
    return DEFAULT_PREFERENCES;
  }
}

export function savePreferences(fields: Partial<Preferences>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...loadPreferences(), ...fields }));
  } catch {
    // Private windows may refuse storage: the lab works without it.
  }
}
