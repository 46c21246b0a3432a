import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Incident } from '../../../contract/incident.ts';
import { payload } from '../outbox/payload.ts';
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
    ...change,
  };
  const runbooks = [{ model: 'credit-risk', runbook: 'https://wiki.example.org/credit' }];
  return {
    idempotencyKey: 'k1',
    event,
    body: payload(event, incident, 1, 'https://tilt.example.org', runbooks),
  };
}
