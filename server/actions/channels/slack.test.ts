import { expect, test } from 'vitest';
import { CONTEXT, digestMessage, message, receiver } from './channel.testing.ts';
import { slack } from './slack.ts';

test('one text: line, causes, runbook, link; signs that mean something in Slack mean nothing', async () => {
  const { address, received } = await receiver();
  await slack.deliver(CONTEXT, { address }, message('opened'));
  expect(received[0]!.body).toEqual({
    text: [
      '*[P1] credit-risk: Missing values in income*',
      '• income is missing in 40 % ‹b›&amp; more‹/b› of the rows.',
      '• age_[years] is distributed unlike its reference.',
      'Runbook of credit-risk: https://wiki.example.org/credit',
      '<https://tilt.example.org/incidents/i1|Open in Tiltmeter>',
    ].join('\n'),
  });
});

test('the end of the audit log is one line', async () => {
  const { address, received } = await receiver();
  const body = JSON.stringify({ version: 1, event: 'audit_head', text: 'The audit log ends with entry 8' });
  await slack.deliver(CONTEXT, { address }, { idempotencyKey: 'k', event: 'audit_head', body });
  expect(received[0]!.body).toEqual({ text: '*The audit log ends with entry 8*' });
});

test('its address is a secret', () => {
  const address = 'https://hooks.slack.com/services/T000/B000/XXXXXXXXXXXX';
  expect(slack.address({ address })).toBe('https://hooks.slack.com/…XXXX');
});

test('a digest: title and range, a section each with a link, and no markup of those who chose names', async () => {
  const { address, received } = await receiver();
  await slack.deliver(CONTEXT, { address }, digestMessage());
  expect(received[0]!.body.text.split('\n')).toEqual([
    '*Daily digest, late: 1 of 41 models to look at: 1 incident opened*',
    'Thu 19 Nov 08:00 to Fri 20 Nov 08:00, UTC; due Fri 20 Nov 08:00, sent late, as known Fri 20 Nov 10:00',
    '',
    '*<https://tilt.example.org/models/m1|credit_risk (‹@\u200ball› &amp; *co*)>*',
    '• [P1] Missing values in income (opened)',
    '',
    '*Silent*',
    '• Job nightly-0 failed',
    '<https://tilt.example.org/settings/channels|Open in Tiltmeter>',
  ]);
  await slack.deliver(CONTEXT, { address }, digestMessage(2_000));
  const long = received[1]!.body.text;
  expect(long.length).toBeLessThan(9_000);
  expect(long).toMatch(/… and 1,?\d+ lines more in Tiltmeter/);
});
