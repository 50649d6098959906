import type { SessionCommand, RunEvent } from './protocol';
import { Session } from './session/session';

const session = new Session((event, transfer = []) => {
  const told: RunEvent = { run: session.runNumber, event };
  self.postMessage(told, { transfer });
});
self.onmessage = ({ data }: MessageEvent<SessionCommand>) => session.receive(data);
void session.live();
