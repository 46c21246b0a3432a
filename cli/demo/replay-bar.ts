import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { say, type Terminal } from '../terminal.ts';
import { type Replayed, replay } from './replay.ts';
import type { Stopwatch, Story } from './story.ts';

/** The replay with a bar that shows the day it has come to. */
export async function replayWithBar(
  terminal: Terminal,
  client: Tiltmeter,
  stories: readonly Story[],
  stopwatch: Stopwatch,
  speed: number,
): Promise<Replayed> {
  const total = stories.reduce((sum, story) => sum + story.questions.length, 0);
  const bar = new SingleBar({
    format: 'Replaying {bar} {day} | {value} of {total} predictions',
    stream: terminal.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  say(terminal, `Replaying ${total} predictions in the order of their time, labels as they become known …`);
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  bar.start(total, 0, { day: day(stories[0]!.questions[0]!.time) });
  try {
    const progress = (done: number, time: number) => bar.update(done, { day: day(time) });
    return await replay(client, stories, { stopwatch, speed, sleep: (ms) => sleep(ms), progress });
  } finally {
    bar.stop();
  }
}
