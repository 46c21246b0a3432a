import { alertmanager } from './alertmanager.ts';
import type { ChannelKind } from './channel.ts';
import { discord } from './discord.ts';
import { email } from './email.ts';
import { opsgenie } from './opsgenie.ts';
import { pagerduty } from './pagerduty.ts';
import { slack } from './slack.ts';
import { teams } from './teams.ts';
import { webhook } from './webhook.ts';

/** Options are checked by the schema of the kind before they get there. */
const kind = <Options>(known: ChannelKind<Options>) => known as ChannelKind;

/** Every way to reach people, in the order in which they are offered. */
const LIST: readonly ChannelKind[] = [
  kind(webhook),
  kind(email),
  kind(slack),
  kind(teams),
  kind(discord),
  kind(pagerduty),
  kind(opsgenie),
  kind(alertmanager),
];

/** Every way to reach people, by id. A new one is a file and a line above. */
export const CHANNELS: Readonly<Record<string, ChannelKind>> = Object.fromEntries(
  LIST.map((each) => [each.id, each]),
);
