import fc from 'fast-check';

/** One change to some bytes. `at` and `length` are shares of what is there, so that they mean the same in files of any size. */
type Edit =
  | { kind: 'flip'; at: number; bit: number }
  | { kind: 'set'; at: number; bytes: Uint8Array }
  | { kind: 'cut'; at: number; length: number }
  | { kind: 'repeat'; at: number; length: number }
  | { kind: 'insert'; at: number; bytes: Uint8Array }
  | { kind: 'end'; at: number };

/** Numbers that programs stumble over, in both byte orders, and texts that formats mean something by. */
const AWKWARD = [
  [0],
  [0xff],
  [0xff, 0xff],
  [0xff, 0xff, 0xff, 0xff],
  [0x7f, 0xff, 0xff, 0xff],
  [0, 0, 0, 0x80],
  [0, 0, 0, 0, 0, 0, 0xf0, 0x7f],
  [0x80],
  [0, 0, 0, 0],
  ...[
    '"',
    '\n',
    '\r',
    ',',
    ';',
    'NaN',
    '1e400',
    '9e306',
    '-',
    '#',
    'sep=;\n',
    '\ufeff',
    '{}',
    'PK\u0003\u0004',
    '\u001f\u008b\u0008',
    '../',
    "'shape': (99999999, 99999999), ",
    '|O',
  ].map((text) => [...new TextEncoder().encode(text)]),
].map((bytes) => Uint8Array.from(bytes));

const share = fc.double({ min: 0, max: 1, noNaN: true });
const some = fc.oneof(fc.constantFrom(...AWKWARD), fc.uint8Array({ minLength: 1, maxLength: 12 }));

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: share, bit: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ kind: fc.constant('set' as const), at: share, bytes: some }),
  fc.record({ kind: fc.constant('cut' as const), at: share, length: share }),
  fc.record({ kind: fc.constant('repeat' as const), at: share, length: share }),
  fc.record({ kind: fc.constant('insert' as const), at: share, bytes: some }),
  fc.record({ kind: fc.constant('end' as const), at: share }),
);

/** Longest file made: repeats must not grow without end. */
const LONGEST = 300_000;

function applied(bytes: Uint8Array, change: Edit): Uint8Array {
  const at = Math.floor(change.at * bytes.length);
  const joined = (...parts: Uint8Array[]): Uint8Array => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((from, part) => (all.set(part, from), from + part.length), 0);
    return all.subarray(0, LONGEST);
  };
  switch (change.kind) {
    case 'flip': {
      const copy = bytes.slice();
      if (copy.length > 0) copy[Math.min(at, copy.length - 1)] ^= 1 << change.bit;
      return copy;
    }
    case 'set':
      return joined(bytes.subarray(0, at), change.bytes, bytes.subarray(at + change.bytes.length));
    case 'cut':
      return joined(
        bytes.subarray(0, at),
        bytes.subarray(at + Math.ceil(change.length * 0.1 * bytes.length)),
      );
    case 'repeat': {
      const piece = bytes.subarray(at, at + Math.ceil(change.length * 0.1 * bytes.length));
      return joined(bytes.subarray(0, at), piece, piece, bytes.subarray(at));
    }
    case 'insert':
      return joined(bytes.subarray(0, at), change.bytes, bytes.subarray(at));
    case 'end':
      return bytes.slice(0, at);
  }
}

/** A few changes, made one after another; none in some cases, so that sound files are among them. */
export const edits = fc.array(edit, { maxLength: 4 });

/** Bytes after all changes. */
export const mutated = (bytes: Uint8Array, changes: readonly Edit[]): Uint8Array =>
  changes.reduce(applied, bytes);
export type Edits = readonly Edit[];
