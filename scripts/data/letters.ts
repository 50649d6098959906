import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { permutation, seededRandom, type RandomSource } from '../../src/network/random';
import { FONT_VERSION, TEST_FAMILIES, TRAIN_FAMILIES } from './fonts';
import { encodeIdx, type Pack, pack } from './pack';
import { flatten, type OutlineCommand, type Point, rasterise } from './rasterise';
import { npmInstall } from './sources';

/** Reads outlines from font files; the drawing is ours (rasterise.ts), so that it is the same bytes everywhere. */
const READER = 'opentype.js@1.3.4';
/** SHA-256 over all font files used, in order: a changed source can never slip into the pack. */
const FONTS_SHA256 = '0b73f35c4c63ae01050b024d01d90eb373a5475174396b4da6847ee546e815aa';
const SIDE = 28;
const LETTERS = 'ABCDEFGHIJ';
const FACES = ['400-normal', '400-italic', '700-normal', '700-italic'];
const SEED = 4;
/** Pictures of one glyph: the first as it is, the others varied. */
const PICTURES = 3;
const PLAIN: Variation = { box: 20, slant: 0, stretch: 1, shiftX: 0, shiftY: 0 };

/** Longest side in pixels, shear per height, breadth against height, and shift of the centre in pixels. */
interface Variation {
  box: number;
  slant: number;
  stretch: number;
  shiftX: number;
  shiftY: number;
}

/** The part of opentype.js that is used. */
interface FontReader {
  parse(buffer: ArrayBuffer): {
    charToGlyphIndex(character: string): number;
    getPath(text: string, x: number, y: number, size: number): { commands: OutlineCommand[] };
  };
}

interface Letter {
  image: Uint8Array;
  label: number;
}

const between = (rng: RandomSource, from: number, to: number): number => from + (to - from) * rng.uniform();
const vary = (rng: RandomSource): Variation => ({
  box: between(rng, 16, 22),
  slant: between(rng, -0.2, 0.2),
  stretch: between(rng, 0.85, 1.15),
  shiftX: between(rng, -2, 2),
  shiftY: between(rng, -2, 2),
});

/** Polygons slanted, stretched, scaled to the box and centred by their bounds. */
function place(polygons: Point[][], { box, slant, stretch, shiftX, shiftY }: Variation): Point[][] {
  const changed = polygons.map((polygon) => polygon.map(([x, y]): Point => [stretch * (x - slant * y), y]));
  const all = changed.flat();
  const [left, right] = [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))];
  const [top, bottom] = [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))];
  const scale = box / Math.max(right - left, bottom - top);
  const x0 = SIDE / 2 + shiftX - (scale * (left + right)) / 2;
  const y0 = SIDE / 2 + shiftY - (scale * (top + bottom)) / 2;
  return changed.map((polygon) => polygon.map(([x, y]): Point => [x0 + scale * x, y0 + scale * y]));
}

function lettersOf(
  families: readonly string[],
  modules: string,
  reader: FontReader,
  hash: ReturnType<typeof createHash>,
): Letter[] {
  const letters: Letter[] = [];
  for (const family of families) {
    for (const face of FACES) {
      const path = join(modules, `@fontsource/${family}/files/${family}-latin-${face}.woff`);
      if (!existsSync(path)) continue;
      const bytes = new Uint8Array(readFileSync(path));
      hash.update(bytes);
      const font = reader.parse(bytes.buffer);
      for (const character of LETTERS + LETTERS.toLowerCase()) {
        if (font.charToGlyphIndex(character) === 0)
          throw new Error(`${family} ${face}: no glyph for ${character}`);
        const outline = flatten(font.getPath(character, 0, 0, 100).commands);
        const rng = seededRandom(SEED, `letters ${family} ${face} ${character}`);
        for (let picture = 0; picture < PICTURES; picture++) {
          const image = rasterise(place(outline, picture === 0 ? PLAIN : vary(rng)), SIDE);
          letters.push({ image, label: LETTERS.indexOf(character.toUpperCase()) });
        }
      }
    }
  }
  const order = permutation(letters.length, seededRandom(SEED, `letters order ${families.length}`));
  return Array.from(order, (i) => letters[i]);
}

