import { z } from 'zod';
import { post, shortened } from '../wire/post.ts';
import { causesOf, runbooksOf, told } from '../wire/told.ts';
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
  tellsHead: true,
  address: ({ address }) => shortened(address),
  reaches: ({ address }) => address,
  async deliver(context, { address }, message) {
    const said = told(message);
    const lines = [...causesOf(said), ...runbooksOf(said)];
    const card = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: [
        { type: 'TextBlock', text: marked(said.text), weight: 'Bolder', size: 'Medium', wrap: true },
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

/** A text block reads Markdown: names of models and columns stay what they are. */
function marked(text: string): string {
  return text.replace(/[\\[\]()*_`#]/g, (sign) => `\\${sign}`);
}
