import { expect, test } from 'vitest';
import { csvRecord } from '../server/events/predictions/csv.ts';
import { modelTableName } from '../server/store/lake/model-table.ts';
import { modelViewName } from '../server/store/lake/model-view.ts';
import type { TestApp } from './app.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const DAYS = 12;
/** From this day on every feature is another than before. */
const FAULT = 8;
/** Predictions a day: as few as a fault is found with. */
const A_DAY = 40;

export interface NamesWorld {
  readonly tilt: TestApp;
  now: number;
}

/** Later than all that is sent here. */
export const AFTER = START + DAYS * DAY + 3_600_000;

/** Numbers and texts in turn; `odd`: the other way round. */
const isNumeric = (k: number, odd: boolean) => (k % 2 === 0) !== odd;

function rows(model: string, names: readonly string[], odd: boolean) {
  return Array.from({ length: DAYS * A_DAY }, (_, i) => {
    const late = i >= FAULT * A_DAY;
    const features: Record<string, number | string> = {};
    for (const [k, name] of names.entries()) {
      const value = ((i * 7919 + k * 104_729) % 101) % 10;
      const [number, text] = late
        ? [value * 5 + 60, `z${value % 3}`]
        : [value + (i % 10) / 10, `a${value % 4}`];
      Object.defineProperty(features, name, { value: isNumeric(k, odd) ? number : text, enumerable: true });
    }
    const yes = Number(features[names[odd ? 1 : 0]!]) > 5;
    return { model, id: `p${i}`, time: START + (i * DAY) / A_DAY, features, prediction: yes ? 'yes' : 'no' };
  });
}

export interface Named {
  readonly model: string;
  readonly names: readonly string[];
  /** The first is a text, not a number. */
  readonly odd?: boolean;
}

/** Tests that features of these names go the whole road: sent, profiled, judged, searched, read, compared with a reference, learned from. */
export function testRoad(world: () => NamesWorld, { model, names, odd = false }: Named): void {
  const read = async (path: string) => {
    const { status, body } = await world().tilt.json('GET', path);
    expect(status, path).toBe(200);
    return body;
  };
  const work = async (...jobs: string[]) => {
    for (const job of jobs) {
      world().now += 60_000;
      await world().tilt.app.runJob(job);
    }
  };
  const of = `/api/v1/models/${model}`;
  const sent = rows(model, names, odd);

  test('every name goes in, and a fault of each column is found', async () => {
    await world().tilt.json('POST', '/api/v1/models', { id: model, bucket_ms: DAY, window_ms: DAY });
    for (let i = 0; i < sent.length; i += 600) {
      const { body } = await world().tilt.json('POST', '/api/v1/predictions', sent.slice(i, i + 600));
      expect(body).toMatchObject({ stored: Math.min(600, sent.length - i), rejected: [] });
    }
    await work('models');
    const reference = { kind: 'fixed', name: 'before', from: START, to: START + FAULT * DAY };
    expect((await world().tilt.json('POST', `${of}/references`, reference)).status).toBe(201);
    await work('models', 'models', 'incidents');
    const firing = new Set<string>();
    for (let cursor = ''; ; ) {
      const page = await read(`/api/v1/alerts?model=${model}&state=firing&kind=drift&limit=500${cursor}`);
      for (const { column } of page.items) firing.add(column);
      if (page.next_cursor === null) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(names.filter((name) => !firing.has(name))).toEqual([]);
    expect((await read('/api/v1/incidents')).items).toContainEqual(expect.objectContaining({ model }));
  });

  test('it is searched, sorted, read and exported by each name', async () => {
    const last = sent.at(-1)!;
    const record = await read(`${of}/predictions/${last.id}`);
    expect(record.features).toEqual(last.features);
    const asked = Object.entries(last.features);
    for (let k = 0; k < asked.length; k += 24) {
      const some = asked.slice(k, k + 24);
      const query = new URLSearchParams(
        some.map(([name, value]): [string, string] => ['where', `${name}:eq:${value}`]),
      );
      const page = await read(
        `${of}/predictions?${query}&sort=${encodeURIComponent(`${some[0]![0]}:desc`)}&total=true`,
      );
      const fitting = sent.filter(({ features }) => some.every(([name, value]) => features[name] === value));
      expect(page.total, some.join(' ')).toEqual({ n: fitting.length, more: false });
      expect(page.items.map(({ id }: { id: string }) => id)).toContain(last.id);
    }
    const csv = await world().tilt.json<string>('GET', `${of}/export/predictions?format=csv&limit=1`);
    expect(csv.body.split('\r\n')[0]).toContain(csvRecord(Object.keys(last.features)).trimEnd());
    const { body: line } = await world().tilt.json<string>(
      'GET',
      `${of}/export/predictions?format=ndjson&limit=1`,
    );
    expect(JSON.parse(line).features).toEqual(last.features);
  });

  test('each column has its distribution, its summary and its importance', async () => {
    // What it reads has the names as values. No address holds a column called `.`.
    for (const name of names.filter((each) => each !== '.').slice(0, 8)) {
      const range = `from=${START}&to=${START + DAYS * DAY}`;
      const { moments } = await read(`${of}/columns/${encodeURIComponent(name)}/distribution?${range}`);
      expect(moments.current.n, name).toBe(sent.length);
    }
    await work('importance');
    const { columns } = await read(of);
    const shares = columns.flatMap(({ name, importance }: { name: string; importance: number | null }) =>
      importance === null ? [] : [name],
    );
    expect(new Set(shares)).toEqual(new Set(names.slice(0, 200)));
    // What is said of one says nothing of others, whatever they are called.
    await world().tilt.json('PATCH', of, { importance: { [names[0]!]: 1 } });
    for (const { name, importance } of (await read(of)).columns)
      expect([name, importance === null || typeof importance === 'number']).toEqual([name, true]);
    // What people say counts for each of them, too.
    const importance = Object.fromEntries(names.map((name) => [name, 1]));
    expect((await world().tilt.json('PATCH', of, { importance })).status).toBe(200);
    const said = (await read(of)).columns.filter((column: { name: string }) => names.includes(column.name));
    expect(said.map((column: { importance: number }) => column.importance > 0)).toEqual(
      names.map(() => true),
    );
  });

  test('a file is a reference for each of them, and people read them under their own names', async () => {
    const file = sent.slice(0, 200).map(({ features }) => features);
    const { status, body } = await world().tilt.json(
      'POST',
      `${of}/references/file?name=file&default=false`,
      file,
    );
    expect(status, JSON.stringify(body).slice(0, 500)).toBe(201);
    expect(body.columns).toMatchObject({ ignored: [], lacking: [] });
    await work('views');
    const view = modelViewName(modelTableName(model));
    const [row] = await world().tilt.app.ctx.lake.query<Record<string, unknown>>(
      `SELECT * FROM tiltmeter.${view} WHERE _id = 'p7'`,
    );
    const seen = names.filter((name) => row![name] === sent[7]!.features[name]);
    expect(seen).toEqual(names);
  });
}
