import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { permutation, seededRandom } from '../../src/network/random';
import { encodeIdx, NAMES_OF_PLANES, type Pack, pack } from './pack';
import { npmPackage, readVerified } from './sources';

/** Drawing styles in order of trust for groups: the first two follow Unicode's emoji list, the third differs in a few. */
const STYLES = [
  {
    spec: '@iconify-json/noto@1.2.9',
    sha256: '9eac6ef4e7ec122b6f0e7ac281d61008afdbc720d0ce861e398b939daaa347c6',
  },
  {
    spec: '@iconify-json/twemoji@1.2.5',
    sha256: '5d5d820790565b764f2728675d487c9ee4c1fc83916d8567d5aca8ba7527c242',
  },
  {
    spec: '@iconify-json/fluent-emoji-flat@1.2.6',
    sha256: 'f5f4cf457c0db2ad5a2e42e033e02e0c87d10e43d0164cfffb3bb84914970a63',
  },
] as const;
/** Draws SVG in WebAssembly: the same bytes on every machine. */
const RENDERER = '@resvg/resvg-wasm@2.6.2';
const SIDE = 32;
const PLANE = SIDE * SIDE;
/** Values are 0 … 31: five bits a channel, which take a third off the download (4.2 MB with eight). */
const LEVELS = 31;
const SEED = 5;
const TEST_SHARE = 0.2;
/** The order of Unicode; the registry names the classes in the same. */
const GROUPS = [
  'Smileys & Emotion',
  'People & Body',
  'Animals & Nature',
  'Food & Drink',
  'Travel & Places',
  'Activities',
  'Objects',
  'Symbols',
  'Flags',
];
/** Drawings the renderer cannot take. */
const UNREADABLE = ['@iconify-json/noto@1.2.9 rainbow-flag', '@iconify-json/noto@1.2.9 package'];
const SKIN_TONE = /1f3f[b-f]/;

/** The part of the renderer that is used. */
interface Renderer {
  initWasm: (wasm: Uint8Array) => Promise<void>;
  Resvg: new (
    svg: string,
    options: { background: string },
  ) => { render(): { width: number; height: number; pixels: Uint8Array; free(): void }; free(): void };
}

interface Icon {
  body: string;
  left?: number;
  top?: number;
  width?: number;
  height?: number;
}

interface Drawing {
  /** Code points without variation selectors: what an emoji is, whatever a style calls it. */
  emoji: string;
  group: string;
  svg: string;
}

