import { expect, test } from 'vitest';
import { CONTEXT, digestMessage, message, receiver } from './channel.testing.ts';
import { discord } from './discord.ts';

test('one embed within Discord’s bounds that mentions nobody', async () => {
  const { address, received } = await receiver(204);
  await discord.deliver(CONTEXT, { address }, message('opened', { title: '@everyone '.repeat(100) }));
  const { embeds, allowed_mentions } = received[0]!.body;
  expect(allowed_mentions).toEqual({ parse: [] });
  expect(embeds).toHaveLength(1);
  expect(embeds[0].title).toHaveLength(256);
  expect(embeds[0]).toMatchObject({ url: 'https://tilt.example.org/incidents/i1', color: 0xc92a2a });
  expect(embeds[0].description).toContain('• income is missing in 40 %');
});

test('what is over is green', async () => {
  const { address, received } = await receiver(204);
  await discord.deliver(CONTEXT, { address }, message('resolved'));
  expect(received[0]!.body.embeds[0].color).toBe(0x2b8a3e);
});

test('a digest is one embed within its length, however much it says', async () => {
  const { address, received } = await receiver(204);
  for (const silent of [1, 2_000]) await discord.deliver(CONTEXT, { address }, digestMessage(silent));
  const [short, long] = received.map(({ body }) => body.embeds[0]);
  expect(short).toMatchObject({ title: 'Daily digest, late: 1 of 41 models to look at: 1 incident opened' });
  expect(short.description).toContain('\n\n**Silent**\n• Job nightly-0 failed');
  expect(long.description.length).toBeLessThan(4_096);
  expect(long.description).toMatch(/lines more in Tiltmeter$/);
});
