import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import { say, type Terminal } from '../terminal.ts';
import { type ReplayOptions, replay } from './replay.ts';
import type { Sender } from './sender.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** The replay with a bar that shows the day it has come to. */
export async function replayWithBar(
  terminal: Terminal,
  sender: Sender,
  span: Pick<ReplayOptions, 'from' | 'to' | 'speed' | 'stopwatch'>,
): Promise<void> {
  const bar = new SingleBar({
    format: 'Replaying {bar} {day} | {sent} predictions',
    stream: terminal.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  const shown = (time: number) => ({ day: DAY.format(time), sent: sender.sent.predictions });
  say(
    terminal,
    `Replaying ${DAY.format(span.from)} until now in the order of time, labels as they become known …`,
  );
  bar.start(span.to - span.from, 0, shown(span.from));
  try {
    const progress = (time: number) => bar.update(time - span.from, shown(time));
    await replay(sender, { ...span, sleep: (ms) => sleep(ms), progress });
  } finally {
    bar.stop();
  }
}
