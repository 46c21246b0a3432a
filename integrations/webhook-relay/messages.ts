/** What a channel of Tiltmeter posts (docs/channels/webhook.md), as far as a relay needs it. */
export interface Told {
  readonly event: 'opened' | 'priority_raised' | 'resolved' | 'reopened' | 'test';
  /** One line for a chat. */
  readonly text: string;
  readonly url: string;
  readonly incident: {
    readonly id: string;
    readonly model: string;
    readonly priority: 'P1' | 'P2' | 'P3';
    readonly title: string;
    readonly started_at: string;
    readonly causes: readonly { readonly sentence: string }[];
  };
  /** What to do, of its models that say so: an address or the steps. */
  readonly runbooks?: readonly { readonly model: string; readonly runbook: string }[];
}

/** Body of a Slack incoming webhook (Mattermost and Rocket.Chat take the same): the line, the likeliest causes, the runbook, a link. */
export function slack({ text, url, incident, runbooks = [] }: Told): object {
  const causes = incident.causes.slice(0, 3).map(({ sentence }) => `• ${escaped(sentence)}`);
  const todo = runbooks.map(({ model, runbook }) => `Runbook of ${escaped(model)}: ${escaped(runbook)}`);
  return { text: [`*${escaped(text)}*`, ...causes, ...todo, `<${url}|Open in Tiltmeter>`].join('\n') };
}

const SEVERITY = { P1: 'critical', P2: 'error', P3: 'warning' } as const;

/**
 * Body of PagerDuty's Events API v2. All messages of one incident share a `dedup_key`, so that it is one alert there: raised
 * again when it becomes more urgent or comes back, resolved when it is over.
 */
export function pagerDuty({ event, text, url, incident, runbooks = [] }: Told, routingKey: string): object {
  const same = { routing_key: routingKey, dedup_key: `tiltmeter-${incident.id}` };
  if (event === 'resolved') return { ...same, event_action: 'resolve' };
  return {
    ...same,
    event_action: 'trigger',
    payload: {
      summary: text.slice(0, 1024),
      source: incident.model || 'tiltmeter',
      severity: event === 'test' ? 'info' : SEVERITY[incident.priority],
      timestamp: incident.started_at,
      component: incident.model,
      custom_details: {
        title: incident.title,
        causes: incident.causes.map(({ sentence }) => sentence),
        ...Object.fromEntries(runbooks.map(({ model, runbook }) => [`runbook of ${model}`, runbook])),
      },
    },
    links: [{ href: url, text: 'Open in Tiltmeter' }],
  };
}

/** The three characters that mean something in Slack's text. */
function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
