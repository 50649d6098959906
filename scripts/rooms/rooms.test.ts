import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pathsNamed } from '../docs/paths';
import { cruiseImports } from './cruise';
import { crowdedFolders } from './folders';
import { declaredExports, doubledNames, renamedExports } from './names';
import { faultsOfRooms, type Room, roomOf, ROOMS } from './rooms';
import { brokenRules, loadingRules, rulesOf } from './rules';
import { unusedPermissions } from './unused';

const room = (name: string, uses: string[] = [], more: Partial<Room> = {}): Room => ({
  room: name,
  job: '',
  uses,
  packages: [],
  ...more,
});

describe('the list of rooms', () => {
  it('is sound', () => {
    expect(faultsOfRooms(ROOMS)).toEqual([]);
  });

  it('names files and folders that are there', () => {
    const gone = ROOMS.flatMap(({ room, job }) =>
      pathsNamed(job).filter((path) => !existsSync(join('src', room, path)) && !existsSync(path)),
    );
    expect(gone).toEqual([]);
  });

  it('cannot hold a ring, an unknown room or a room twice', () => {
    expect(faultsOfRooms([room('a', ['b']), room('b', ['a'])])).toEqual([
      'a uses b, which is not listed before it.',
    ]);
    expect(faultsOfRooms([room('a'), room('b', ['c'])])).toEqual([
      'b uses c, which is not listed before it.',
    ]);
    expect(faultsOfRooms([room('a'), room('a')])).toEqual(['a is listed twice.']);
  });

  it('gives a file to the innermost room', () => {
    const rooms = [room('ui/kit'), room('ui'), room('main.tsx')];
    expect(roomOf('src/ui/kit/Button.tsx', rooms)?.room).toBe('ui/kit');
    expect(roomOf('src/ui/kitchen/Pot.tsx', rooms)?.room).toBe('ui');
    expect(roomOf('src/main.tsx', rooms)?.room).toBe('main.tsx');
    expect(roomOf('src/other.ts', rooms)).toBeNull();
  });
});

