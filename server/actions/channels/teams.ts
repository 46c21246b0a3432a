import { z } from 'zod';
import { digestRange, fitting } from '../../../contract/digest-words.ts';
import { post, shortened } from '../wire/post.ts';
import { detailsOf, type Told, told } from '../wire/told.ts';
import type { ChannelKind } from './channel.ts';

const Options = z
  .object({
    address: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .describe('Address of the workflow'),
  })
  .strict();

/** Microsoft Teams by a workflow "when a webhook request is received": an Adaptive Card. https://adaptivecards.io/schemas/adaptive-card.json */
export const teams: ChannelKind<z.infer<typeof Options>> = {
  id: 'teams',
  title: 'Microsoft Teams',
  options: Options,
  secrets: ['address'],
  tellsReports: true,
  address: ({ address }) => shortened(address),
  reaches: ({ address }) => address,
  async deliver(context, { address }, message) {
    const said = told(message);
    const lines = detailsOf(said);
    const card = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: [
        { type: 'TextBlock', text: marked(said.text), weight: 'Bolder', size: 'Medium', wrap: true },
        ...digestBlocks(said),
        ...lines.map((line) => ({ type: 'TextBlock', text: marked(line), wrap: true, spacing: 'Small' })),
      ],
      ...(said.url === undefined
        ? {}
        : { actions: [{ type: 'Action.OpenUrl', title: 'Open in Tiltmeter', url: said.url }] }),
    };
    const attachment = {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: card,
    };
    await post(context, address, JSON.stringify({ type: 'message', attachments: [attachment] }));
  },
};

/** Of the 28 KB that a message may have. */
const DIGEST_LENGTH = 12_000;

function digestBlocks({ digest }: Told): object[] {
  if (digest === undefined) return [];
  const { sections, left } = fitting(digest.sections, DIGEST_LENGTH, 70);
  const line = (text: string) => ({ type: 'TextBlock', text: marked(text), wrap: true, spacing: 'Small' });
  return [
    { ...line(digestRange(digest)), isSubtle: true },
    ...sections.flatMap(({ title, lines }) => [
      { type: 'TextBlock', text: marked(title), weight: 'Bolder', wrap: true, separator: true },
      ...lines.map(({ text }) => line(text)),
    ]),
    ...(left > 0 ? [line(`… and ${left} lines more in Tiltmeter`)] : []),
  ];
}

/** A text block reads Markdown: names of models and columns stay what they are. */
function marked(text: string): string {
  return text.replace(/[\\[\]()*_`#]/g, (sign) => `\\${sign}`);
}
