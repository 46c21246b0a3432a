import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { UNTOUCHED } from '../../incidents/life/untouched.ts';
import { interval, length } from './figures.ts';
import { html } from './html.ts';
import { markdown } from './markdown.ts';

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp();
  await tilt.json('POST', '/api/v1/models', {
    id: 'loans',
    task: 'binary',
    owner: 'risk@example.org',
    description: 'Says <b>no</b> | to *some*',
  });
});
afterAll(() => tilt.stop());

const card = async (query = '', key = tilt.adminKey) => {
  const headers = { authorization: `Bearer ${key}` };
  const reply = await fetch(`${tilt.address}/api/v1/models/loans/card${query}`, { headers });
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
};

test('a card says what is known, and names what nobody said', async () => {
  const { status, headers, text } = await card();
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  expect(headers.get('content-disposition')).toBe('attachment; filename="loans-card.md"');
  expect(text).toContain('# Model card: loans');
  expect(text).toContain('| owner | risk@example.org |');
  expect(text).toContain('Says \\<b\\>no\\</b\\> \\| to \\*some\\*');
  expect(text).toContain('| what answers are worth | nobody said |');
  expect(text).toContain('There is no reference: nothing says what is normal.');
  for (const section of [
    'Data',
    'Quality',
    'Groups',
    'Drift of the inputs',
    'Incidents',
    'Versions and changes',
  ])
    expect(text).toContain(`\n## ${section}\n`);
});

test('as a page it runs nothing and takes words of people as text', async () => {
  const { headers, text } = await card('?format=html');
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(text).toContain('Says &lt;b&gt;no&lt;/b&gt; | to *some*');
  expect(text).not.toContain('<script');
});

test('a wrong range or format is refused with a sentence', async () => {
  expect((await card('?format=pdf')).status).toBe(400);
  expect((await card('?from=2026-02-01&to=2026-01-01')).status).toBe(400);
});

test('documents are the same in both forms', () => {
  const document = [
    { heading: 'A', level: 1 as const },
    { list: ['x', 'y_z'] },
    { head: ['k', 'v'], rows: [['a|b', '1']] },
  ];
  expect(markdown(document)).toBe('# A\n\n- x\n- y\\_z\n\n| k | v |\n| --- | --- |\n| a\\|b | 1 |\n');
  expect(html(document, 'A')).toContain('<td>a|b</td><td>1</td>');
});

test('figures have their unit, interval and n, or a reason', () => {
  const measured = { value: 0.912, low: 0.9, high: 0.92, n: 500, status: 'ok' };
  expect(interval(measured)).toBe('0.912 (0.9 to 0.92, n 500)');
  expect(interval(measured, 'share')).toBe('91.2 % (90 % to 92 %, n 500)');
  expect(interval({ ...measured, value: null, status: 'no_labels' })).toBe('none: no labels');
  expect(length(93_600_000)).toBe('1 d 2 h');
});

test('an incident that other models are part of is told without words to a key that may not read these', async () => {
  const key = { name: 'of loans', scopes: ['read'], models: ['loans'] };
  const { body } = await tilt.json('POST', '/api/v1/keys', key);
  await tilt.json('POST', '/api/v1/models', { id: 'hidden' });
  const now = Date.now();
  const times = { started_at: now, last_at: now, opened_at: now, waiting_since: now, updated_at: now };
  const sentence = 'zqcolumn is missing';
  const cause = { kind: 'missing_values', column: 'zqcolumn', confidence: 0.9, sentence, evidence: [] };
  const row = (id: string, model: string) => ({
    ...{
      id,
      model,
      grouped_by: id,
      status: 'open' as const,
      priority: 'P2' as const,
      episode: 1,
      withdrawn: 0 as const,
    },
    ...{
      title: `zqtitle of ${model}`,
      causes: JSON.stringify([cause]),
      diagnosed: 2 as const,
      losses: '[]',
      priced_at: 0,
      priced_as: '',
      ...times,
    },
    ...{ resolved_by: null, going_to: null, ended: null, ...UNTOUCHED, resolved_at: null },
  });
  const { ledger } = tilt.app.ctx;
  await ledger
    .insertInto('incidents')
    .values([row('i1', 'hidden'), row('i2', 'loans')])
    .execute();
  const member = {
    incident: 'i1',
    alert: 'none',
    model: 'loans',
    firing: 0 as const,
    since: now,
    peak: '{}',
  };
  await ledger
    .insertInto('incident_alerts')
    .values({ ...member, ended: null, tie: '', episodes: '[]' })
    .execute();
  const whole = await card();
  expect(whole.text).toContain('zqtitle of hidden');
  const told = await card('', body.secret);
  expect(told.text).toContain('zqtitle of loans');
  expect(told.text).toContain('together with models that this key may not read');
  expect(told.text).not.toContain('zqtitle of hidden');
  expect(told.text.match(/zqcolumn/g)).toHaveLength(1);
});