describe('the rules', () => {
  const folders: string[] = [];
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

  const rooms = [
    room('ground'),
    room('upper', ['ground'], { packages: ['zod'] }),
    room('upper/attic', ['ground'], { packages: ['type:zod'] }),
    room('page', ['upper'], { page: true }),
  ];

  /** What is broken in a house of these files, by the names of the rules up to their colon. */
  async function broken(files: Record<string, string>): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'rooms-'));
    folders.push(folder);
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return [
      ...brokenRules(await cruiseImports(['src'], rulesOf(rooms), { folder })),
      ...brokenRules(await cruiseImports(['src'], loadingRules(rooms), { folder, types: false })),
    ];
  }
  const one = 'export interface One { one: 1 }\nexport const one = 1;\n';

  it('let a room use what is listed', async () => {
    expect(
      await broken({
        'src/ground/one.ts': one,
        'src/upper/two.ts':
          "import { one } from '../ground/one';\nimport { z } from 'zod';\nexport const two = z.literal(one);\n",
      }),
    ).toEqual([]);
  });

  it.each([
    ['a value', "import { one } from '../upper/one';\nexport const two = one;\n"],
    ['a type', "import type { One } from '../upper/one';\nexport type Two = One;\n"],
    ['what is handed on', "export { one } from '../upper/one';\n"],
    ['what is loaded later', "export const two = () => import('../upper/one');\n"],
  ])('refuse %s of a room above', async (_, text) => {
    expect(await broken({ 'src/upper/one.ts': one, 'src/ground/two.ts': text })).toEqual([
      'rooms: ground may use no other room\n    src/ground/two.ts → src/upper/one.ts',
    ]);
  });

  it('count a room within a room as another', async () => {
    expect(
      await broken({
        'src/upper/attic/one.ts': one,
        'src/upper/two.ts': "export { one } from './attic/one';\n",
      }),
    ).toEqual(['rooms: upper may use ground\n    src/upper/two.ts → src/upper/attic/one.ts']);
  });

  it('refuse packages that are not listed', async () => {
    const faults = await broken({ 'src/ground/one.ts': "export { z } from 'zod';\n" });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('packages: ground may use none');
  });

  it('refuse imports that they cannot follow, since nothing would be said of what lies behind', async () => {
    const faults = await broken({
      'src/upper/one.ts': "export { gone } from 'no-such-package';\nexport { lost } from './lost';\n",
    });
    expect(faults.filter((fault) => fault.startsWith('every import is found'))).toHaveLength(2);
  });

  it('let only types of a package be used where no more is listed', async () => {
    const faults = await broken({
      'src/upper/attic/one.ts': "import type { ZodType } from 'zod';\nexport type One = ZodType;\n",
      'src/upper/attic/two.ts': "export { z } from 'zod';\n",
    });
    expect(faults).toEqual([
      expect.stringContaining(
        'packages: upper/attic may use no more than types of zod\n    src/upper/attic/two.ts',
      ),
    ]);
  });

  it('refuse rings of files, of types as well', async () => {
    const faults = await broken({
      'src/ground/a.ts': "import type { B } from './b';\nexport interface A { b: B }\n",
      'src/ground/b.ts': "import type { A } from './a';\nexport interface B { a: A }\n",
    });
    expect(faults).toEqual([
      'no rings: files do not import each other in a circle\n    src/ground/a.ts → src/ground/b.ts → src/ground/a.ts',
    ]);
  });

  it('refuse test support in the product, and let tests use it', async () => {
    const faults = await broken({
      'e2e/helper.ts': one,
      'src/ground/testing.ts': one,
      'src/ground/two.test.ts': "import '../../e2e/helper';\nimport './testing';\n",
      'src/ground/three.ts': "export { one } from '../../e2e/helper';\n",
      'src/ground/four.ts': "export { one } from './testing';\n",
    });
    expect(faults.sort()).toEqual([
      'no test support in the product\n    src/ground/four.ts → src/ground/testing.ts',
      'no test support in the product\n    src/ground/three.ts → e2e/helper.ts',
    ]);
  });

  it('keep tfjs off the thread of the page, however long the way', async () => {
    const tensors = "import '@tensorflow/tfjs-core';\nexport const one = 1;\n";
    const faults = await broken({
      'src/upper/one.ts': tensors,
      'src/page/two.ts': "export { one } from '../upper/one';\n",
      'src/page/three.ts': "import type { one } from '../upper/one';\nexport type Three = typeof one;\n",
      'src/page/two.worker.ts': "export { one } from '../upper/one';\n",
    });
    expect(faults.filter((fault) => fault.startsWith('the thread'))).toEqual([
      expect.stringMatching(/src\/page\/two.ts → src\/upper\/one.ts → .*@tensorflow/),
    ]);
  });

  it('find what is allowed and not used', () => {
    const dependency = (resolved: string, module: string) => ({ resolved, module });
    const modules = [
      { source: 'src/ground/one.ts', dependencies: [] },
      { source: 'src/upper/two.test.ts', dependencies: [dependency('src/ground/one.ts', '../ground/one')] },
    ] as unknown as Parameters<typeof unusedPermissions>[0]['modules'];
    expect(unusedPermissions({ modules }, rooms.slice(0, 2))).toEqual([
      'upper may use ground and does not.',
      'upper may use the package zod and does not.',
    ]);
  });
});

describe('names', () => {
  it('of a file are those it declares and exports', () => {
    const text = `export const a = 1, { b, c: [d] } = x; export function e() {} export class F {} export interface G {}
      export type H = 1; const i = 1; export { i }; export { j } from './j'; const k = 1; export { k as l }; const m = 1;`;
    expect(declaredExports('x.ts', text).sort()).toEqual(['F', 'G', 'H', 'a', 'b', 'd', 'e', 'i', 'l']);
  });

  it('are not changed on the way', () => {
    const files: Record<string, string> = {
      'a.ts': "export { one, type Two } from './b';",
      'c.ts': "const x = 1;\nexport { one as other } from './b';",
    };
    expect(renamedExports(Object.keys(files), (file) => files[file])).toEqual([
      'c.ts exports one as other: one thing, one name.',
    ]);
  });

  it('are not given twice', () => {
    const files: Record<string, string> = {
      'a.ts': 'export const same = 1;',
      'b.tsx': 'export function same() { return <p />; }',
      'c.ts': "export { same } from './a';",
    };
    expect(doubledNames(Object.keys(files), (file) => files[file])).toEqual([
      'same is exported by a.ts and b.tsx: one name, one thing.',
    ]);
  });
});

it('a crowded folder is found, and files of folders within it are not its own', () => {
  const files = ['src/a/1.ts', 'src/a/2.css', 'src/a/3.ts', 'src/a/b/4.ts'];
  expect(crowdedFolders(files, 2)).toEqual(['src/a holds 3 files, and 2 at most are to be in one folder.']);
  expect(crowdedFolders(files, 3)).toEqual([]);
});
