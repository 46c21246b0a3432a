import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { TiltmeterError } from '../../../contract/errors.ts';
import { postTo } from '../../outgoing.ts';
import { limited } from './limited.ts';
import type { OwnQuery, Prometheus, PromRange, PromSeries } from './prometheus.ts';

export interface PrometheusOptions {
  /** `https://prometheus.example.org`, with a path before `/api/v1` where there is one. */
  readonly url: string;
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string | undefined;
  readonly own?: readonly OwnQuery[];
}

/** For one query, from the name to the last byte. */
const TIMEOUT_MS = 10_000;
/** Bytes of an answer; two hundred steps of a thousand series are about half of it. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Queries that it is asked at a time: a page asks for a dozen. */
const AT_ONCE = 4;
/** Answers are kept so long, and so many of them; what begins with the page of one reader serves the next. */
const KEPT_MS = 15_000;
const MOST_KEPT = 200;
/** After it did not answer it is left alone for so long: a page does not wait ten seconds a dozen times. */
const LEFT_ALONE_MS = 10_000;
/** A query that was refused is told for so long after it was last asked. */
const TOLD_MS = 10 * 60_000;
const SAID = 'Prometheus could not be read: ';

const Answer = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});
const Refusal = z.object({ status: z.literal('error'), error: z.string() });

/**
 * Reads from a Prometheus that the operator named: it may be within a private network; redirects are not followed. Bounded in time, in bytes and in
 * queries at a time; answers are kept for a few seconds.
 */
export function connectPrometheus(
  { url, token, own = [] }: PrometheusOptions,
  clock: () => number,
): Prometheus {
  const address = `${url.replace(/\/+$/, '')}/api/v1/query_range`;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const kept = new Map<string, { readonly at: number; readonly answer: Promise<readonly PromSeries[]> }>();
  const inTurn = limited(AT_ONCE);
  const refused = new Map<string, { readonly since: number; readonly at: number; readonly why: string }>();
  let away: Prometheus['away'] = null;
  let failedAt = Number.NEGATIVE_INFINITY;

  async function ask(body: string): Promise<readonly PromSeries[]> {
    if (away !== null && clock() - failedAt < LEFT_ALONE_MS) throw unavailable(away.why);
    let response: { status: number; text: string };
    try {
      const reply = await postTo(address, body, headers, {
        allowPrivateAddresses: true,
        timeoutMs: TIMEOUT_MS,
      });
      response = { status: reply.statusCode ?? 0, text: await textOf(reply) };
      // What is in front of it when it is away, or wants another token.
      if (response.status >= 500 && response.status !== 503 && refusalOf(response.text) === undefined)
        throw new Error(`it answered ${response.status}`);
      if ([301, 302, 307, 308, 401, 403, 404, 429, 502, 503, 504].includes(response.status))
        throw new Error(`it answered ${response.status}`);
    } catch (error) {
      const why = reasonOf(error as Error & { code?: string });
      failedAt = clock();
      away = { since: away?.since ?? failedAt, why };
      throw unavailable(why);
    }
    away = null;
    return seriesOf(response);
  }

  /** What it refuses is the fault of the query: it is told as long as it is asked for. */
  async function askFor(query: string, body: string): Promise<readonly PromSeries[]> {
    const before = away;
    try {
      const found = await ask(body);
      refused.delete(query);
      return found;
    } catch (error) {
      if (away === null && before === null) {
        const now = clock();
        const why = (error as Error).message.replace(SAID, '');
        refused.set(query, { since: refused.get(query)?.since ?? now, at: now, why });
      }
      throw error;
    }
  }

  function refusal(): Prometheus['away'] {
    const least = clock() - TOLD_MS;
    for (const [query, { at }] of refused) if (at < least) refused.delete(query);
    const [first] = refused.values();
    return first === undefined ? null : { since: first.since, why: first.why };
  }

  return {
    own,
    get away() {
      return away ?? refusal();
    },
    range(query, range) {
      const body = bodyOf(query, range);
      const now = clock();
      const before = kept.get(body);
      if (before !== undefined && Math.abs(now - before.at) < KEPT_MS) return before.answer;
      const answer = inTurn(() => askFor(query, body));
      kept.delete(body);
      kept.set(body, { at: now, answer });
      answer.catch(() => kept.get(body)?.answer === answer && kept.delete(body));
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_KEPT) break;
        kept.delete(oldest);
      }
      return answer;
    },
  };
}

const unavailable = (why: string) => new TiltmeterError('store_unavailable', `${SAID}${why}`);

function bodyOf(query: string, { from, to, stepMs }: PromRange): string {
  const seconds = (ms: number) => String(ms / 1000);
  return new URLSearchParams({
    query,
    start: seconds(from),
    end: seconds(to),
    step: seconds(stepMs),
    timeout: `${TIMEOUT_MS}ms`,
  }).toString();
}

async function textOf(reply: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of reply as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_BYTES) {
      reply.destroy();
      throw new Error(`its answer is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const refusalOf = (text: string): string | undefined => Refusal.safeParse(json(text)).data?.error;

/** A query that is refused is the query's fault: Prometheus is there. */
function seriesOf({ status, text }: { status: number; text: string }): readonly PromSeries[] {
  const { data } = Answer.safeParse(json(text));
  if (data === undefined)
    throw unavailable(refusalOf(text)?.slice(0, 300) ?? `it answered ${status} without a matrix`);
  return data.data.result.map(({ metric, values }) => ({
    labels: metric,
    points: values.flatMap(([at, value]) => {
      const number = value === '' ? Number.NaN : Number(value);
      return Number.isFinite(number) ? [[Math.round(at * 1000), number] as const] : [];
    }),
  }));
}

function reasonOf({ name, code, message }: Error & { code?: string }): string {
  if (name === 'TimeoutError' || name === 'AbortError')
    return `it did not answer within ${TIMEOUT_MS / 1000} s`;
  return code === undefined ? message : `${code}: nobody answers there`;
}
