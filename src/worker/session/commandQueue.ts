import type { SessionCommand } from '../protocol';

/** What the session tells itself. */
export interface DeviceLostMessage {
  type: 'device-lost';
  reason: string;
}

/** Commands waiting for the actor, and its sleep between them. */
export class CommandQueue {
  private letters: (SessionCommand | DeviceLostMessage)[] = [];
  private rouse: (() => void) | null = null;

  get empty(): boolean {
    return this.letters.length === 0;
  }

  put(letter: SessionCommand | DeviceLostMessage): void {
    // Of several scrubs waiting, only the newest is worth computing; a start makes all that waits pointless.
    if (letter.type === 'path-at' && this.letters.at(-1)?.type === 'path-at') this.letters.pop();
    if (letter.type === 'start') this.letters = [];
    this.letters.push(letter);
    this.wake();
  }

  take(): SessionCommand | DeviceLostMessage | undefined {
    return this.letters.shift();
  }

  wake(): void {
    this.rouse?.();
  }

  /** Waits for a letter, a `wake` or so many milliseconds (Infinity: no clock). */
  sleep(ms: number): Promise<void> {
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
