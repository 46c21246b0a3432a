import { z } from 'zod';
import { digestRange, fitting } from '../../../contract/digest-words.ts';
import { post, shortened } from '../wire/post.ts';
import { causesOf, lossesOf, runbooksOf, type Told, told } from '../wire/told.ts';
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
  tellsReports: true,
  address: ({ address }) => shortened(address),
  reaches: ({ address }) => address,
  deliver: (context, { address }, message) =>
    post(context, address, JSON.stringify({ text: text(told(message)) })),
};

/** Slack shows no more of a text than this without folding it several times. */
const DIGEST_LENGTH = 8_000;

/** The line in bold, the likeliest causes or what a digest says, the runbooks, a link. */
function text(said: Told): string {
  const lines = [
    `*${escaped(said.text)}*`,
    ...digestOf(said),
    ...causesOf(said).map((cause) => `• ${escaped(cause)}`),
    ...[...lossesOf(said), ...runbooksOf(said)].map(escaped),
  ];
  return (said.url === undefined ? lines : [...lines, `<${said.url}|Open in Tiltmeter>`]).join('\n');
}

/** The range, and each section with its title in bold and linked. */
function digestOf({ digest, root = '' }: Told): string[] {
  if (digest === undefined) return [];
  const { sections, left } = fitting(digest.sections, DIGEST_LENGTH);
  const title = (text: string, path: string | null) =>
    path === null ? `*${escaped(text)}*` : `*<${root}${path}|${escaped(text)}>*`;
  return [
    escaped(digestRange(digest)),
    ...sections.flatMap(({ title: name, path, lines }) => [
      ...['', title(name, path)],
      ...lines.map(({ text }) => `• ${escaped(text)}`),
    ]),
    ...(left > 0 ? [`… and ${left} lines more in Tiltmeter`] : []),
  ];
}

/** The three characters that mean something in Slack's text. */
function escaped(plain: string): string {
  return plain.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
