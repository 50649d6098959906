/**
 * The part of `npm run lint` that is about the house as a whole: who may import whom (rooms.json), no name exported by two files, no
 * crowded folder.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruiseImports } from './cruise';
import { crowdedFolders } from './folders';
import { doubledNames, renamedExports } from './names';
import { faultsOfRooms, roomOf, ROOMS } from './rooms';
import { brokenRules, loadingRules, rulesOf, TEST_SUPPORT } from './rules';
import { unusedPermissions } from './unused';

const files = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).replaceAll('\\', '/'));
const code = files.filter((file) => /\.tsx?$/.test(file));
const product = code.filter((file) => !new RegExp(TEST_SUPPORT).test(file));

const result = await cruiseImports(['src'], rulesOf(ROOMS));
const loaded = await cruiseImports(['src'], loadingRules(ROOMS), { types: false });
const faults = [
  ...faultsOfRooms(ROOMS),
  ...ROOMS.filter(({ room }) => !code.some((file) => roomOf(file)?.room === room)).map(
    ({ room }) => `${room} is listed in rooms.json and has no files.`,
  ),
  ...code.filter((file) => !roomOf(file)).map((file) => `${file} is in no room of rooms.json.`),
  ...brokenRules(result),
  ...brokenRules(loaded),
  ...unusedPermissions(result, ROOMS),
  ...doubledNames(product),
  ...renamedExports(product),
  ...crowdedFolders(files),
];
/** Faults of one rule that are shown; a new room breaks its rule a hundred times at once. */
const SHOWN = 8;
const seen = new Map<string, number>();
for (const fault of faults) {
  const rule = fault.split('\n')[0];
  const count = (seen.get(rule) ?? 0) + 1;
  seen.set(rule, count);
  if (count <= SHOWN) console.error(fault);
}
for (const [rule, count] of seen) if (count > SHOWN) console.error(`${rule}: ${count - SHOWN} more`);
console.log(
  faults.length === 0
    ? `${ROOMS.length} rooms, ${result.summary.totalCruised} files, ${result.summary.totalDependenciesCruised ?? 0} imports: all as it should be.`
    : `\n${faults.length} to mend.`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
