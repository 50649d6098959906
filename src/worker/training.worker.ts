import { writeDebugLines } from '../training/debug';
import { checksAlways, isDebugWorker } from './debugAddress';
import type { SessionCommand, RunEvent } from './protocol';
import { Session } from './session/actor/session';

if (isDebugWorker(self.name)) writeDebugLines((line) => console.debug(line));

const session = new Session((event, transfer = []) => {
  const told: RunEvent = { run: session.runNumber, event };
  self.postMessage(told, { transfer });
}, checksAlways(self.name));
self.onmessage = ({ data }: MessageEvent<SessionCommand>) => session.receive(data);
void session.live();
