import { ERRORS, type ErrorCode } from '../../../contract/errors.ts';
import type { ScrapeState, ScrapeTarget } from '../../../contract/scrape.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { Ctx } from '../../context.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import type { ScrapeTargetRow } from '../../store/ledger/schema.ts';
import type { Outcome } from './scrape-target.ts';
import type { Target } from './target.ts';

/** Rows that one statement writes. */
const CHUNK = 500;
const MESSAGE_LENGTH = 1000;

/** A target, and how its last scrape went; undefined where none has ended yet. */
export interface TargetState {
  readonly target: Target;
  readonly outcome: Outcome | undefined;
}

/** Writes how targets do; with `members` those that are not among them are targets no more. Errors: lease_lost. */
export async function writeTargets(
  { ledger, clock }: Pick<Ctx, 'ledger' | 'clock'>,
  fence: Fence,
  states: readonly TargetState[],
  members: readonly string[] | undefined,
): Promise<void> {
  const rows = states.map((state) => rowOf(state, clock()));
  const fresh = rows.filter(({ state }) => state === 'new');
  const scraped = rows.filter(({ state }) => state !== 'new');
  await ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    // What another server knew of them stays until they are scraped again.
    for (const some of chunks(fresh))
      await trx
        .insertInto('scrape_targets')
        .values(some)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    for (const some of chunks(scraped))
      await trx
        .insertInto('scrape_targets')
        .values(some)
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((eb) => ({
            // A state lasts for as long as it stays the same.
            since: eb
              .case()
              .when('scrape_targets.state', '=', eb.ref('excluded.state'))
              .then(eb.ref('scrape_targets.since'))
              .else(eb.ref('excluded.since'))
              .end(),
            ...Object.fromEntries(CHANGING.map((column) => [column, eb.ref(`excluded.${column}`)])),
          })),
        )
        .execute();
    if (members === undefined) return;
    let gone = trx.deleteFrom('scrape_targets');
    if (members.length > 0) gone = gone.where('id', 'not in', members);
    await gone.execute();
  });
}

const CHANGING = [
  ...(['interval_ms', 'state', 'last_at', 'duration_ms', 'samples', 'refused', 'code', 'message'] as const),
];

function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let i = 0; i < rows.length; i += CHUNK) yield rows.slice(i, i + CHUNK);
}

/** All targets, by their jobs. */
export async function readTargets({ ledger }: Pick<Ctx, 'ledger'>): Promise<ScrapeTarget[]> {
  const rows = await ledger.selectFrom('scrape_targets').selectAll().orderBy('job').orderBy('url').execute();
  return rows.map(targetOf);
}

function rowOf({ target, outcome }: TargetState, now: number): ScrapeTargetRow {
  const { id, job, url, labels } = target;
  return {
    id,
    job: job.job_name,
    // A query may hold a secret.
    url: url.replace(/\?.*$/, ''),
    labels: JSON.stringify(Object.fromEntries(labels)),
    interval_ms: job.intervalMs,
    state: outcome?.state ?? 'new',
    since: outcome?.at ?? now,
    last_at: outcome?.at ?? null,
    duration_ms: Math.round(outcome?.durationMs ?? 0),
    samples: outcome?.samples ?? 0,
    refused: outcome?.refused ?? 0,
    code: outcome?.failure?.code ?? null,
    message: outcome?.failure?.message.slice(0, MESSAGE_LENGTH) ?? null,
  };
}

function targetOf(row: ScrapeTargetRow): ScrapeTarget {
  const { id, job, url, interval_ms, duration_ms, samples, refused, code, message } = row;
  return {
    ...{ id, job, url, interval_ms, state: row.state as ScrapeState, since: rfc3339(row.since) },
    labels: JSON.parse(row.labels) as Record<string, string>,
    last: row.last_at === null ? null : { at: rfc3339(row.last_at), duration_ms, samples, refused },
    error: code === null ? null : { code, message: message ?? '', hint: hintOf(code) },
  };
}

const hintOf = (code: string): string => ERRORS[code as ErrorCode]?.hint ?? '';
