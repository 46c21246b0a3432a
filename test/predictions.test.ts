import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
let tilt: TestApp;
let now = START + 24 * HOUR;

/** Twelve loans, an hour apart; all but the last three have a label, every third one was wrong. */
const LOANS = Array.from({ length: 12 }, (_, i) => ({
  model: 'loans',
  version: i < 6 ? '1' : '2',
  id: `loan-${String(i).padStart(2, '0')}`,
  time: START + i * HOUR,
  features: { amount: i % 4 === 3 ? null : i * 10, country: i % 2 ? 'FR' : '=cmd|x' },
  prediction: i % 2 ? 'approve' : 'deny',
  score: (i * 7) % 12 === 0 ? null : ((i * 7) % 12) / 12,
  tags: i < 8 ? { sex: i % 2 ? 'female' : 'male', 'a b': `${i}` } : {},
}));
const right = (i: number) => i % 3 !== 0;
const other = (prediction: string) => (prediction === 'approve' ? 'deny' : 'approve');

beforeAll(async () => {
  tilt = await startTestApp({ clock: () => now });
  await tilt.json('POST', '/api/v1/models', { id: 'loans', task: 'binary', positive_label: 'approve' });
  await tilt.json('POST', '/api/v1/models', { id: 'prices', task: 'regression' });
  await tilt.json('POST', '/api/v1/predictions', LOANS);
  await tilt.json(
    'POST',
    '/api/v1/labels',
    LOANS.slice(0, 9).map(({ model, id, prediction }, i) => ({
      model,
      id,
      label: right(i) ? prediction : other(prediction),
    })),
  );
  const prices = [10, 20, 30].map((prediction, i) => ({
    model: 'prices',
    id: `p${i}`,
    time: START + i,
    prediction,
  }));
  await tilt.json('POST', '/api/v1/predictions', prices);
  await tilt.json('POST', '/api/v1/labels', [
    { model: 'prices', id: 'p0', label: 11 },
    { model: 'prices', id: 'p1', label: 40 },
  ]);
  now += 20_000;
  await tilt.app.runJob('models');
});
afterAll(() => tilt.stop());

async function ids(query: string, model = 'loans'): Promise<string[]> {
  const { status, body } = await tilt.json('GET', `/api/v1/models/${model}/predictions?${query}`);
  expect(body).toMatchObject({ items: expect.anything() });
  expect(status).toBe(200);
  return body.items.map(({ id }: { id: string }) => id);
}
const where = (...conditions: string[]) =>
  conditions.map((one) => `where=${encodeURIComponent(one)}`).join('&');
const loans = (...numbers: number[]) => numbers.map((i) => LOANS[i]!.id);

describe('a search asks about labels', () => {
  test.each([
    ['_correct:eq:false', [6, 3, 0]],
    ['_correct:eq:true', [8, 7, 5, 4, 2, 1]],
    ['_label:eq:approve', [7, 6, 5, 1, 0]],
    ['_label:ne:approve', [8, 4, 3, 2]],
    ['_label:contains:APP', [7, 6, 5, 1, 0]],
    ['_label:missing', [11, 10, 9]],
  ])('%s', async (condition, found) => {
    const expected = LOANS.map((_, i) => i).filter((i) => found.includes(i));
    expect(await ids(where(condition))).toEqual(loans(...expected.reverse()));
  });

  test.each([
    ['_absolute_error:gt:5', ['p1']],
    ['_label:lt:20', ['p0']],
    ['_label:missing', ['p2']],
  ])('of numbers: %s', async (condition, found) =>
    expect(await ids(where(condition), 'prices')).toEqual(found),
  );

  test('together with a range, a tag and a column', async () => {
    const range = `from=${START + HOUR}&to=${START + 7 * HOUR}`;
    expect(await ids(`${range}&${where('_correct:eq:false', '_tags.sex:eq:male')}`)).toEqual(loans(6));
    expect(await ids(`${range}&${where('_correct:eq:false', 'country:eq:FR')}`)).toEqual(loans(3));
  });

  test('a label that comes again replaces the earlier one', async () => {
    await tilt.json('POST', '/api/v1/predictions', [{ ...LOANS[0], id: 'again', time: START + 20 * HOUR }]);
    await tilt.json('POST', '/api/v1/labels', { model: 'loans', id: 'again', label: 'approve' });
    now += 20_000;
    await tilt.app.runJob('models');
    const range = `from=${START + 20 * HOUR}`;
    expect(await ids(`${range}&${where('_correct:eq:false')}`)).toEqual(['again']);
    now += 1000;
    await tilt.json('POST', '/api/v1/labels', { model: 'loans', id: 'again', label: 'deny' });
    now += 20_000;
    await tilt.app.runJob('models');
    expect(await ids(`${range}&${where('_correct:eq:false')}`)).toEqual([]);
    expect(await ids(`${range}&${where('_correct:eq:true')}`)).toEqual(['again']);
  });

  test.each([
    ['loans', '_absolute_error:gt:1', '_correct'],
    ['prices', '_correct:eq:true', '_absolute_error'],
    ['loans', '_correct:gt:true', '_correct:eq:true'],
    ['loans', '_label:invalid', 'never invalid'],
    ['loans', '_nothing:eq:1', 'there is no column _nothing'],
  ])('of %s %s is refused with what to do', async (model, condition, says) => {
    const { status, body } = await tilt.json(
      'GET',
      `/api/v1/models/${model}/predictions?${where(condition)}`,
    );
    expect(status).toBe(400);
    expect(body.error.message).toContain(says);
  });
});

