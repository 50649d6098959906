import { type Room, ROOMS } from '../rooms/rooms';
import { withSection } from './section';

/** The rooms as a table of Markdown, from the ground up. */
export function roomsTable(rooms: readonly Room[]): string {
  const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ') || '–';
  const rows = rooms.map(({ room, job, uses, packages, pure, page }) => {
    const name = room.endsWith('.tsx') ? room : `${room}/`;
    const kind = pure ? ' (pure)' : page ? ' (page)' : '';
    return `| \`${name}\`${kind} | ${job} | ${uses.join(', ') || '–'} | ${code(packages)} |`;
  });
  return ['| room | job | may use | packages |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** ARCHITECTURE.md with its table of rooms written anew. */
export function architecturePage(present: string): string {
  return withSection(present, 'rooms', roomsTable(ROOMS));
}
