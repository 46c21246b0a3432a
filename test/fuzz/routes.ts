import assert from 'node:assert/strict';
import { ERRORS } from '../../contract/errors.ts';
import { EVENT_KINDS } from '../../server/events/kinds/index.ts';
import { noting, stillJudged } from '../../server/events/testing/still-judged.ts';
import type { OpenApi, Operation } from '../../server/http/openapi.ts';
import type { Random } from '../../stats/random.ts';
import { startTestApp, type TestApp } from '../app.ts';
import { BASE, FILES, odd, pick, RAN } from './values.ts';
import { requireAllowed, TRUSTED, type Walker, walkers } from './walkers.ts';

const DOORS = new Set(Object.keys(EVENT_KINDS).map((kind) => `/api/v1/${kind}`));
const AT_ONCE = 10;
/** Requests between two rounds of what runs by itself. */
const ROUND = 500;
const JOBS = ['models', 'incidents', 'importance', 'views', 'verdicts', 'erasures', 'removals'];

/** Answers by status, and by who asked: how many requests were done. */
export interface Walked {
  readonly answers: ReadonlyMap<number, number>;
  readonly done: ReadonlyMap<string, number>;
}

/**
 * Asks all routes but the doors, as the OpenAPI document describes them, so many times, as people of each role and with keys of each kind, with
 * values that nearly fit or do not, ids of what was made among them: no answer is a 5xx, every refusal has a code of the table, no text that was sent was run by a store, nobody is let in whom
 * the document does not name, and at the end every model is rolled up and judged.
 */
export async function fuzzRoutes(requests: number, random: Random): Promise<Walked> {
  const troubles: string[] = [];
  const tilt = await startTestApp({ log: noting(troubles), trustedProxies: TRUSTED });
  const answers = new Map<number, number>();
  const done = new Map<string, number>();
  try {
    const document = (await tilt.json('GET', '/api/v1/openapi.json')).body as OpenApi;
    const operations = Object.entries(document.paths)
      .filter(([path]) => !DOORS.has(path))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
      );
    const all = await walkers(tilt);
    const admin = all.find(({ who }) => who === 'a signed-in admin')!;
    /** Ids of what was made. */
    const made = ['m'];
    const one = async (n: number) => {
      // Some of what is asked about is there, though others have removed it meanwhile.
      if (n % 100 < AT_ONCE && n % AT_ONCE === 0) await fill(tilt);
      const { path, method, operation } = operations[n % operations.length]!;
      const { url, init } = requestOf(random, path, method, operation, made);
      const walker = random() < 0.3 ? admin : pick(random, all);
      const reply = await ask(tilt, walker, url, init);
      const text = await reply.text();
      const where = `${reply.status} ${walker.who} ${method} ${url} ${init.body ?? ''} → ${text.slice(0, 500)}`;
      answers.set(reply.status, (answers.get(reply.status) ?? 0) + 1);
      assert.ok(reply.status < 500, where);
      assert.ok(!text.includes(RAN), `a text that was sent was run: ${where}`);
      // What speaks OTLP gets its errors as OTLP has them.
      if (path.startsWith('/v1/') && reply.status >= 400)
        assert.equal(typeof JSON.parse(text).message, 'string', where);
      // So has who speaks as Jaeger does.
      else if (path.startsWith('/api/v1/jaeger/') && reply.status >= 400)
        assert.equal(typeof JSON.parse(text).errors[0].msg, 'string', where);
      else if (reply.status >= 400) assert.ok(JSON.parse(text).error.code in ERRORS, where);
      if (reply.status >= 300) return;
      requireAllowed(walker, operation, url);
      done.set(walker.who, (done.get(walker.who) ?? 0) + 1);
      const id = /^\{"id":"([\w-]+)"/.exec(text)?.[1];
      if (id !== undefined) made[1 + (made.length % 50)] = id;
    };
    for (let n = 0; n < requests; n += AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, requests - n) }, (_, i) => one(n + i)));
      if (n % ROUND === ROUND - AT_ONCE) for (const job of JOBS) await tilt.app.runJob(job);
    }
    await stillJudged(tilt, troubles);
    return { answers, done };
  } finally {
    await tilt.stop();
  }
}

/** A session may have ended, by the walker itself or by another: then it is asked once more with a new one. */
async function ask(
  { address }: TestApp,
  walker: Walker,
  url: string,
  init: Asked['init'],
): Promise<Response> {
  const once = () => fetch(address + url, { ...init, headers: { ...walker.headers(), ...init.headers } });
  const reply = await once();
  if (reply.status !== 401 || walker.again === undefined || url.startsWith('/api/v1/session')) return reply;
  await reply.arrayBuffer();
  await walker.again();
  return once();
}

async function fill(tilt: TestApp): Promise<void> {
  const rows = Array.from({ length: 20 }, (_, i) => ({
    model: 'm',
    id: `p${i}`,
    time: BASE + i * 600_000,
    version: `${1 + (i % 2)}`,
    features: { a: i, b: `v${i % 3}` },
    prediction: i % 2,
    score: i / 20,
    attributions: { a: i / 10, b: -1 },
    variant: 'ab'[i % 2],
  }));
  await tilt.json('POST', '/api/v1/predictions', rows);
  const of = rows.map(({ id, time }) => ({ model: 'm', id, time: time + 1000 }));
  await tilt.json(
    'POST',
    '/api/v1/labels',
    of.map((each, i) => ({ ...each, label: (i >> 1) % 2 })),
  );
  await tilt.json(
    'POST',
    '/api/v1/outcomes',
    of.map((each, i) => ({ ...each, metric: 'sold', value: i })),
  );
  await tilt.json(
    'POST',
    '/api/v1/stages',
    of.map((each, i) => ({
      ...{
        model: 'm',
        time: each.time,
        stage: 'features',
        message: `joined ${i} rows`,
        duration_ms: i,
        rows: i,
      },
    })),
  );
  const segments = { segments: ['b', 'variant'], protected: ['b'], impact: { false_positive: -5 } };
  await tilt.json('PATCH', '/api/v1/models/m', segments);
}

interface Asked {
  readonly url: string;
  readonly init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string | Uint8Array<ArrayBuffer>;
  };
}

function requestOf(
  random: Random,
  path: string,
  method: string,
  operation: Operation,
  made: readonly string[],
): Asked {
  const query = new URLSearchParams();
  let url = path;
  for (const { name, in: place, schema } of operation.parameters ?? []) {
    if (place === 'path') {
      const known =
        random() < 0.5 ? made[0]! : made.at(-1 - Math.floor(random() * Math.min(8, made.length)))!;
      const value = random() < 0.7 ? known : asText(odd(random, schema)).toWellFormed() || 'm';
      url = url.replace(`{${name}}`, () => encodeURIComponent(value));
    } else if (random() < 0.4) query.append(name, asText(odd(random, schema)).toWellFormed());
  }
  if (query.size > 0) url += `?${query}`;
  const content = Object.entries(operation.requestBody?.content ?? {})[0];
  if (content === undefined) return { url, init: { method: method.toUpperCase(), headers: {} } };
  const [type, { schema }] = content;
  const file = /upload|file/.test(path) && !type.includes('json');
  const body = file
    ? new Uint8Array(Buffer.from(pick(random, FILES)))
    : (JSON.stringify(odd(random, schema)) ?? '');
  const headers = { 'content-type': type.includes('*') ? 'application/octet-stream' : type };
  return { url, init: { method: method.toUpperCase(), headers, body } };
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
