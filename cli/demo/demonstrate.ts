import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { counted } from '../../contract/counted.ts';
import type { AppOptions } from '../../server/app.ts';
import { stopSignal } from '../stop-signal.ts';
import { paint, say, type Terminal } from '../terminal.ts';
import { incomeCheck } from './adult.ts';
import { bikeDemand } from './bike.ts';
import { declare } from './declare.ts';
import { findings } from './findings.ts';
import { follow } from './follow.ts';
import { moveToPresent } from './present.ts';
import { replayWithBar } from './replay-bar.ts';
import { createSender } from './sender.ts';
import { settle } from './settle.ts';
import type { Stopwatch } from './story.ts';

export interface DemoOptions {
  readonly app: AppOptions;
  readonly speed: number;
  readonly once: boolean;
}

const stopwatch: Stopwatch = () => performance.now();
/** How often it looks, after the replay, for questions whose time has come. */
const LOOK_MS = 5_000;

/** The whole demo. Resolves to the number of incidents found, once the server has stopped. */
export async function demonstrate(terminal: Terminal, options: DemoOptions): Promise<number> {
  const colours = paint(terminal, terminal.stdout);
  const adminKey = options.app.adminKey ?? randomBytes(32).toString('base64url');
  const { createApp } = await import('../../server/app.ts');
  const app = createApp({ ...options.app, adminKey });
  const stop = new AbortController();
  const stopped = stopSignal().finally(() => stop.abort());
  await app.start();
  try {
    say(terminal, `Tiltmeter listens on ${colours.bold(app.address)}`);
    say(terminal, `Sign in, once, within a day: ${colours.bold(await app.adminLink())}`);
    say(terminal);
    const client = new Tiltmeter({ url: app.address, key: adminKey });

    say(terminal, 'Training two models on real data (datasets/README.md) …');
    const now = terminal.clock();
    const bike = bikeDemand(moveToPresent(now));
    say(terminal, `  ${bike.trained}`);
    const adult = incomeCheck(now);
    say(terminal, `  ${adult.trained}`);
    const stories = [bike, adult];
    for (const story of stories) await declare(client, story);

    const began = stopwatch();
    const sender = createSender(client, stories, stopwatch);
    const from = Math.min(...stories.map(({ begins }) => begins));
    const replaying = replayWithBar(terminal, sender, { from, to: now, speed: options.speed, stopwatch });
    if ((await Promise.race([replaying, stopped])) === 'stopped') return 0;
    await settle(app, stories, sender);
    const seconds = ((stopwatch() - began) / 1000).toFixed(1);
    const { predictions, labels, rejected } = sender.sent;
    say(
      terminal,
      `${predictions} predictions and ${labels} labels stored and judged in ${seconds} s, ${rejected === 0 ? 'none rejected' : colours.red(`${rejected} rejected`)}.`,
    );

    say(terminal);
    const { incidents, lines } = await findings(client);
    say(
      terminal,
      incidents.length === 0
        ? 'No incident was found.'
        : colours.bold(`Found ${counted(incidents.length, 'incident')}:`),
    );
    for (const line of lines) say(terminal, line);
    if (options.once) return incidents.length;

    say(terminal);
    say(terminal, `The dashboard: ${colours.bold(app.address)}`);
    say(terminal, `Sign in, once, within a day: ${colours.bold(await app.adminLink())}`);
    say(terminal, 'It goes on: a person a minute, an hour of bicycles an hour, labels as they become known.');
    say(terminal, 'Ctrl-C ends the demo.');
    const pause = () => sleep(LOOK_MS, undefined, { signal: stop.signal }).catch(() => {});
    await follow(sender, { clock: terminal.clock, pause, stopped: () => stop.signal.aborted });
    return incidents.length;
  } finally {
    await app.stop();
    await sleep(0);
  }
}