const BEFORE = `to=${START + 12 * HOUR}`;

test.each([
  ['_tags.sex:eq:female', [7, 5, 3, 1]],
  ['_tags.sex:ne:female', [11, 10, 9, 8, 6, 4, 2, 0]],
  ['_tags.sex:missing', [11, 10, 9, 8]],
  ['_tags.a b:eq:5', [5]],
  ["_tags.x' OR 1=1 --:eq:", []],
])('tags: %s', async (condition, found) =>
  expect(await ids(`${BEFORE}&${where(condition)}`)).toEqual(loans(...found)),
);

describe('sorted lists', () => {
  const byScore = LOANS.map((_, i) => i).sort(
    (a, b) => (LOANS[b]!.score ?? -1) - (LOANS[a]!.score ?? -1) || b - a,
  );
  const amounts = [2, 1, 0, 6, 5, 4, 10, 9, 8].sort((a, b) => a - b);
  test.each([
    ['_score:desc', byScore],
    ['amount:asc', [...amounts, 11, 7, 3]],
    ['country:asc', [10, 8, 6, 4, 2, 0, 11, 9, 7, 5, 3, 1]],
    ['_version:desc', [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['_time:asc', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]],
  ])('%s, the same page by page', async (sort, order) => {
    const query = `${BEFORE}&sort=${sort}`;
    expect(await ids(query)).toEqual(loans(...order));
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: { body: { items: { id: string }[]; next_cursor: string | null } } = await tilt.json(
        'GET',
        `/api/v1/models/loans/predictions?${query}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      paged.push(...body.items.map(({ id }) => id));
      cursor = body.next_cursor;
    }
    expect(paged).toEqual(loans(...order));
  });

  test.each(['score', '_score:up', 'nothing:asc', '_tags.sex:asc'])('sort=%s is refused', async (sort) => {
    expect((await tilt.json('GET', `/api/v1/models/loans/predictions?sort=${sort}`)).status).toBe(400);
  });

  test('a cursor of another order is refused', async () => {
    const { body } = await tilt.json('GET', '/api/v1/models/loans/predictions?sort=country:asc&limit=2');
    const path = `/api/v1/models/loans/predictions?sort=_score:asc&cursor=${body.next_cursor}`;
    expect((await tilt.json('GET', path)).status).toBe(400);
  });
});

test('a search by labels goes through years of predictions: newest first, page by page, sorted and counted', async () => {
  const years = Array.from({ length: 9 }, (_, i) => ({
    model: 'years',
    id: `y${i}`,
    time: Date.UTC(2024, 2 * i, 1),
    prediction: 'yes',
    score: ((i * 7) % 9) / 9,
  }));
  await tilt.json('POST', '/api/v1/models', { id: 'years', task: 'binary' });
  await tilt.json('POST', '/api/v1/predictions', years);
  const labels = years.map(({ id }, i) => ({ model: 'years', id, label: i % 3 === 0 ? 'no' : 'yes' }));
  await tilt.json('POST', '/api/v1/labels', labels);
  now += 20_000;
  await tilt.app.runJob('models');
  const wrong = years.filter((_, i) => i % 3 === 0);
  const paged = async (query: string) => {
    const path = `/api/v1/models/years/predictions?${where('_correct:eq:false')}&${query}&limit=2`;
    const first = (await tilt.json('GET', `${path}&total=true`)).body;
    expect(first.total).toEqual({ n: wrong.length, more: false });
    const second = (await tilt.json('GET', `${path}&cursor=${first.next_cursor}`)).body;
    expect(second.next_cursor).toBe(null);
    return [...first.items, ...second.items].map(({ id }: { id: string }) => id);
  };
  const ids = wrong.map(({ id }) => id);
  expect(await paged('')).toEqual(ids.toReversed());
  expect(await paged('sort=_time:asc')).toEqual(ids);
  const byScore = wrong.toSorted((a, b) => b.score - a.score).map(({ id }) => id);
  expect(await paged('sort=_score:desc')).toEqual(byScore);
  expect(await paged('sort=_score:asc')).toEqual(byScore.toReversed());
});

test('the total counts what fits on all pages, and only when asked for', async () => {
  const path = `/api/v1/models/loans/predictions?${BEFORE}&limit=1&${where('country:eq:FR')}`;
  expect((await tilt.json('GET', `${path}&total=true`)).body.total).toEqual({ n: 6, more: false });
  expect((await tilt.json('GET', path)).body.total).toBeUndefined();
});

describe('export', () => {
  const path = `/api/v1/models/loans/export/predictions?${BEFORE}`;

  test('CSV: what is filtered, with labels and tags, and no formula that a spreadsheet would run', async () => {
    const { status, headers, body } = await tilt.json<string>('GET', `${path}&${where('_correct:eq:false')}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(headers.get('content-disposition')).toBe('attachment; filename="loans-predictions.csv"');
    const lines = body.split('\r\n');
    expect(lines[0]).toBe(
      '_id,_time,_version,_prediction,_score,_label,_label_time,_error,_latency_ms,_variant,_trace_id,_request_id,_tags,amount,country',
    );
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual([...loans(6, 3, 0), '']);
    expect(lines[1]).toContain(`,"{""sex"":""male"",""a b"":""6""}",60,'=cmd|x`);
  });

  test('NDJSON: the records of the API, as many as asked for', async () => {
    const reply = await fetch(`${tilt.address}${path}&format=ndjson&limit=5`, {
      headers: { authorization: `Bearer ${tilt.adminKey}` },
    });
    expect(reply.headers.get('content-type')).toContain('application/x-ndjson');
    const records = (await reply.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ id }) => id)).toEqual(loans(11, 10, 9, 8, 7));
    const one = await tilt.json('GET', `/api/v1/models/loans/predictions/${LOANS[7]!.id}`);
    const { labels: _, ...record } = one.body;
    expect(records.at(-1)).toEqual(record);
  });

  test('more than a page is read page by page, each row once', async () => {
    const many = Array.from({ length: 2500 }, (_, i) => ({ model: 'many', id: `m${i}`, features: { i } }));
    await tilt.json('POST', '/api/v1/predictions', many);
    const { body } = await tilt.json<string>('GET', '/api/v1/models/many/export/predictions');
    const rows = body.trim().split('\r\n').slice(1);
    expect(rows).toHaveLength(2500);
    expect(new Set(rows.map((row) => row.split(',')[0])).size).toBe(2500);
  });

  test('needs the scope to read, a model and a filter that is understood, before the first byte', async () => {
    const { body: key } = await tilt.json('POST', '/api/v1/keys', { name: 'sender', scopes: ['ingest'] });
    expect((await tilt.json('GET', path, undefined, key.secret)).status).toBe(403);
    expect((await tilt.json('GET', path, undefined, null)).status).toBe(401);
    expect((await tilt.json('GET', '/api/v1/models/none/export/predictions')).status).toBe(404);
    expect((await tilt.json('GET', `${path}&where=nonsense`)).body.error.code).toBe('invalid_request');
  });
});

