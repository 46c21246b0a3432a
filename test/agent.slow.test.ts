import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AgentFigures } from '../agent/agent.ts';
import { type Running, startAgent } from '../agent/run.ts';
import type { AgentSettings } from '../agent/settings.ts';
import { sendWhylogs } from '../agent/whylogs/send-whylogs.ts';
import type { Prediction } from '../contract/prediction.ts';
import { startTestApp, type TestApp } from './app.ts';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const END = Math.floor(Date.now() / DAY) * DAY - DAY;

let tilt: TestApp;
let room: string;
let key: string;
const open: { stop(): Promise<unknown> }[] = [];
beforeAll(async () => {
  tilt = await startTestApp();
  room = await mkdtemp(join(tmpdir(), 'tiltmeter-agents-'));
  key = (await tilt.json('POST', '/api/v1/keys', { name: 'agents', scopes: ['ingest'] })).body.secret;
});
afterAll(async () => {
  await Promise.all(open.map((each) => each.stop()));
  await tilt.stop();
  await rm(room, { recursive: true, force: true });
});

const said: string[] = [];
async function agentIn(folder: string, change: Partial<AgentSettings> = {}): Promise<Running> {
  const settings: AgentSettings = {
    ...{ folder: join(room, folder), name: folder, host: '127.0.0.1', port: 0 },
    server: { url: tilt.address, key },
    ...{ pieceMs: HOUR, saveMs: 50, bucketMs: HOUR, folderBytes: 2 ** 28 },
    ...change,
  };
  const running = await startAgent(settings, Date.now, (line) => said.push(line));
  open.push(running);
  return running;
}

async function end(running: Running): Promise<void> {
  open.splice(open.indexOf(running), 1);
  await running.stop();
}

async function post(address: string, body: unknown, headers: Record<string, string> = {}) {
  const reply = await fetch(`${address}/api/v1/predictions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, never> };
}

function rows(model: string, from: number, to: number): Prediction[] {
  const count = (to - from) / 300_000;
  return Array.from({ length: count }, (_, k) => {
    const time = from + k * 300_000;
    const i = time / 300_000;
    return {
      ...{ model, time, prediction: i % 2 ? 'yes' : 'no', score: (i % 97) / 97, latency_ms: i % 7 },
      features: { amount: 100 + ((i * 37) % 89), country: ['FR', 'DE', null, 'IT'][i % 4]! },
    };
  });
}

const counted = async (model: string) => {
  await tilt.app.runJob('models');
  return (await tilt.json('GET', `/api/v1/models/${model}`)).body.predictions;
};

test('on the grids of the server a model is counted exactly as from its rows', async () => {
  const [before, after] = [rows('m', END - 2 * DAY, END - DAY), rows('m', END - DAY, END)];
  await tilt.json('POST', '/api/v1/predictions', [
    ...before,
    ...before.map((row) => ({ ...row, model: 'same' })),
  ]);
  await tilt.app.runJob('models');
  await tilt.json(
    'POST',
    '/api/v1/predictions',
    after.map((row) => ({ ...row, model: 'same' })),
  );
  const agent = await agentIn('exact');
  expect((await post(agent.address, after)).body).toMatchObject({ received: 288, stored: 288, rejected: [] });
  await agent.agent.tick(true);
  await until(async () => (await agent.agent.figures()).waiting.pieces === 0);
  expect(await counted('m')).toBe(576);
  for (const column of ['amount', 'country', '_score', '_latency_ms', '_prediction']) {
    const of = async (model: string) => {
      const at = `/api/v1/models/${model}/columns/${column}/distribution?from=${END - DAY}&to=${END}`;
      const { model: _, ...rest } = (await tilt.json('GET', at)).body;
      return rest;
    };
    expect(await of('m')).toEqual(await of('same'));
  }
});

test('cut off for a week it keeps what it counts, over a kill, and all of it arrives once', async () => {
  const port = await freePort();
  const folder = join(room, 'away');
  const start = (url: string): ChildProcess => {
    const child = spawn(
      process.execPath,
      [
        'cli/tiltmeter.js',
        'agent',
        'run',
        '--data',
        folder,
        '--url',
        url,
        '--port',
        String(port),
        '--save',
        '1s',
      ],
      { env: { ...process.env, TILTMETER_KEY: key }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    open.push({ stop: async () => child.kill('SIGKILL') });
    return child;
  };
  const address = `http://127.0.0.1:${port}`;
  const up = () => until(async () => (await fetch(`${address}/healthz`).catch(() => undefined))?.ok === true);
  let child = start('http://127.0.0.1:9');
  await up();
  for (let day = 8; day > 0; day--) await post(address, rows('away', END - day * DAY, END - (day - 1) * DAY));
  await until(async () =>
    (await readdir(folder)).some((name) => name.startsWith('open-') && name.endsWith('-2304.ndjson.gz')),
  );
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  child = start(tilt.address);
  await up();
  await until(
    async () =>
      ((await fetch(`${address}/figures`).then((r) => r.json())) as AgentFigures).waiting.pieces === 0,
  );
  child.kill('SIGTERM');
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  expect(await counted('away')).toBe(8 * 288);
});

