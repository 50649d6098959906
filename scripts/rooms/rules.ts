import type { ICruiseResult, IForbiddenRuleType } from 'dependency-cruiser';
import type { Room } from './rooms';

/** Tests, and what only tests use. They may look anywhere; nothing else may look at them. */
export const TEST_SUPPORT = String.raw`(^|/)(testing|mocks)(/|\.tsx?$)|\.test\.tsx?$`;
/** tfjs, wherever it is installed. */
const TFJS = String.raw`(^|/)@tensorflow/`;

/** Before a package in rooms.json: only its types may be used. */
const TYPES = 'type:';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** Regular expressions for the files of packages; of none, one that nothing fits. */
const inPackages = (names: readonly string[]): string[] =>
  names.length > 0 ? names.map((name) => `(^|/)node_modules/${escaped(name)}/`) : ['^$'];

/** A regular expression for the files of a room, without those of rooms within it. */
export function filesOf({ room }: Room, rooms: readonly Room[]): string {
  const within = rooms.filter((other) => other.room.startsWith(`${room}/`));
  const but = within.map((other) => `(?!${escaped(other.room.slice(room.length + 1))}/)`).join('');
  return /\.tsx?$/.test(room) ? `^src/${escaped(room)}$` : `^src/${escaped(room)}/${but}`;
}

/** All rules of who may import whom, as dependency-cruiser takes them. */
export function rulesOf(rooms: readonly Room[]): IForbiddenRuleType[] {
  const named = (names: readonly string[]): Room[] => rooms.filter(({ room }) => names.includes(room));
  return [
    ...rooms.flatMap((room): IForbiddenRuleType[] => {
      const own = filesOf(room, rooms);
      const from = { path: own, pathNot: TEST_SUPPORT };
      const typed = room.packages
        .filter((name) => name.startsWith(TYPES))
        .map((name) => name.slice(TYPES.length));
      return [
        {
          name: `rooms: ${room.room} may use ${room.uses.join(', ') || 'no other room'}`,
          severity: 'error',
          from,
          to: { path: '^src/', pathNot: [own, ...named(room.uses).map((used) => filesOf(used, rooms))] },
        },
        {
          name: `packages: ${room.room} may use ${room.packages.join(', ') || 'none'}`,
          severity: 'error',
          from,
          to: {
            path: 'node_modules/',
            pathNot: inPackages(room.packages.map((name) => name.replace(TYPES, ''))),
          },
        },
        {
          name: `packages: ${room.room} may use no more than types of ${typed.join(', ')}`,
          severity: 'error',
          from,
          to: { path: inPackages(typed), dependencyTypesNot: ['type-only'] },
        },
      ];
    }),
    {
      name: 'no rings: files do not import each other in a circle',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST_SUPPORT },
      to: { circular: true },
    },
    {
      name: 'every import is found, or these rules would not see it',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST_SUPPORT },
      to: { couldNotResolve: true, pathNot: String.raw`\?` },
    },
    {
      name: 'no test support in the product',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST_SUPPORT },
      to: { path: `^(e2e|bench|scripts)/|${TEST_SUPPORT}` },
    },
  ];
}

/**
 * The rules of what is loaded in the end, however long the way. Types are not loaded, so these are for imports without them
 * (`cruiseImports` with `types: false`).
 */
export function loadingRules(rooms: readonly Room[]): IForbiddenRuleType[] {
  const page = rooms.filter((room) => room.page).map((room) => filesOf(room, rooms));
  return [
    {
      name: 'the thread of the page never reaches tfjs',
      severity: 'error',
      from: { path: page, pathNot: [TEST_SUPPORT, String.raw`\.worker\.ts$`] },
      to: { path: TFJS, reachable: true },
    },
    {
      name: 'evaluation and surgery of the command line never reach tfjs',
      severity: 'error',
      from: { path: '^src/cli/(evaluate|surgery)\\.ts$' },
      to: { path: TFJS, reachable: true },
    },
  ];
}

/** The rules that imports break, each with the import or the ring of imports. */
export function brokenRules({ summary }: Pick<ICruiseResult, 'summary'>): string[] {
  return summary.violations.map(({ rule, from, to, cycle, via }) => {
    const way = (cycle ?? via)?.map(({ name }) => name) ?? [to];
    return `${rule.name}\n    ${[from, ...way].join(' → ')}`;
  });
}
