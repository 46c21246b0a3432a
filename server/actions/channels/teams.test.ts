import { expect, test } from 'vitest';
import { CONTEXT, message, receiver } from './channel.testing.ts';
import { teams } from './teams.ts';

test('a message with one Adaptive Card; names are no Markdown', async () => {
  const { address, received } = await receiver(202);
  await teams.deliver(CONTEXT, { address }, message('opened'));
  const { type, attachments } = received[0]!.body;
  expect(type).toBe('message');
  expect(attachments).toHaveLength(1);
  expect(attachments[0]).toMatchObject({
    contentType: 'application/vnd.microsoft.card.adaptive',
    contentUrl: null,
    content: {
      type: 'AdaptiveCard',
      version: '1.4',
      actions: [{ type: 'Action.OpenUrl', url: 'https://tilt.example.org/incidents/i1' }],
    },
  });
  const texts = attachments[0].content.body.map(({ text }: { text: string }) => text);
  expect(texts[0]).toBe('\\[P1\\] credit-risk: Missing values in income');
  expect(texts[2]).toBe('age\\_\\[years\\] is distributed unlike its reference.');
});