test('of a folder that is full the oldest pieces give way, and that is told', async () => {
  const agent = await agentIn('small', { server: undefined, folderBytes: 3_000 });
  for (let day = 5; day > 0; day--) {
    await post(agent.address, rows('small', END - day * DAY, END - (day - 1) * DAY));
    await agent.agent.tick(true);
  }
  const { dropped, waiting } = await agent.agent.figures();
  expect(waiting.predictions + dropped!.predictions).toBe(5 * 288);
  expect(dropped).toMatchObject({ why: 'the folder is full' });
  expect(said.some((line) => line.includes('dropped: the folder is full'))).toBe(true);
  expect(await (await fetch(`${agent.address}/metrics`)).text()).toContain(
    `tiltmeter_agent_dropped_predictions_total ${dropped!.predictions}`,
  );
  await end(agent);
});

test('a write that fails ends nothing: what was counted is written once there is room', async () => {
  const agent = await agentIn('full', { server: undefined });
  await post(agent.address, rows('full', END - HOUR, END));
  const [folder, aside] = [join(room, 'full'), join(room, 'full-aside')];
  await rename(folder, aside);
  await expect(agent.agent.tick(true)).rejects.toThrow('ENOENT');
  await rename(aside, folder);
  await agent.agent.tick(true);
  expect((await agent.agent.figures()).waiting).toMatchObject({ pieces: 1, predictions: 12 });
  await end(agent);
});

test('what is exported arrives by file, and twice changes nothing', async () => {
  const agent = await agentIn('gap', { server: undefined });
  await post(agent.address, rows('gap', END - DAY, END));
  await end(agent);
  const file = join(room, 'gap.ndjson.gz');
  const tell = (...args: string[]) =>
    new Promise<string>((resolve) => {
      const child = spawn(process.execPath, ['cli/tiltmeter.js', 'agent', ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let text = '';
      for (const from of [child.stdout, child.stderr]) from.on('data', (part) => (text += part));
      child.once('exit', (code) => resolve(`${text}${code}`));
    });
  expect(await tell('export', file, '--data', join(room, 'gap'))).toContain('1 piece of 288 predictions');
  expect(await readdir(join(room, 'gap'))).not.toContain(expect.stringContaining('.ndjson.gz'));
  const send = () => tell('send', file, '--url', tilt.address, '--key', key);
  expect(await send()).toMatch(/^\d+ profiles stored\n0$/);
  expect(await counted('gap')).toBe(288);
  await send();
  expect(await counted('gap')).toBe(288);
  await writeFile(file, (await readFile(file)).subarray(0, 200));
  expect(await send()).toContain('is not a whole file in gzip');
});

test('bad predictions are refused with the codes of the server, and nothing beside them; a page of a browser is', async () => {
  const agent = await agentIn('bad', { server: undefined });
  const [good] = rows('bad', END - HOUR, END);
  const reply = await post(agent.address, [
    good,
    { ...good, time: 5 },
    { features: {} },
    { ...good, model: 'a/b' },
    7,
  ]);
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({ received: 5, stored: 1, rejected_total: 4 });
  expect((reply.body.rejected as unknown as { code: string }[]).map(({ code }) => code)).toEqual([
    'invalid_time',
    'missing_field',
    'invalid_model_name',
    'invalid_event',
  ]);
  expect((await post(agent.address, [good], { origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await post(agent.address, '{')).status).toBe(400);
  expect((await post(agent.address, [good], { 'content-encoding': 'gzip' })).status).toBe(400);
  expect((await fetch(`${agent.address}/api/v1/labels`, { method: 'POST', body: '[]' })).status).toBe(404);
  await expect(agentIn('bad')).rejects.toMatchObject({ code: 'data_folder_locked' });
  expect((await agent.agent.figures()).counted).toBe(1);
});

test('a file of whylogs becomes profiles of its model, once', async () => {
  const file = join(import.meta.dirname, '../agent/whylogs/fixtures/whylogs.bin');
  const of = { model: 'why', version: 'v1', outputs: new Map([['member', '_prediction' as const]]) };
  for (let time = 0; time < 2; time++) {
    const sent = await sendWhylogs({ url: tilt.address, key }, file, of);
    expect(sent).toMatchObject({
      stored: 9,
      rejected: 0,
      lacking: [{ column: 'one', reason: 'no_quantiles' }],
    });
  }
  expect(await counted('why')).toBe(5000);
  const at = Date.UTC(2026, 10, 1);
  const { items } = (await tilt.json('GET', `/api/v1/models/why/columns?from=${at}&to=${at + HOUR}`)).body;
  expect(items.find(({ name }: { name: string }) => name === 'country').top).toEqual(
    ['DE', 'FR', 'IT'].map((value) => ({ value, n: 1250 })),
  );
});
