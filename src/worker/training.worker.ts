import type { Command, Told } from './protocol';
import { Session } from './session/session';

const session = new Session((event, transfer = []) => {
  const told: Told = { run: session.runNumber, event };
  self.postMessage(told, { transfer });
});
self.onmessage = ({ data }: MessageEvent<Command>) => session.receive(data);
void session.live();
