import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileFault, readSafetensors, writeSafetensors } from './safetensors';

/** A file from a header (an object, or text as it is) and its data bytes. */
function fileOf(header: unknown, data: ArrayLike<number> = [], claimed?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(Array.from(data), 8 + json.length);
  return bytes;
}
const float32 = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
const f32 = (shape: number[], from: number, to: number): object => ({
  dtype: 'F32',
  shape,
  data_offsets: [from, to],
});

/** The message of the FileFault a file is refused with; any other error fails the test. */
function fault(bytes: Uint8Array): string {
  try {
    readSafetensors(bytes);
  } catch (error) {
    if (error instanceof FileFault) return error.message;
    throw error;
  }
  throw new Error('The file was read.');
}

describe('safetensors', () => {
  it('reads a file written byte by byte after the format', () => {
    const data = [...float32(1, -2.5, 3), ...new Uint8Array(Float64Array.of(0.1).buffer)];
    const header = {
      __metadata__: { format: 'pt' },
      late: { dtype: 'F64', shape: [], data_offsets: [12, 20] },
      'weight.0': f32([3, 1], 0, 12),
    };
    const { tensors, metadata } = readSafetensors(fileOf(`${JSON.stringify(header)}   `, data));
    expect([...metadata]).toEqual([['format', 'pt']]);
    expect([...tensors.keys()]).toEqual(['weight.0', 'late']);
    expect(tensors.get('weight.0')).toEqual({
      dtype: 'F32',
      shape: [3, 1],
      data: Float32Array.of(1, -2.5, 3),
    });
    expect(tensors.get('late')?.data).toEqual(Float64Array.of(0.1));
  });

  it('reads from any place in a buffer, empty tensors and whole numbers too', () => {
    const labels = new Uint8Array(BigInt64Array.of(7n, -1n).buffer);
    const file = fileOf(
      { none: f32([0, 4], 0, 0), labels: { dtype: 'I64', shape: [2], data_offsets: [0, 16] } },
      labels,
    );
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    const { tensors } = readSafetensors(shifted.subarray(3));
    expect(tensors.get('labels')?.data).toEqual(Float64Array.of(7, -1));
    expect(tensors.get('none')?.data).toHaveLength(0);
  });

  it('writes what it reads, bit for bit, with the data aligned to 8 bytes', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((name) => name !== '__metadata__'),
          fc.float64Array({ noNaN: true, noDefaultInfinity: true, maxLength: 20 }),
        ),
        fc.dictionary(fc.string(), fc.string()),
        (tensors, strings) => {
          const given = new Map(
            Object.entries(tensors).map(([name, data]) => [name, { shape: [data.length], data }]),
          );
          const bytes = writeSafetensors(given, new Map(Object.entries(strings)), 'F64');
          expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
          const back = readSafetensors(bytes);
          expect(Object.fromEntries(back.metadata)).toEqual(strings);
          expect(new Map([...back.tensors].map(([name, { data }]) => [name, data]))).toEqual(
            new Map(Object.entries(tensors)),
          );
        },
      ),
    );
    const rounded = writeSafetensors(
      new Map([['a', { shape: [2], data: Float64Array.of(0.1, -7) }]]),
      new Map(),
      'F32',
    );
    expect(readSafetensors(rounded).tensors.get('a')?.data).toEqual(Float32Array.of(0.1, -7));
    expect(() =>
      writeSafetensors(new Map([['a', { shape: [], data: Float64Array.of(1e300) }]]), new Map(), 'F32'),
    ).toThrow('"a" has a value that is not finite as F32: 1e+300.');
  });

  const good = fileOf({ a: f32([2], 0, 8) }, float32(1, 2));
  it.each<[string, Uint8Array, string | RegExp]>([
    ['empty', new Uint8Array(0), 'The file is truncated: it has 0 bytes'],
    ['cut in the header', good.subarray(0, 20), 'The file is truncated: its header claims'],
    [
      'cut in the data',
      good.subarray(0, good.length - 1),
      /"a" is out of range: it ends at byte 8.*7 are there/,
    ],
    [
      'an absurd header length',
      fileOf({}, [], 2n ** 63n),
      'The header claims to be 9223372036854775808 bytes',
    ],
    ['a header length just beyond the most', fileOf({}, [], 100_000_001n), '100000000 is the most'],
    ['not JSON', fileOf('{"a": '), 'The header is not JSON.'],
    ['not UTF-8', badText(), 'The header is not UTF-8 text.'],
    ['a list', fileOf([]), 'The header is not a JSON object.'],
    ['empty header', fileOf(''), 'The header is not JSON.'],
    ['metadata that are no strings', fileOf({ __metadata__: { a: 1 } }), '"a" is none'],
    ['metadata that are no object', fileOf({ __metadata__: 'x' }), '__metadata__ is not a JSON object.'],
    ['a tensor that is a number', fileOf({ a: 3 }), '"a" is not described by a JSON object.'],
    ['no dtype', fileOf({ a: { shape: [], data_offsets: [0, 0] } }), '"a" has no dtype.'],
    ['half precision', fileOf({ a: { ...f32([1], 0, 2), dtype: 'BF16' } }, [0, 0]), '"a" is "BF16"'],
    ['a dtype of the prototype', fileOf({ a: { ...f32([1], 0, 2), dtype: 'toString' } }), '"toString"'],
    ['negative shape', fileOf({ a: f32([-1], 0, 4) }, float32(1)), '"a" has no shape of whole numbers.'],
    ['broken shape', fileOf({ a: f32([1.5], 0, 6) }, float32(1)), '"a" has no shape of whole numbers.'],
    ['an absurd shape', fileOf({ a: f32([1e9, 1e9, 1e9], 0, 4) }, float32(1)), '"a" has an absurd shape'],
    ['no offsets', fileOf({ a: { dtype: 'F32', shape: [] } }), '"a" has no data_offsets'],
    [
      'offsets off a whole number',
      fileOf({ a: f32([1], 0.5, 4.5) }, float32(1)),
      'data_offsets of two whole',
    ],
    ['reversed offsets', fileOf({ a: f32([1], 4, 0) }, float32(1)), 'ends at byte 0, before it begins at 4'],
    [
      'a wrong byte count',
      fileOf({ a: f32([2], 0, 4) }, float32(1)),
      '"a" has 4 bytes; F32 of shape [2] needs 8.',
    ],
    [
      'offsets off the grid of its values',
      fileOf({ a: f32([1], 0, 5) }, [...float32(1), 0]),
      '"a" has 5 bytes; F32 of shape [1] needs 4.',
    ],
    [
      'overlap',
      fileOf({ a: f32([2], 0, 8), b: f32([1], 4, 8) }, float32(1, 2)),
      'Tensors "a" and "b" overlap.',
    ],
    [
      'a gap',
      fileOf({ a: f32([1], 0, 4), b: f32([1], 5, 9) }, [...float32(1), 0, ...float32(2)]),
      'Bytes 4 to 5 of the data belong to no tensor (before "b").',
    ],
    ['a gap at the start', fileOf({ a: f32([1], 4, 8) }, float32(1, 2)), 'Bytes 0 to 4'],
    ['bytes left over', fileOf({ a: f32([1], 0, 4) }, float32(1, 2)), '4 bytes after the last tensor'],
    [
      'out of range, and not where it should be',
      fileOf({ a: f32([1], 0, 4), b: f32([1], 4, 8), c: f32([1], 1e9, 1e9 + 4) }, float32(1, 2, 3)),
      '"c" is out of range',
    ],
    ['out of range', fileOf({ a: f32([1e6], 0, 4e6) }, float32(1)), '"a" is out of range'],
    ['NaN', fileOf({ a: f32([2], 0, 8) }, float32(1, NaN)), '"a" has NaN at entry 1.'],
    ['infinity', fileOf({ a: f32([2], 0, 8) }, float32(-Infinity, 1)), '"a" has ∞ at entry 0.'],
    [
      'a name twice',
      fileOf(
        `{"a": ${JSON.stringify(f32([1], 0, 4))}, "\\u0061": ${JSON.stringify(f32([1], 0, 4))}}`,
        float32(1),
      ),
      'The header names "a" twice.',
    ],
    ['a very long name', fileOf({ ['x'.repeat(1e5)]: 1 }), /^Tensor "x{60}…" is/],
  ])('says what is wrong: %s', (_, bytes, message) => {
    if (typeof message === 'string') expect(fault(bytes)).toContain(message);
    else expect(fault(bytes)).toMatch(message);
  });

  it('allows strings and nested names that only look like a name twice', () => {
    const { metadata } = readSafetensors(
      fileOf({ __metadata__: { a: '"a":', b: '{"a":1}' }, a: f32([0], 0, 0) }),
    );
    expect(metadata.get('a')).toBe('"a":');
  });

  it('refuses any bytes with its own error or reads them, quickly', () => {
    const tensor = fc.record(
      {
        dtype: fc.oneof(fc.constantFrom('F32', 'F64', 'U8', 'I32', 'I64', 'F16'), fc.anything()),
        shape: fc.oneof(
          fc.array(fc.oneof(fc.nat(4), fc.integer(), fc.double()), { maxLength: 3 }),
          fc.anything(),
        ),
        data_offsets: fc.oneof(fc.array(fc.nat(64), { maxLength: 3 }), fc.anything()),
      },
      { requiredKeys: [] },
    );
    const header = fc.oneof(
      fc.dictionary(fc.constantFrom('a', 'b', '__metadata__', '__proto__'), fc.oneof(tensor, fc.jsonValue())),
      fc.jsonValue(),
    );
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .tuple(
          header,
          fc.uint8Array({ maxLength: 64 }),
          fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
        )
        .map(([h, data, claimed]) => fileOf(JSON.stringify(h, replaceBig), data, claimed ?? undefined)),
      // A sound file with some bytes changed or cut.
      fc
        .tuple(
          fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 4 }),
          fc.nat(good.length),
        )
        .map(([changes, length]) => {
          const bytes = good.slice();
          for (const [at, value] of changes) bytes[at] = value;
          return bytes.subarray(0, length);
        }),
    );
    fc.assert(
      fc.property(hostile, (bytes) => {
        try {
          for (const { shape, data } of readSafetensors(bytes).tensors.values()) {
            expect(data).toHaveLength(shape.reduce((product, size) => product * size, 1));
            expect(data.every(Number.isFinite)).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof FileFault)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });
});

/** A header of bytes that no text has. */
function badText(): Uint8Array {
  const bytes = fileOf('{}xx');
  bytes.set([0xff, 0xfe], 10);
  return bytes;
}

/** fc.anything() makes big integers, which JSON has not. */
function replaceBig(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
