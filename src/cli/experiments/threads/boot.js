/**
 * The first file of a thread: it registers the loader that reads this repository's TypeScript, then runs the thread itself. It is JavaScript,
 * and not an option of the thread, since Node 20 gives loaders named by options to every file of a thread but the first.
 */
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
