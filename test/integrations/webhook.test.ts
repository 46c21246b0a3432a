import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { webhook } from '../../server/actions/channels/webhook.ts';

/** The receiver of integrations/webhook, as it stands, takes what a channel sends. */
const SECRET = 'a good secret';
const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-receiver-'));
const ran = join(folder, 'ran');
let receiver: ChildProcess;
let address = '';

beforeAll(async () => {
  const script = join(import.meta.dirname, '../../integrations/webhook/receiver.py');
  const command = `[ "$INCIDENT_MODEL" = broken ] && exit 1; echo "$INCIDENT_EVENT $INCIDENT_PRIORITY $INCIDENT_MODEL $INCIDENT_TEXT $INCIDENT_URL" >> ${ran}`;
  receiver = spawn('python3', [script, '0', 'sh', '-c', command], {
    env: { PATH: process.env.PATH, RECEIVER_SECRET: SECRET },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [first] = (await once(receiver.stdout!, 'data')) as [Buffer];
  address = /http:\S+/.exec(String(first))![0];
});
afterAll(() => {
  receiver.kill();
  rmSync(folder, { recursive: true, force: true });
});

const body = (model: string) =>
  JSON.stringify({
    ...{ version: 1, event: 'opened', text: `[P1] ${model}: Missing values`, url: 'http://t/incidents/i' },
    incident: { id: 'i', model, priority: 'P1' },
  });
const send = (model: string, idempotencyKey: string, { secret = SECRET, at = Date.now() } = {}) =>
  webhook.deliver(
    { clock: () => at, allowPrivateAddresses: true, timeoutMs: 10_000 },
    { address, secret },
    { idempotencyKey, event: 'opened', body: body(model) },
  );

test('a command is run once for each message, whoever sends it again', async () => {
  await send('credit-risk', 'k1');
  await send('credit-risk', 'k1');
  await send('Käufe', 'k2');
  expect(readFileSync(ran, 'utf8').trimEnd().split('\n')).toEqual([
    'opened P1 credit-risk [P1] credit-risk: Missing values http://t/incidents/i',
    'opened P1 Käufe [P1] Käufe: Missing values http://t/incidents/i',
  ]);
});

test('who does not know the secret, and what is old, is refused for good; what fails may come again', async () => {
  await expect(send('credit-risk', 'k3', { secret: 'another secret' })).rejects.toMatchObject({
    retry: false,
  });
  await expect(send('credit-risk', 'k4', { at: Date.now() - 600_000 })).rejects.toMatchObject({
    retry: false,
  });
  await expect(send('broken', 'k5')).rejects.toMatchObject({ retry: true });
  expect(readFileSync(ran, 'utf8')).not.toContain('broken');
});