/** The drawings of a style that show an emoji in its neutral form. */
function drawingsOf(spec: string, folder: string): Drawing[] {
  const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const { icons, width, height } = json('icons.json') as {
    icons: Record<string, Icon>;
    width: number;
    height: number;
  };
  const { categories } = json('metadata.json') as { categories: Record<string, string[]> };
  const codes = new Map<string, string>();
  for (const [code, name] of Object.entries(json('chars.json') as Record<string, string>)) {
    if (!codes.has(name)) codes.set(name, code.replaceAll(/-?fe0f/g, ''));
  }
  return Object.entries(categories).flatMap(([group, names]) =>
    names.flatMap((name) => {
      const emoji = codes.get(name);
      if (emoji === undefined) throw new Error(`${spec}: ${name} has no code points`);
      if (SKIN_TONE.test(emoji) || UNREADABLE.includes(`${spec} ${name}`)) return [];
      const { body, left = 0, top = 0, ...size } = icons[name];
      const box = [left, top, size.width ?? width, size.height ?? height].join(' ');
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="${box}" width="${SIDE}" height="${SIDE}">${body}</svg>`;
      return [{ emoji, group, svg }];
    }),
  );
}

const NOTICE = (train: number, test: number): string => `Emoji by group, 32 x 32 in colour

${train.toLocaleString('en')} training and ${test.toLocaleString('en')} test images of 32 x 32 pixels in red, green and blue planes, each value a whole number from 0
to ${LEVELS}, in 9 classes: the groups of Unicode. Drawings, not photographs.

From three sets of drawings, as the npm packages of Iconify hold them:
  Noto Emoji, ${STYLES[0].spec}: Copyright Google Inc. Apache License 2.0, given in full below.
    https://github.com/googlefonts/noto-emoji
  Twemoji, ${STYLES[1].spec}: Copyright Twitter, Inc and other contributors. Graphics under Creative Commons
    Attribution 4.0 International, https://creativecommons.org/licenses/by/4.0/
    https://github.com/jdecked/twemoji
  Fluent Emoji (flat), ${STYLES[2].spec}: Copyright (c) Microsoft Corporation. MIT License, given in full
    below. https://github.com/microsoft/fluentui-emoji

Changes, ours: drawn at 32 x 32 pixels on white by ${RENDERER}, reduced to five bits a channel, variants by skin tone
and two drawings of Noto Emoji that could not be read (rainbow flag, package) left out. An emoji has the group of the
first set that has it. Split by emoji, not by drawing: all drawings of an emoji are on one side, a fifth of the emoji in
the test. Eight test drawings (seven of people, one flag) are the same, pixel by pixel, as a training drawing of another
emoji of their group. The order is shuffled with a fixed seed. Made by "npm run data".

--- MIT License, of Fluent Emoji ---

Copyright (c) Microsoft Corporation.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

--- Apache License 2.0, of Noto Emoji ---

`;

/** The text of the Apache License 2.0, from a package of the project that is under it. */
const apacheLicence = (): string =>
  readFileSync(join(import.meta.dirname, '../../node_modules/typescript/LICENSE.txt'), 'utf8').replaceAll(
    '\r',
    '',
  );

/** Emoji drawn by three open sets, in nine groups, split by emoji. */
export async function makeEmoji(temporary: string): Promise<Pack> {
  const drawings = STYLES.flatMap(({ spec, sha256 }) => {
    const folder = npmPackage(spec, temporary);
    readVerified(join(folder, 'icons.json'), 'sha256', sha256);
    return drawingsOf(spec, folder);
  });
  const groups = new Map<string, number>();
  for (const { emoji, group } of drawings) if (!groups.has(emoji)) groups.set(emoji, GROUPS.indexOf(group));
  if ([...groups.values()].includes(-1)) throw new Error('an emoji is in none of the groups of Unicode');

  const folder = npmPackage(RENDERER, temporary);
  const { initWasm, Resvg } = (await import(pathToFileURL(join(folder, 'index.mjs')).href)) as Renderer;
  await initWasm(readFileSync(join(folder, 'index_bg.wasm')));
  const planes = ({ svg }: Drawing): Uint8Array => {
    const drawing = new Resvg(svg, { background: 'white' });
    const image = drawing.render();
    const { pixels } = image;
    const out = new Uint8Array(3 * PLANE);
    for (let i = 0; i < out.length; i++) {
      out[i] = Math.round((pixels[4 * (i % PLANE) + Math.floor(i / PLANE)] * LEVELS) / 255);
    }
    image.free();
    drawing.free();
    return out;
  };

  const emoji = [...groups.keys()].sort();
  const shuffled = permutation(emoji.length, seededRandom(SEED, 'emoji split'));
  const tested = new Set(
    Array.from(shuffled.subarray(0, Math.round(TEST_SHARE * emoji.length)), (i) => emoji[i]),
  );
  const part = (test: boolean): { images: Uint8Array; labels: Uint8Array; count: number } => {
    const chosen = drawings.filter((drawing) => tested.has(drawing.emoji) === test);
    const order = permutation(chosen.length, seededRandom(SEED, `emoji order ${test ? 'test' : 'train'}`));
    const images = new Uint8Array(chosen.length * 3 * PLANE);
    order.forEach((from, to) => images.set(planes(chosen[from]), to * 3 * PLANE));
    const labels = Uint8Array.from(order, (i) => groups.get(chosen[i].emoji) ?? 0);
    return {
      images: pack(encodeIdx([chosen.length, 3, SIDE, SIDE], images)),
      labels: pack(encodeIdx([chosen.length], labels)),
      count: chosen.length,
    };
  };
  const [train, test] = [part(false), part(true)];
  return {
    id: 'emoji',
    byteMax: LEVELS,
    names: NAMES_OF_PLANES,
    files: {
      trainImages: train.images,
      trainLabels: train.labels,
      testImages: test.images,
      testLabels: test.labels,
    },
    notice: NOTICE(train.count, test.count) + apacheLicence(),
  };
}
