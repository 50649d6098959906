/** Text inside markup. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** A coordinate to a tenth of a pixel: short, and the same on every machine. */
export const svgCoordinate = (value: number): string => String(Math.round(10 * value) / 10);

/** An element of SVG; undefined attributes are left out. */
export function svgElement(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content = '',
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${typeof value === 'number' ? svgCoordinate(value) : escapeMarkup(String(value))}"`,
    )
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** Width of a text of this size, roughly: for legends and margins. */
export const textWidth = (text: string, size: number): number => 0.56 * size * text.length;
