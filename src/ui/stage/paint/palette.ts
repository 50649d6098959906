import { parseHexColour, signedColours } from './signedColours';

/** The tokens of theme.css as the canvas needs them. */
export interface StagePalette {
  ground: string;
  ground2: string;
  ink: string;
  ink2: string;
  hairline: string;
  accuracy: string;
  length: string;
  control: string;
  energy: string;
  negative: string;
  positive: string;
  /** Signed weights: negative → ground → positive. */
  signed: Uint32Array;
  /** The picture under study: black → white of the theme. */
  grey: Uint32Array;
  font: string;
}

/** Reads the tokens in force; call again when the theme changes. */
export function readPalette(): StagePalette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ground: token('--ground'),
    ground2: token('--ground-2'),
    ink: token('--ink'),
    ink2: token('--ink-2'),
    hairline: token('--hairline'),
    accuracy: token('--accuracy'),
    length: token('--length'),
    control: token('--control'),
    energy: token('--energy'),
    negative: token('--negative'),
    positive: token('--positive'),
    signed: signedColours(
      parseHexColour(token('--negative')),
      parseHexColour(token('--ground')),
      parseHexColour(token('--positive')),
    ),
    grey: signedColours([0, 0, 0], [0, 0, 0], [255, 255, 255]),
    font: style.fontFamily || 'sans-serif',
  };
}

/** Calls back when theme or Present mode may have changed the tokens. */
export function watchPalette(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'data-present', 'style', 'class'],
  });
  const media = matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    media.removeEventListener('change', changed);
  };
}
