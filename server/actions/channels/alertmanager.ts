import { z } from 'zod';
import { headerValue, post } from '../wire/post.ts';
import { causesOf, lossesOf, type Told, told } from '../wire/told.ts';
import type { ChannelKind } from './channel.ts';

const Options = z
  .object({
    address: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .describe('Address of Alertmanager'),
    authorization: headerValue.max(1024).optional().describe('Authorization header, if it asks for one'),
  })
  .strict();

/** How long an alert stands there when it is not told of again: Tiltmeter that is away for a night ends none. */
const STANDS_MS = 86_400_000;

const alertsAt = (address: string) => `${address.replace(/\/$/, '')}/api/v2/alerts`;

/**
 * Prometheus Alertmanager, which routes, groups and silences as its own configuration says. An incident is one alert by its
 * labels. https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml
 */
export const alertmanager: ChannelKind<z.infer<typeof Options>> = {
  id: 'alertmanager',
  title: 'Prometheus Alertmanager',
  options: Options,
  secrets: ['authorization'],
  tellsReports: false,
  forgets: true,
  address: ({ address }) => new URL(address).origin,
  reaches: ({ address }) => address,
  deliver: (context, { address, authorization }, message) =>
    post(
      context,
      alertsAt(address),
      JSON.stringify([alertOf(told(message), context.clock())]),
      authorization === undefined ? {} : { authorization },
    ),
};

/** Labels stay the same for the life of an incident, or it would be another alert: its priority is an annotation. */
function alertOf(said: Told, now: number): object {
  const { incident } = said;
  const over = said.event === 'resolved' || said.event === 'test';
  return {
    labels: {
      alertname: said.event === 'test' ? 'TiltmeterTest' : 'TiltmeterIncident',
      incident: incident.id,
      model: said.labels.join(', '),
    },
    annotations: {
      summary: said.text,
      priority: incident.priority,
      description: [...causesOf(said), ...lossesOf(said)].join('\n'),
      runbook: said.runbooks.map(({ runbook }) => runbook).join('\n'),
    },
    startsAt: incident.started_at,
    endsAt: new Date(over ? now : now + STANDS_MS).toISOString(),
    generatorURL: said.url,
  };
}
