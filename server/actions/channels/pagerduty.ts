import { z } from 'zod';
import { post } from '../wire/post.ts';
import { causesOf, cut, lossesOf, type Told, told } from '../wire/told.ts';
import type { ChannelKind } from './channel.ts';

const HOSTS = { us: 'https://events.pagerduty.com', eu: 'https://events.eu.pagerduty.com' } as const;

const Options = z
  .object({
    routing_key: z
      .string()
      .regex(/^\w{32}$/, 'must be the 32 characters of an integration key')
      .describe('Integration key (Events API v2)'),
    region: z.enum(['us', 'eu']).default('us').describe('Region of the account'),
    address: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .optional()
      .describe('Address in place of PagerDuty’s, for a proxy'),
  })
  .strict();
type Options = z.infer<typeof Options>;

const SEVERITY = { P1: 'critical', P2: 'error', P3: 'warning' } as const;

const enqueueAt = ({ region, address }: Options) => address ?? `${HOSTS[region]}/v2/enqueue`;

/**
 * PagerDuty's Events API v2. All messages of one incident share a `dedup_key`, so that it is one alert there: raised again when it
 * becomes more urgent or comes back, resolved when it is over. https://developer.pagerduty.com/docs/events-api-v2/trigger-events/
 */
export const pagerduty: ChannelKind<Options> = {
  id: 'pagerduty',
  title: 'PagerDuty',
  options: Options,
  secrets: ['routing_key'],
  tellsReports: false,
  address: (options) => `${new URL(enqueueAt(options)).origin}, key …${options.routing_key.slice(-4)}`,
  reaches: enqueueAt,
  deliver: (context, options, message) =>
    post(context, enqueueAt(options), JSON.stringify(eventOf(told(message), options.routing_key))),
};

function eventOf(said: Told, routingKey: string): object {
  const { event, incident, labels, url } = said;
  const same = { routing_key: routingKey, dedup_key: `tiltmeter-${incident.id}` };
  if (event === 'resolved') return { ...same, event_action: 'resolve' };
  return {
    ...same,
    event_action: 'trigger',
    client: 'Tiltmeter',
    client_url: url,
    payload: {
      summary: cut(said.text, 1024),
      source: labels.join(', ') || 'tiltmeter',
      severity: event === 'test' ? 'info' : SEVERITY[incident.priority],
      timestamp: incident.started_at,
      component: labels[0],
      custom_details: {
        title: incident.title,
        causes: causesOf(said),
        losses: lossesOf(said),
        runbooks: said.runbooks,
      },
    },
    links: [{ href: url, text: 'Open in Tiltmeter' }],
  };
}
