import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { IncidentDetail } from '../../contract/incident.ts';
import type { PredictionPage } from '../../contract/prediction.ts';
import { eventsOf } from '../../mapping/batches.ts';
import type { Features } from '../../mapping/endpoint/protocol.ts';
import { planImport } from '../../mapping/plan.ts';
import { lookThrough } from '../../tables/look-through.ts';
import { openRows } from '../../tables/open-rows.ts';
import { parseMapping } from '../import/parse-mapping.ts';

/** A row that the endpoint is asked for, with what was answered then and what turned out, where that is known. */
export interface ReplayRow {
  readonly id: string;
  readonly features: Features;
  readonly stored: string | number | null;
  readonly label: string | number | null;
}

export interface StoredRange {
  readonly model: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly version?: string | undefined;
  readonly limit: number;
}

const PAGE = 500;

/** Stored predictions of a range, the newest first, page by page. */
export async function* storedRows(client: Tiltmeter, range: StoredRange): AsyncGenerator<ReplayRow> {
  let left = range.limit;
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: String(Math.min(PAGE, left)) });
    if (range.from !== undefined) query.set('from', range.from);
    if (range.to !== undefined) query.set('to', range.to);
    if (range.version !== undefined) query.append('where', `_version:eq:${range.version}`);
    if (cursor !== null) query.set('cursor', cursor);
    const path = `/models/${encodeURIComponent(range.model)}/predictions?${query}`;
    const page: PredictionPage = await client.call<PredictionPage>('GET', path);
    for (const { id, features, prediction, label } of page.items)
      yield { id, features, stored: prediction, label: label?.value ?? null };
    left -= page.items.length;
    cursor = page.items.length === 0 ? null : page.next_cursor;
  } while (cursor !== null && left > 0);
}

/** The model and the time of an incident. */
export async function rangeOfIncident(client: Tiltmeter, id: string): Promise<Omit<StoredRange, 'limit'>> {
  const { model, started_at, last_at } = await client.call<IncidentDetail>(
    'GET',
    `/incidents/${encodeURIComponent(id)}`,
  );
  // An incident is told by its buckets: what came in the last one belongs to it.
  return { model, from: started_at, to: new Date(Date.parse(last_at) + 3_600_000).toISOString() };
}

/** Rows of a file. Which column is what is said as for `import`; the others are features. */
export async function* fileRows(
  patterns: readonly string[],
  maps: string[],
  ignored: string[],
  now: number,
): AsyncGenerator<ReplayRow> {
  const table = await openRows(patterns);
  try {
    const { survey, sample } = await lookThrough(table);
    const asked = { model: 'hold', use: 'predictions', guess: true, now } as const;
    const { sending } = planImport(
      survey,
      sample,
      { exists: null, types: new Map() },
      parseMapping(maps, ignored),
      asked,
    );
    let index = 0;
    for await (const row of table.rows()) {
      const { predictions, labels } = eventsOf([{ row, index }], sending);
      const [prediction] = predictions;
      const label = labels[0]?.label ?? null;
      yield {
        id: String(index++),
        features: prediction?.features ?? {},
        stored: plainValue(prediction?.prediction ?? null),
        label: plainValue(label),
      };
    }
  } finally {
    table.close();
  }
}

/** A value of a file, of which none is a list. */
function plainValue(value: unknown): string | number | null {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
