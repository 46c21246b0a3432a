import { randomUUID } from 'node:crypto';
import type { App } from '../../server/app.ts';
import { type ArrowColumn, arrowBatch } from '../../server/store/lake/arrow/batch.ts';
import { columnName } from '../../server/store/lake/column-name.ts';
import { random } from '../../stats/random.ts';
import { call, KEY } from './served.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Makes a model with so many columns through the API; every fifth one is a category. */
export async function makeModel(app: App, id: string, columns: number): Promise<void> {
  const types = Object.fromEntries(names(columns).map(({ name, type }) => [name, { type }]));
  const reply = await fetch(`${app.address}/api/v1/models`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id, task: 'binary', columns: types }),
  });
  if (!reply.ok) throw new Error(`${id}: ${reply.status} ${await reply.text()}`);
}

export function names(columns: number) {
  return Array.from({ length: columns }, (_, i) =>
    i % 5 === 4 ? { name: `c${i}`, type: 'categorical' } : { name: `f${i}`, type: 'numeric' },
  );
}

/** Rows into a model's table through the lake's own way in, evenly over [from, to), all received now. */
export async function fillRows(
  app: App,
  {
    table,
    columns,
    rows,
    from,
    to,
  }: { table: string; columns: number; rows: number; from: number; to: number },
): Promise<void> {
  const chunk = 50_000;
  const next = random(1);
  for (let done = 0; done < rows; done += chunk) {
    const n = Math.min(chunk, rows - done);
    const of = (value: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => value(done + i));
    const run = randomUUID();
    const batch: ArrowColumn[] = [
      {
        name: '_id',
        kind: 'text',
        distinct: true,
        values: Array.from({ length: n }, (_, i) => `${run}-${i}`),
      },
      { name: '_time', kind: 'timestamp', values: of((i) => Math.floor(from + ((to - from) * i) / rows)) },
      { name: '_received_at', kind: 'timestamp', values: of(() => Date.now()) },
      { name: '_score', kind: 'float64', values: of(() => next()) },
      { name: '_latency_ms', kind: 'float64', values: of(() => 10 + next()) },
      ...names(columns).map(
        ({ name, type }, k): ArrowColumn =>
          type === 'numeric'
            ? {
                name: columnName(name),
                kind: 'float64',
                values: of(() => (next() + next() - 1) * 10 ** (k % 4)),
              }
            : {
                name: columnName(name),
                kind: 'text',
                values: Array.from({ length: n }, () => `v${Math.floor(next() * 20)}`),
              },
      ),
    ];
    await app.ctx.lake.insert(arrowBatch(`tiltmeter.${table}`, batch));
  }
}

/** One request's body of predictions of a model. `time(i)` in epoch milliseconds. */
export function lines(
  model: string,
  columns: number,
  count: number,
  id: (i: number) => string,
  time: (i: number) => number,
) {
  const next = random(count);
  return Array.from({ length: count }, (_, i) => {
    const features = Object.fromEntries(
      names(columns).map(({ name, type }) => [
        name,
        type === 'numeric' ? next() : `v${Math.floor(next() * 9)}`,
      ]),
    );
    return JSON.stringify({
      model,
      id: id(i),
      time: time(i),
      features,
      prediction: next() < 0.5 ? 'yes' : 'no',
      score: next(),
    });
  }).join('\n');
}

export const send = (address: string, kind: 'predictions' | 'labels', body: string) =>
  call<{ stored: number; rejected_total: number }>(address, 'POST', `/api/v1/${kind}`, body);