describe('search', () => {
  const found = async (q: string, more = '') =>
    (await tilt.json('GET', `/api/v1/search?q=${encodeURIComponent(q)}${more}`)).body;

  test('a prediction by exactly its id, in every model that has it', async () => {
    await tilt.json('POST', '/api/v1/predictions', { model: 'prices', id: 'loan-03', prediction: 1 });
    const { items, complete } = await found('loan-03', '&first=prices');
    expect(items).toEqual([
      { kind: 'prediction', model: 'prices', name: 'loan-03' },
      { kind: 'prediction', model: 'loans', name: 'loan-03' },
    ]);
    expect(complete).toBe(true);
    expect((await found('loan-0')).items).toEqual([]);
  });

  test('models and columns by parts of their names, and nothing that is a pattern', async () => {
    expect((await found('loans')).items[0]).toEqual({ kind: 'model', model: 'loans', name: 'loans' });
    expect((await found('amou loan')).items).toEqual([{ kind: 'column', model: 'loans', name: 'amount' }]);
    for (const q of ['%', '_', '\\', "'", ' ']) expect((await found(q)).items).toEqual([]);
  });

  test('needs the scope to read', async () => {
    expect((await tilt.json('GET', '/api/v1/search?q=a', undefined, null)).status).toBe(401);
  });
});