function notice(modules: string, train: number, test: number): string {
  const families = (list: readonly string[]): string =>
    list
      .map((family) => {
        const text = readFileSync(join(modules, `@fontsource/${family}/metadata.json`), 'utf8');
        const { family: name, license } = JSON.parse(text) as {
          family: string;
          license: { type: string; attribution: string };
        };
        if (license.type !== 'OFL-1.1') throw new Error(`${family}: its licence is ${license.type}`);
        // The attribution of further faces of a family repeats that of the first, behind its file name.
        return `  ${name}: ${license.attribution.split(/ [\w-]+(?:\[[\w,]+\])?\.ttf: /)[0].trim()}`;
      })
      .join('\n');
  return `Letters A-J, rendered from open fonts (not EMNIST: nobody wrote these by hand)

${train.toLocaleString('en')} training and ${test.toLocaleString('en')} test images of 28 x 28 pixels in 10 classes, A to J, upper and lower case alike.
Drawn by "npm run data" from the latin faces (regular, bold, italic, bold italic, as far as there are) of
${TRAIN_FAMILIES.length + TEST_FAMILIES.length} font families, npm packages @fontsource/<family>@${FONT_VERSION}; outlines read with ${READER}.
Split by family: no family of the test set is in the training set. Five test pictures, all of a plain I, are the same
as one of another family there.

Each glyph is drawn ${PICTURES} times, bright on dark: once as it is, its longer side 20 pixels, centred; and twice varied, with a
longer side of 16 to 22 pixels, slanted by -0.2 to 0.2 of its height, stretched across by 0.85 to 1.15, and shifted
by at most 2 pixels each way (uniform, seeded). The order is shuffled with a fixed seed.

The fonts are under the SIL Open Font Licence 1.1, https://openfontlicense.org; it does not extend to documents made with
them, such as these pictures. No font software is in this pack. The pictures themselves: MIT, as the rest of Parsimony.

Test families
${families(TEST_FAMILIES)}

Training families
${families(TRAIN_FAMILIES)}
`;
}

/** Letters A to J drawn from open fonts, split by family. */
export async function makeLetters(temporary: string): Promise<Pack> {
  const families = [...TRAIN_FAMILIES, ...TEST_FAMILIES];
  const modules = npmInstall(
    [READER, ...families.map((name) => `@fontsource/${name}@${FONT_VERSION}`)],
    temporary,
  );
  const reader = (await import(
    pathToFileURL(join(modules, 'opentype.js/dist/opentype.module.js')).href
  )) as FontReader;
  const hash = createHash('sha256');
  const train = lettersOf(TRAIN_FAMILIES, modules, reader, hash);
  const test = lettersOf(TEST_FAMILIES, modules, reader, hash);
  const found = hash.digest('hex');
  if (found !== FONTS_SHA256) throw new Error(`font files: sha256 is ${found}, expected ${FONTS_SHA256}`);
  const images = (part: Letter[]): Uint8Array => {
    const bytes = new Uint8Array(part.length * SIDE * SIDE);
    part.forEach(({ image }, i) => bytes.set(image, i * SIDE * SIDE));
    return pack(encodeIdx([part.length, SIDE, SIDE], bytes));
  };
  const labels = (part: Letter[]): Uint8Array =>
    pack(
      encodeIdx(
        [part.length],
        Uint8Array.from(part, ({ label }) => label),
      ),
    );
  return {
    id: 'letters',
    byteMax: 255,
    files: {
      trainImages: images(train),
      trainLabels: labels(train),
      testImages: images(test),
      testLabels: labels(test),
    },
    notice: notice(modules, train.length, test.length),
  };
}
