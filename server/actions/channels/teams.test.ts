import { expect, test } from 'vitest';
import { CONTEXT, digestMessage, message, receiver } from './channel.testing.ts';
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

test('a digest is an Adaptive Card of text blocks within 28 KB, however much it says', async () => {
  const { address, received } = await receiver(202);
  await teams.deliver(CONTEXT, { address }, digestMessage());
  const { body, actions } = received[0]!.body.attachments[0].content;
  expect(body.map(({ type }: { type: string }) => type)).toEqual(Array(6).fill('TextBlock'));
  expect(body[2]).toMatchObject({ text: 'credit\\_risk \\(‹@\u200ball› & \\*co\\*\\)', separator: true });
  expect(actions).toMatchObject([{ url: 'https://tilt.example.org/settings/channels' }]);
  await teams.deliver(CONTEXT, { address }, digestMessage(2_000));
  expect(JSON.stringify(received[1]!.body).length).toBeLessThan(28_000);
});
