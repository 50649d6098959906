import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One part of `src/`: a folder (or a file of its own) with one job. */
const roomSchema = z.strictObject({
  /** Its path below `src/`. A room within a room is not part of that: files belong to the longest path that fits. */
  room: z.string(),
  job: z.string(),
  /** Rooms it may import from, types included; each stands before it in the list, so that no ring of rooms can be written down. */
  uses: z.array(z.string()),
  /** Packages it may import; a scope alone stands for all of its packages, and `type:NAME` for the types of one. */
  packages: z.array(z.string()),
  /** No DOM, network or GPU: it runs in any thread and in Node. ESLint refuses those globals (eslint.config.js). */
  pure: z.boolean().optional(),
  /** On the page's own thread: what it imports never leads to tfjs. */
  page: z.boolean().optional(),
});
export type Room = z.infer<typeof roomSchema>;

/** The rooms from the ground up, as `rooms.json` beside this file lists them. */
export const ROOMS: readonly Room[] = z
  .array(roomSchema)
  .parse(JSON.parse(readFileSync(new URL('./rooms.json', import.meta.url), 'utf8')));

/** The room of a file (`src/…`); null outside all of them. */
export function roomOf(file: string, rooms: readonly Room[] = ROOMS): Room | null {
  const holding = rooms.filter(({ room }) => file === `src/${room}` || file.startsWith(`src/${room}/`));
  return holding.sort((a, b) => b.room.length - a.room.length).at(0) ?? null;
}

/** What is wrong with a list of rooms by itself, one sentence each: doubled rooms, unknown ones, and uses that are not below. */
export function faultsOfRooms(rooms: readonly Room[]): string[] {
  const names = rooms.map(({ room }) => room);
  return rooms.flatMap(({ room, uses }, at) => [
    ...(names.indexOf(room) < at ? [`${room} is listed twice.`] : []),
    ...uses
      .filter((used) => !names.slice(0, at).includes(used))
      .map((used) => `${room} uses ${used}, which is not listed before it.`),
  ]);
}
