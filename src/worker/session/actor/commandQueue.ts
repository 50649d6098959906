import type { SessionCommand } from '../../protocol';

/** The message a session sends to itself when its engine is lost, with the reason for the visitor. */
export interface DeviceLostMessage {
  type: 'device-lost';
  reason: string;
}

/** Commands waiting for the actor, and its sleep between them. */
export class CommandQueue {
  private messages: (SessionCommand | DeviceLostMessage)[] = [];
  private rouse: (() => void) | null = null;
  /** A wake that came while nothing slept: the next sleep ends at once. */
  private woken = false;

  get empty(): boolean {
    return this.messages.length === 0;
  }

  /** Adds a message at the end, and wakes the loop. */
  put(message: SessionCommand | DeviceLostMessage): void {
    // Of several scrubs waiting, only the newest is worth computing; a start makes all that waits pointless.
    if (message.type === 'path-at' && this.messages.at(-1)?.type === 'path-at') this.messages.pop();
    if (message.type === 'start') this.messages = [];
    this.messages.push(message);
    this.wake();
  }

  /** The next message, or undefined. */
  take(): SessionCommand | DeviceLostMessage | undefined {
    return this.messages.shift();
  }

  /** Ends the sleep of the loop, if it sleeps. */
  wake(): void {
    if (this.rouse) this.rouse();
    else this.woken = true;
  }

  /** Waits for a message, a `wake` or so many milliseconds (Infinity: no clock). */
  sleep(ms: number): Promise<void> {
    if (this.woken) {
      this.woken = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = Number.isFinite(ms) ? setTimeout(() => this.wake(), ms) : null;
      this.rouse = () => {
        if (timer !== null) clearTimeout(timer);
        this.rouse = null;
        resolve();
      };
    });
  }
}
