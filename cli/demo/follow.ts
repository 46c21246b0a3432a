import type { Sender } from './sender.ts';

export interface FollowOptions {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Resolves when it is time to look again. */
  readonly pause: () => Promise<void>;
  readonly stopped: () => boolean;
}

/** Goes on sending after the replay: every question when its time has come, until it is stopped. */
export async function follow(sender: Sender, { clock, pause, stopped }: FollowOptions): Promise<void> {
  while (!stopped()) {
    await sender.upTo(clock());
    await pause();
  }
}
