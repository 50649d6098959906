import type { ICruiseResult } from 'dependency-cruiser';
import { type Room, roomOf } from './rooms';
import { TEST_SUPPORT } from './rules';

/** Rooms and packages that a room may use and does not, one sentence each: what is not needed is not allowed. */
export function unusedPermissions(
  { modules }: Pick<ICruiseResult, 'modules'>,
  rooms: readonly Room[],
): string[] {
  const used = new Map(
    rooms.map(({ room }) => [room, { rooms: new Set<string>(), packages: new Set<string>() }]),
  );
  for (const { source, dependencies } of modules) {
    const from = roomOf(source, rooms);
    const own = from && used.get(from.room);
    if (!own || new RegExp(TEST_SUPPORT).test(source)) continue;
    for (const { resolved, module } of dependencies) {
      const to = roomOf(resolved, rooms);
      if (to) own.rooms.add(to.room);
      else if (!module.startsWith('.')) own.packages.add(module);
    }
  }
  return rooms.flatMap(({ room, uses, packages }) => {
    const own = used.get(room);
    const taken = [...(own?.packages ?? [])];
    return [
      ...uses.filter((one) => !own?.rooms.has(one)).map((one) => `${room} may use ${one} and does not.`),
      ...packages
        .filter((name) => !taken.some((one) => `${one}/`.startsWith(`${name.replace('type:', '')}/`)))
        .map((name) => `${room} may use the package ${name} and does not.`),
    ];
  });
}
