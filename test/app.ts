import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppOptions, createApp } from '../server/app.ts';
import { startTestShards } from '../server/store/lake/testing/open-test-lake.ts';
import { testLedger } from '../server/store/ledger/testing/test-ledger.ts';
import { TEST_SECRET } from '../server/vault.testing.ts';

export interface TestReply<T> {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; undefined when there is none. */
  readonly body: T;
}

export interface TestApp {
  readonly app: App;
  readonly address: string;
  readonly adminKey: string;
  readonly dataDir: string;
  /** One request with the admin key, or with `key`; null sends none. Text bodies are sent as they are. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read replies of every shape
  json<T = any>(method: string, path: string, body?: unknown, key?: string | null): Promise<TestReply<T>>;
  /** Stops the server and removes its data folder (unless the folder was given). */
  stop(): Promise<void>;
}

/** A real Tiltmeter on a temporary data folder and a free port; jobs run only through `app.runJob(name)`. */
export async function startTestApp(options: Partial<AppOptions> = {}): Promise<TestApp> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'tiltmeter-test-')));
  const adminKey = options.adminKey ?? 'test-admin-key-0123456789abcdefgh';
  const shards = options.lakeUrl === undefined ? await startTestShards(dataDir) : undefined;
  const lake = shards === undefined ? {} : { lakeUrl: shards.url };
  const ledgerUrl = options.ledgerUrl ?? (await testLedger(dataDir));
  // servers that share a ledger share its key
  const ledger = ledgerUrl === undefined ? {} : { ledgerUrl, secretKey: TEST_SECRET };
  const app = createApp({ port: 0, jobs: false, ...lake, ...ledger, ...options, adminKey, dataDir });
  await app.start();
  const { address } = app;

  async function json<T>(method: string, path: string, body?: unknown, key: string | null = adminKey) {
    const headers: Record<string, string> = {};
    if (key !== null) headers.authorization = `Bearer ${key}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const reply = await fetch(address + path, {
      method,
      headers,
      ...(text === undefined ? {} : { body: text }),
    });
    const replied = await reply.text();
    // Not lines of JSON.
    const isJson = /\/(\w+\+)?json\b/.test(reply.headers.get('content-type') ?? '');
    return {
      status: reply.status,
      headers: reply.headers,
      body: (isJson ? JSON.parse(replied) : replied) as T,
    };
  }

  async function stop(): Promise<void> {
    await app.stop();
    await shards?.close();
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  }

  return { app, address, adminKey, dataDir, json, stop };
}
