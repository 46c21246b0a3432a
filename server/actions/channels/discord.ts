import { z } from 'zod';
import { digestRange, fitting } from '../../../contract/digest-words.ts';
import { post, shortened } from '../wire/post.ts';
import { causesOf, cut, lossesOf, runbooksOf, type Told, told } from '../wire/told.ts';
import type { ChannelKind } from './channel.ts';

const Options = z
  .object({
    address: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .describe('Address of the webhook'),
  })
  .strict();

const COLOUR = { P1: 0xc92a2a, P2: 0xe67700, P3: 0x1971c2, resolved: 0x2b8a3e } as const;

/** A webhook of a Discord channel: one embed, and nobody is mentioned by what senders call their models. https://discord.com/developers/docs/resources/webhook */
export const discord: ChannelKind<z.infer<typeof Options>> = {
  id: 'discord',
  title: 'Discord',
  options: Options,
  secrets: ['address'],
  tellsReports: true,
  address: ({ address }) => shortened(address),
  reaches: ({ address }) => address,
  async deliver(context, { address }, message) {
    const said = told(message);
    const embed = {
      title: cut(said.text, 256),
      url: said.url,
      description: cut(
        [
          ...digestOf(said),
          ...causesOf(said).map((cause) => `• ${cause}`),
          ...[...lossesOf(said), ...runbooksOf(said)],
        ].join('\n'),
        4096,
      ),
      color: said.event === 'resolved' ? COLOUR.resolved : COLOUR[said.incident?.priority ?? 'P3'],
    };
    await post(context, address, JSON.stringify({ embeds: [embed], allowed_mentions: { parse: [] } }));
  },
};

/** Of the 4,096 characters that an embed may have. */
const DIGEST_LENGTH = 3_600;

function digestOf({ digest }: Told): string[] {
  if (digest === undefined) return [];
  const { sections, left } = fitting(digest.sections, DIGEST_LENGTH, 6);
  return [
    digestRange(digest),
    ...sections.flatMap(({ title, lines }) => ['', `**${title}**`, ...lines.map(({ text }) => `• ${text}`)]),
    ...(left > 0 ? [`… and ${left} lines more in Tiltmeter`] : []),
  ];
}
