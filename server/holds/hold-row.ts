import type { Hold, HoldEndpoint, HoldRun, NewHold, NoAnswer } from '../../contract/hold.ts';
import { rfc3339 } from '../../contract/time.ts';
import type { Measured } from '../../contract/version-comparison.ts';
import type { HoldRow, HoldRunRow } from '../store/ledger/schema.ts';
import type { Vault } from '../vault.ts';
import type { HoldTask } from './score.ts';

type Rows = NewHold['rows'];

const ENDPOINT = 'endpoint';
const ROWS = 'rows';
const placeOf = (model: string, part: string) => `hold ${model} ${part}`;

/** The endpoint and the rows as the ledger keeps them: both may be secret. */
export const sealedHold = (vault: Vault, model: string, { endpoint, rows }: NewHold) => ({
  endpoint: vault.seal(JSON.stringify(endpoint), placeOf(model, ENDPOINT)),
  rows: sealedRows(vault, model, rows),
});

/** Its rows alone. */
export const sealedRows = (vault: Vault, model: string, rows: Rows) =>
  vault.seal(JSON.stringify(rows), placeOf(model, ROWS));

/** Errors: invalid_option (sealed with a key that this server does not have). */
export const endpointOf = (vault: Vault, { model, endpoint }: Pick<HoldRow, 'model' | 'endpoint'>) =>
  JSON.parse(vault.open(endpoint, placeOf(model, ENDPOINT))) as HoldEndpoint;

/** Errors: invalid_option (sealed with a key that this server does not have). */
export const rowsOf = (vault: Vault, { model, rows }: Pick<HoldRow, 'model' | 'rows'>) =>
  JSON.parse(vault.open(rows, placeOf(model, ROWS))) as Rows;

/** The same sealed with the present key; undefined where it is already. */
export function resealed(vault: Vault, row: Pick<HoldRow, 'model' | 'endpoint' | 'rows'>) {
  if (vault.sealed(row.endpoint) && vault.sealed(row.rows)) return undefined;
  const again = (part: 'endpoint' | 'rows') =>
    vault.seal(vault.open(row[part], placeOf(row.model, part)), placeOf(row.model, part));
  return { endpoint: again(ENDPOINT), rows: again(ROWS) };
}

/** What the quality of a hold is called. */
export const METRIC_OF: Readonly<Record<HoldTask, Hold['metric']>> = {
  classes: { id: 'hold_accuracy', title: 'accuracy on the hold', worse: 'lower' },
  numbers: { id: 'hold_mae', title: 'mean absolute error on the hold', worse: 'higher' },
};

const SENTENCES: Readonly<Record<NoAnswer, string>> = {
  timeout: 'The endpoint gave no answer in time',
  unreachable: 'The endpoint could not be reached',
  private_address:
    'The host of the endpoint points into a private network: start the server with --allow-private-addresses where that is meant',
  http_error: 'The endpoint answered with an error',
  not_json: 'The endpoint answered with something else than JSON',
  no_answer: 'The reply of the endpoint has no answer where one is looked for',
  too_large: 'The reply of the endpoint is too long',
  interrupted: 'The run was broken off',
};

interface Unanswered {
  readonly reason: NoAnswer;
  readonly n: number;
  readonly detail: string;
}

/** A run as the API shows it. */
export function runOf(row: HoldRunRow): HoldRun {
  const unanswered = JSON.parse(row.unanswered) as Unanswered[];
  return {
    ...{ at: rfc3339(row.at), took_ms: row.took_ms, rows: row.rows, answered: row.answered },
    unanswered: unanswered.map(({ reason, n, detail }) => ({
      ...{ reason, n },
      sentence: `${SENTENCES[reason]} (${detail}).`,
    })),
    failed: row.failed && { reason: row.failed, sentence: `${SENTENCES[row.failed]}.` },
    quality: measured(row.value, row.low, row.high, row.answered, row.failed ?? 'not_enough_data'),
    lost: measured(row.lost, row.lost_low, row.lost_high, row.answered, row.failed ?? 'no_baseline'),
    latency_p95_ms: row.p95_ms,
  };
}

function measured(
  value: number | null,
  low: number | null,
  high: number | null,
  n: number,
  lacking: string,
): Measured {
  return { value, low, high, n, status: value === null ? lacking : 'ok' };
}

/** A stored hold as the API shows it: no rows, no address, no secret. */
export function holdOf(vault: Vault, row: HoldRow, runs: readonly HoldRunRow[]): Omit<Hold, 'watched'> {
  const { url, protocol, timeout_ms } = endpointOf(vault, row);
  return {
    ...{ model: row.model, host: new URL(url).host, protocol, timeout_ms },
    ...{ rows: row.n, task: row.task, metric: METRIC_OF[row.task], every_ms: row.every_ms },
    ...{ next_at: rfc3339(row.next_at), running: row.running_since !== null },
    ...{ created_at: rfc3339(row.created_at), runs: runs.map(runOf) },
  };
}
