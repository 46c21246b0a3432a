import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { DigestContent } from '../../../contract/digest.ts';
import type { Incident } from '../../../contract/incident.ts';
import { digestPayload, payload } from '../outbox/payload.ts';
import type { DeliveryContext, Message } from './channel.ts';

export const CONTEXT: DeliveryContext = {
  clock: () => Date.parse('2026-11-20T10:05:00Z'),
  allowPrivateAddresses: true,
  timeoutMs: 2_000,
};

export interface Received {
  readonly path: string;
  readonly headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: whatever a channel sends
  readonly body: any;
}

/** A receiver that takes everything, until the test has ended: its address, and what it got. */
export async function receiver(status = 200): Promise<{ address: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, reply) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part) => (text += part));
    request.on('end', () => {
      received.push({ path: request.url!, headers: request.headers, body: JSON.parse(text) });
      reply.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** A message of an incident with two causes and a runbook, as the outbox has it. */
export function message(
  event: 'opened' | 'priority_raised' | 'resolved' | 'test',
  change: Partial<Incident> = {},
): Message {
  const cause = (kind: string, sentence: string) => ({
    kind,
    column: 'income',
    confidence: 0.9,
    sentence,
    evidence: [],
  });
  const incident = {
    id: 'i1',
    model: 'm1',
    models: ['m1'],
    model_names: ['credit-risk'],
    status: 'open' as const,
    priority: 'P1' as const,
    title: 'Missing values in income',
    episode: 1,
    started_at: '2026-11-20T09:00:00.000Z',
    last_at: '2026-11-20T10:00:00.000Z',
    opened_at: '2026-11-20T10:01:00.000Z',
    resolved_at: null,
    resolved_by: null,
    going_to: null,
    acknowledged_at: null,
    acknowledged_by: null,
    assignee: null,
    snoozed: null,
    verdict: null,
    found: null,
    merged_into: null,
    revision: 0,
    withdrawn: false,
    ended: null,
    causes: [
      cause('missing_values', 'income is missing in 40 % <b>& more</b> of the rows.'),
      cause('covariate_shift', 'age_[years] is distributed unlike its reference.'),
    ],
    losses: [],
    ...change,
  };
  const runbooks = [{ model: 'credit-risk', runbook: 'https://wiki.example.org/credit' }];
  return {
    idempotencyKey: 'k1',
    event,
    body: payload(event, incident, 1, 'https://tilt.example.org', runbooks),
  };
}

/** A daily digest of one model whose owner chose a hostile name, with so many lines about what is silent, as the outbox has it. */
export function digestMessage(silent = 1): Message {
  const digest: DigestContent = {
    every: 'daily',
    from: '2026-11-19T08:00:00.000Z',
    to: '2026-11-20T08:00:00.000Z',
    composed_at: '2026-11-20T10:00:00.000Z',
    late_since: '2026-11-20T08:00:00.000Z',
    zone: 'UTC',
    headline: '1 of 41 models to look at: 1 incident opened',
    counts: {
      ...{ models: 41, told: 1, not_judged: 0, opened: 1, resolved: 0 },
      ...{ going_on: 1, worse: 0, silent: 0, moved: 0, review: 0 },
    },
    ...{ models: [], more_models: 0, review: [] },
    sections: [
      {
        title: 'credit_risk (<@all> & *co*)',
        path: '/models/m1',
        lines: [{ text: '[P1] Missing values in income (opened)', path: '/incidents/i1' }],
      },
      {
        title: 'Silent',
        path: null,
        lines: Array.from({ length: silent }, (_, i) => ({
          text: `Job nightly-${i} failed`,
          path: '/on-call',
        })),
      },
    ],
  };
  return { idempotencyKey: 'k2', event: 'digest', body: digestPayload(digest, 'https://tilt.example.org/') };
}
