import type { Command } from './protocol';
import { Session } from './session/session';

const session = new Session((event, transfer = []) => self.postMessage(event, { transfer }));
self.onmessage = ({ data }: MessageEvent<Command>) => session.receive(data);
void session.live();
