import { z } from 'zod';
import { post, shortened } from '../wire/post.ts';
import { causesOf, runbooksOf, type Told, told } from '../wire/told.ts';
import type { ChannelKind } from './channel.ts';

const Options = z
  .object({
    address: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .describe('Address of the incoming webhook'),
  })
  .strict();

/** Slack's incoming webhooks, whose form Mattermost and Rocket.Chat take too. https://api.slack.com/messaging/webhooks */
export const slack: ChannelKind<z.infer<typeof Options>> = {
  id: 'slack',
  title: 'Slack, Mattermost, Rocket.Chat',
  options: Options,
  secrets: ['address'],
  tellsHead: true,
  address: ({ address }) => shortened(address),
  reaches: ({ address }) => address,
  deliver: (context, { address }, message) =>
    post(context, address, JSON.stringify({ text: text(told(message)) })),
};

/** The line in bold, the likeliest causes, the runbooks, a link. */
function text(said: Told): string {
  const lines = [
    `*${escaped(said.text)}*`,
    ...causesOf(said).map((cause) => `• ${escaped(cause)}`),
    ...runbooksOf(said).map(escaped),
  ];
  return (said.url === undefined ? lines : [...lines, `<${said.url}|Open in Tiltmeter>`]).join('\n');
}

/** The three characters that mean something in Slack's text. */
function escaped(plain: string): string {
  return plain.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
