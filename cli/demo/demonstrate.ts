import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pc from 'picocolors';
import { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { type AppOptions, createApp } from '../../server/app.ts';
import { say, type Terminal } from '../terminal.ts';
import { incomeCheck } from './adult.ts';
import { bikeDemand } from './bike.ts';
import { declare } from './declare.ts';
import { findings } from './findings.ts';
import { replayWithBar } from './replay-bar.ts';
import { settle } from './settle.ts';
import { stopSignal } from './stop-signal.ts';
import type { Stopwatch } from './story.ts';

export interface DemoOptions {
  readonly app: AppOptions;
  readonly speed: number;
  readonly once: boolean;
}

const stopwatch: Stopwatch = () => performance.now();

/** The whole demo. Resolves to the number of incidents found, once the server has stopped. */
export async function demonstrate(terminal: Terminal, options: DemoOptions): Promise<number> {
  const adminKey = options.app.adminKey ?? randomBytes(32).toString('base64url');
  const app = createApp({ ...options.app, adminKey });
  const stopped = stopSignal();
  await app.start();
  try {
    say(terminal, `Tiltmeter listens on ${pc.bold(app.address)}`);
    say(terminal, `Sign in, once, within a day: ${pc.bold(await app.adminLink())}`);
    say(terminal);
    const client = new Tiltmeter({ url: app.address, key: adminKey });

    say(terminal, 'Training two models on real data (datasets/README.md) …');
    const bike = bikeDemand();
    say(terminal, `  ${bike.trained}`);
    const adult = incomeCheck(bike.questions.at(-1)!.time);
    say(terminal, `  ${adult.trained}`);
    const stories = [bike, adult];
    for (const story of stories) await declare(client, story);

    const began = stopwatch();
    const replayed = await Promise.race([
      replayWithBar(terminal, client, stories, stopwatch, options.speed),
      stopped,
    ]);
    if (replayed === 'stopped') return 0;
    await settle(app, stories);
    const seconds = ((stopwatch() - began) / 1000).toFixed(1);
    const rejected = replayed.rejected === 0 ? 'none rejected' : pc.red(`${replayed.rejected} rejected`);
    say(
      terminal,
      `${replayed.predictions} predictions and ${replayed.labels} labels stored and judged in ${seconds} s, ${rejected}.`,
    );

    say(terminal);
    const { incidents, lines } = await findings(client);
    say(
      terminal,
      incidents.length === 0 ? 'No incident was found.' : pc.bold(`Found ${incidents.length} incidents:`),
    );
    for (const line of lines) say(terminal, line);
    if (options.once) return incidents.length;

    say(terminal);
    say(terminal, `The dashboard: ${pc.bold(app.address)}`);
    say(terminal, `Sign in, once, within a day: ${pc.bold(await app.adminLink())}`);
    say(terminal, 'Ctrl-C ends the demo.');
    await stopped;
    return incidents.length;
  } finally {
    await app.stop();
    await sleep(0);
  }
}
