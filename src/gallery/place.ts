/** Where one is in the gallery: what the address says. */
export interface GalleryPlace {
  /** Id of the section; the first where the address names none. */
  section: string | null;
  /** Part and state of the one exhibit a frame shows; null on the gallery's own page. */
  part: string | null;
  state: string | null;
  theme: 'light' | 'dark';
}

/** Reads the query of an address, e.g. `?section=kit&theme=dark`. */
export function readPlace(query: string): GalleryPlace {
  const fields = new URLSearchParams(query);
  return {
    section: fields.get('section'),
    part: fields.get('part'),
    state: fields.get('state'),
    theme: fields.get('theme') === 'dark' ? 'dark' : 'light',
  };
}

/** The query that leads to a place. */
export function queryOf(place: Partial<GalleryPlace>): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) if (value) fields.set(name, value);
  return `?${fields.toString()}`;
}
