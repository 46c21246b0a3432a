import { Agent, get } from 'node:http';
import type { TestApp } from '../../test/app.ts';
import { counting } from '../scale/counting.ts';
import { processorSeconds } from '../scale/served.ts';
import type { AskedPage } from './asked.ts';

const HOUR = 3_600_000;
/** Times that each is asked for a range of its own, and then again for that of the page. */
const ASKED = Number(process.env.BENCH_LOADS ?? 20);
/** A browser opens six connections to one server. */
const CONNECTIONS = 6;

/** What an answer takes: times in milliseconds, which others on the machine lengthen, and what they do not change. */
export interface Cost {
  readonly p50: number;
  readonly p95: number;
  /** Processor time of the server and its lake, milliseconds. */
  readonly cpu: number;
  readonly lake: number;
  readonly ledger: number;
  readonly rows: number;
  readonly bytes: number;
}

export interface Measured {
  readonly page: string;
  /** A request, or `all at once`. */
  readonly what: string;
  /** Ranges that were never asked before, and the one of the page again and again. */
  readonly cold: Cost;
  readonly warm: Cost;
}

/**
 * Asks for what pages ask for, each request by itself and then all of a page over six connections; what an earlier page asks too is asked
 * by itself once. The server runs in this process, so that its statements are counted.
 */
export async function measure(tilt: TestApp, pages: readonly AskedPage[]): Promise<Measured[]> {
  const counted = counting(tilt.app.ctx);
  // Each request takes what is here at its time.
  Object.assign(tilt.app.ctx, counted.ctx);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const cookie = await signedIn(tilt);
  const ask = (paths: readonly string[]) =>
    Promise.all(paths.map((path) => asked(tilt.address + path, agent, cookie)));
  async function cost(paths: readonly string[], hours: (i: number) => number): Promise<Cost> {
    const took: number[] = [];
    let bytes = 0;
    const { found, rowsRead } = counted;
    const [lake, ledger, rows] = [found.statements, found.ledger, await rowsRead()];
    const busy = processorSeconds(process.pid);
    for (let i = 0; i < ASKED; i++) {
      const began = performance.now();
      const sizes = await ask(paths.map((path) => later(path, hours(i))));
      took.push(performance.now() - began);
      bytes = sizes.reduce((sum, size) => sum + size, 0);
    }
    const each = (all: number) => all / ASKED;
    const cpu = each(1000 * (processorSeconds(process.pid) - busy));
    const statements = { lake: each(found.statements - lake), ledger: each(found.ledger - ledger) };
    took.sort((a, b) => a - b);
    return {
      ...{ p50: took[Math.floor(0.5 * ASKED)]!, p95: took[Math.floor(0.95 * ASKED)]!, cpu, bytes },
      ...{ ...statements, rows: each((await rowsRead()) - rows) },
    };
  }
  const measured: Measured[] = [];
  const known = new Set<string>();
  let begun = 0;
  async function both(page: string, what: string, paths: readonly string[]): Promise<void> {
    const from = begun;
    // Another beginning each time, also of what an earlier request has read.
    begun += ASKED;
    measured.push({
      ...{ page, what },
      cold: await cost(paths, (i) => (from + i + 1) / 60),
      warm: await cost(paths, () => 0),
    });
  }
  for (const { name, paths } of pages) {
    for (const path of paths.filter((one) => !known.has(one))) {
      known.add(path);
      await both(name, path, [path]);
    }
    await both(name, 'all at once', paths);
  }
  agent.destroy();
  return measured;
}

/** The same with a range that begins so many hours later; without a range the same. */
function later(path: string, hours: number): string {
  const url = new URL(path, 'http://none');
  const from = url.searchParams.get('from');
  if (from === null || hours === 0) return path;
  url.searchParams.set('from', new Date(Date.parse(from) + hours * HOUR).toISOString());
  return url.pathname + url.search;
}

/** The cookie of somebody who has signed in. */
async function signedIn({ app, json }: TestApp): Promise<string> {
  const token = new URLSearchParams(new URL(await app.adminLink()).hash.slice(1)).get('token');
  const { headers } = await json('POST', '/api/v1/session', { token }, null);
  return headers.getSetCookie()[0]!.split(';')[0]!;
}

/** Bytes of an answer over the wire. */
function asked(url: string, agent: Agent, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { cookie, 'accept-encoding': 'gzip' } }, (reply) => {
      let bytes = 0;
      reply.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      reply.on('end', () => {
        if (reply.statusCode === 200) resolve(bytes);
        else reject(new Error(`${reply.statusCode} ${url}`));
      });
    }).on('error', reject);
  });
}
