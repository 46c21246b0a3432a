import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alertmanager } from '../../server/actions/channels/alertmanager.ts';
import { message } from '../../server/actions/channels/channel.testing.ts';
import { remindAll } from '../../server/actions/outbox/repeats.ts';
import { type OutboxWorld, outboxWorld } from '../../server/actions/outbox/testing/world.ts';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-alertmanager-'));
let address: string;
let port: number;
let process: ChildProcess;
let world: OutboxWorld;

/** A real Alertmanager that sends nothing on. */
async function start(): Promise<void> {
  process = spawn(
    '/usr/bin/prometheus-alertmanager',
    [
      `--config.file=${join(folder, 'config.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  await until(async () => (await fetch(`${address}/-/ready`).catch(() => undefined))?.ok === true);
}

async function stop(): Promise<void> {
  const ended = once(process, 'exit');
  process.kill('SIGKILL');
  await ended;
}

/** What stands there, as `label=value` of what tells alerts apart. */
async function standing(): Promise<string[]> {
  const reply = await fetch(`${address}/api/v2/alerts`);
  const alerts = (await reply.json()) as {
    labels: Record<string, string>;
    annotations: Record<string, string>;
  }[];
  return alerts.map(
    ({ labels, annotations }) => `${labels.incident} ${labels.model}: ${annotations.summary}`,
  );
}

beforeAll(async () => {
  writeFileSync(join(folder, 'config.yml'), 'route: {receiver: none}\nreceivers: [{name: none}]\n');
  port = await freePort();
  address = `http://127.0.0.1:${port}`;
  world = await outboxWorld();
  await start();
});
afterAll(async () => {
  await stop();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const context = { clock: () => Date.now(), allowPrivateAddresses: true, timeoutMs: 5_000 };

test('an incident stands while it goes on, once however often it is told, and ends', async () => {
  const options = { address };
  await alertmanager.deliver(context, options, message('opened', { priority: 'P2' }));
  await alertmanager.deliver(context, options, message('priority_raised'));
  await until(async () => (await standing()).length > 0);
  expect(await standing()).toEqual(['i1 credit-risk: [P1] credit-risk: Raised: Missing values in income']);
  await alertmanager.deliver(context, options, message('resolved'));
  await until(async () => (await standing()).length === 0);
});

test('one that was killed and started anew is told of what goes on, and of nothing that is over', async () => {
  world.now = Date.now();
  await world.channel('am');
  await world.ledger
    .updateTable('channels')
    .set({ kind: 'alertmanager', options: JSON.stringify({ address }) })
    .execute();
  for (const incident of ['on', 'over']) await world.tell('opened', incident);
  await world.tell('resolved', 'over');
  await world.ledger.updateTable('outbox').set({ state: 'delivered' }).execute();
  await stop();
  // away: nothing is told, and nothing breaks
  const { ctx } = world.server();
  await remindAll(ctx, { alertmanager });
  await start();
  expect(await standing()).toEqual([]);
  await remindAll(ctx, { alertmanager });
  await until(async () => (await standing()).length > 0);
  expect(await standing()).toEqual(['on m: [P3] m: Input drift in age']);
});
