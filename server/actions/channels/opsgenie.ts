import { z } from 'zod';
import { headerValue, post } from '../wire/post.ts';
import { cut, detailsOf, told } from '../wire/told.ts';
import type { ChannelKind } from './channel.ts';

const HOSTS = { us: 'https://api.opsgenie.com', eu: 'https://api.eu.opsgenie.com' } as const;

const Options = z
  .object({
    api_key: headerValue.min(8).max(256).describe('Key of an API integration'),
    region: z.enum(['us', 'eu']).default('us').describe('Region of the account'),
    address: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .optional()
      .describe('Address in place of Opsgenie’s, for Jira Service Management or a proxy'),
  })
  .strict();
type Options = z.infer<typeof Options>;

const baseOf = ({ region, address }: Options) => (address ?? HOSTS[region]).replace(/\/$/, '');

/**
 * Opsgenie's Alert API. All messages of one incident share an `alias`, so that it is one alert there: made (or counted up) when it opens,
 * becomes more urgent or comes back, closed when it is over. https://docs.opsgenie.com/docs/alert-api
 */
export const opsgenie: ChannelKind<Options> = {
  id: 'opsgenie',
  title: 'Opsgenie',
  options: Options,
  secrets: ['api_key'],
  tellsReports: false,
  address: (options) => `${new URL(baseOf(options)).origin}, key …${options.api_key.slice(-4)}`,
  reaches: baseOf,
  async deliver(context, options, message) {
    const said = told(message);
    const alias = `tiltmeter-${said.incident.id}`;
    const authorization = { authorization: `GenieKey ${options.api_key}` };
    if (said.event === 'resolved') {
      const to = `${baseOf(options)}/v2/alerts/${encodeURIComponent(alias)}/close?identifierType=alias`;
      return post(
        context,
        to,
        JSON.stringify({ source: 'Tiltmeter', note: cut(said.text, 25_000) }),
        authorization,
      );
    }
    const alert = {
      message: cut(said.text, 130),
      alias,
      description: cut([said.incident.title, ...detailsOf(said), said.url].join('\n'), 15_000),
      priority: said.event === 'test' ? 'P5' : said.incident.priority,
      source: 'Tiltmeter',
      entity: cut(said.labels.join(', '), 512),
      tags: ['tiltmeter', ...said.labels.slice(0, 10).map((name) => cut(name, 50))],
      details: { url: said.url },
    };
    return post(context, `${baseOf(options)}/v2/alerts`, JSON.stringify(alert), authorization);
  },
};
