import { canvasIsHonest } from '../../data/import/pictures/honest';
import type { PictureFile } from '../../drawing/pictureFile';

/** What is written around the plot. */
export interface PlotTexts {
  title: string;
  /** Unit and n. */
  about: string;
  /** What was run. */
  foot: string;
}

/** Styles a drawn element is shown in, and the value that need not be said. */
const STYLES = {
  fill: '',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-width': '',
  'stroke-opacity': '1',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  opacity: '1',
} as const;
const TEXT_STYLES = {
  'font-size': '',
  'font-weight': '400',
  'text-anchor': 'start',
  'font-variant-numeric': 'normal',
  'paint-order': 'normal',
} as const;
/** Inter is named first and not embedded in SVG: a file opened elsewhere falls back to what is there. */
const FONT = "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const NS = 'http://www.w3.org/2000/svg';
const SHAPES = new Set(['path', 'line', 'circle', 'rect']);
const TEXTS = new Set(['text', 'tspan']);
const LEFT_OUT = new Set(['title', 'desc', 'defs']);

/** Copies an element with the styles it is shown in, theme colours resolved; classes and clipping ids stay behind. */
function inlined(original: Element): Element | null {
  if (LEFT_OUT.has(original.tagName)) return null;
  const copy = original.cloneNode(false) as Element;
  for (const name of copy.getAttributeNames())
    if (/^(class|style|id|tabindex|role|data-|aria-)/.test(name)) copy.removeAttribute(name);
  const texts = TEXTS.has(original.tagName);
  if (texts || SHAPES.has(original.tagName)) {
    const style = getComputedStyle(original);
    for (const [name, silent] of Object.entries({ ...STYLES, ...(texts ? TEXT_STYLES : {}) })) {
      const value = style.getPropertyValue(name);
      if (value === '' || value === silent) copy.removeAttribute(name);
      else copy.setAttribute(name, value);
    }
  }
  for (const child of original.childNodes) {
    const kept = child instanceof Element ? inlined(child) : child.cloneNode();
    if (kept) copy.append(kept);
  }
  return copy;
}

/** The plot inside `figure` as one SVG file with its texts and ground; every style inline. */
export function plotSvg(figure: HTMLElement, { title, about, foot }: PlotTexts): PictureFile {
  const layers = [...figure.querySelectorAll<SVGSVGElement>('svg')].filter((svg) => !svg.closest('button'));
  const root = getComputedStyle(document.documentElement);
  const ink = root.getPropertyValue('--ink').trim();
  const second = root.getPropertyValue('--ink-2').trim();
  const ground = root.getPropertyValue('--ground').trim();
  const rem = parseFloat(root.fontSize);
  const pad = 16;
  const head = Math.round(pad + rem * 2.8);
  const width = figure.clientWidth + 2 * pad;
  const height = Math.round(figure.clientHeight + head + rem * 1.4 + pad);
  const small = (text: string, y: number): SVGElement => {
    const size = Math.min(rem * 0.786, (width - 2 * pad) / (0.55 * Math.max(1, text.length)));
    return node('text', { x: pad, y, fill: second, 'font-size': size.toFixed(2) }, text);
  };
  const svg = node('svg', {
    xmlns: NS,
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': FONT,
  });
  svg.append(
    node('rect', { width, height, fill: ground }),
    node('text', { x: pad, y: pad + rem * 0.8, fill: ink, 'font-size': rem, 'font-weight': 600 }, title),
    small(about, pad + rem * 2.1),
    small(foot, height - pad),
  );
  for (const layer of layers) {
    const place = node('g', { transform: `translate(${pad} ${head})` });
    for (const child of layer.children) {
      const kept = inlined(child);
      if (kept) place.append(kept);
    }
    svg.append(place);
  }
  // Recharts clips lines to the plot by an id that we leave behind: the same rectangle, under our own name.
  const rectangle = figure.querySelector('clipPath rect');
  if (rectangle) {
    const clip = node('clipPath', { id: 'plot' });
    clip.append(rectangle.cloneNode());
    svg.prepend(clip);
    for (const clipped of svg.querySelectorAll('[clip-path]'))
      clipped.setAttribute('clip-path', 'url(#plot)');
  }
  return { text: new XMLSerializer().serializeToString(svg), width, height };
}

function node(tag: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const element: SVGElement = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Characters by which the parts of a web font that the charts use are known: Latin and Greek. */
const PROBES = [0x41, 0x3bb];

function covers(range: string, code: number): boolean {
  return range.split(',').some((piece) => {
    const [from, to = from] = piece.trim().replace(/^U\+/i, '').split('-');
    return code >= parseInt(from, 16) && code <= parseInt(to, 16);
  });
}

/** The page's own font as @font-face rules with the files inside: a picture drawn on a canvas sees no other fonts. */
async function embeddedFont(): Promise<string> {
  const faces = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].filter((rule): rule is CSSFontFaceRule => rule instanceof CSSFontFaceRule),
  );
  const used = faces.filter(({ style }) => {
    const range = style.getPropertyValue('unicode-range');
    return (
      style.getPropertyValue('font-family').includes('Inter') && PROBES.some((code) => covers(range, code))
    );
  });
  const rules = used.map(async (face) => {
    const address = /url\(["']?([^"')]+)/.exec(face.style.getPropertyValue('src'))?.[1];
    if (!address) return '';
    const base = face.parentStyleSheet?.href ?? document.baseURI;
    const bytes = new Uint8Array(await (await fetch(new URL(address, base))).arrayBuffer());
    const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    return face.cssText.replace(address, `data:font/woff2;base64,${btoa(binary)}`);
  });
  return (await Promise.all(rules)).join('\n');
}

/** The same picture as PNG, three pixels for each CSS pixel: sharp in print and on a projector. */
export async function plotPng({ text, width, height }: PictureFile): Promise<Blob> {
  // Without its font (offline, another origin) the picture is still right, only in the system's letters.
  const font = await embeddedFont().catch(() => '');
  const styled = text.replace(/(<svg[^>]*>)/, `$1<style>${font}</style>`);
  const url = URL.createObjectURL(new Blob([styled], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    if (!canvasIsHonest())
      throw new Error(
        'This browser answers with noise when a page reads its own pixels back (a protection against fingerprinting): the PNG would be noise. Take the SVG.',
      );
    canvas.width = width * 3;
    canvas.height = height * 3;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This browser cannot draw the picture.');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new Error('This browser cannot write PNG.'));
      }, 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
