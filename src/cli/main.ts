/** The command line: `npm run -s parsimony -- COMMAND …`. Pure Node and float64; no browser, no tfjs. */
import { runTool } from './tool';

// A reader that has seen enough (`… | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await runTool(process.argv.slice(2));
