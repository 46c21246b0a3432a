/** Reads one uploaded table, which lies in its working folder, and ends; see reading.ts. It never outlives its parent. */
import { TiltmeterError } from '../../contract/errors.ts';
import { batchesOf, eventsOf } from '../../mapping/batches.ts';
import { mappingOf } from '../../mapping/mapping.ts';
import { planImport, type Sending } from '../../mapping/plan.ts';
import { repeatableKey } from '../../mapping/summary.ts';
import { lookThrough } from '../../tables/look-through.ts';
import { openRows, type RowTable } from '../../tables/open-rows.ts';
import type { Answer, Ask, LookedThrough } from './questions.ts';
import { FILE } from './uploads.ts';

process.on('disconnect', () => process.exit());

let table: RowTable | undefined;
let sending: Sending | undefined;
let batches: ReturnType<typeof batchesOf> | undefined;

process.on('message', async (ask: Ask) => {
  try {
    process.send!(await answerTo(ask));
  } catch (error) {
    const known = error instanceof TiltmeterError;
    const answer: Answer = known
      ? { kind: 'refused', code: error.code, message: error.message }
      : { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : `${error}` };
    process.send!(answer);
  }
});

async function answerTo(ask: Ask): Promise<Answer> {
  if (ask.kind === 'look') return { kind: 'looked', looked: await look() };
  if (ask.kind === 'next') return next();
  const { looked, known, plan } = ask;
  const { survey, sample } = looked;
  // What is sent does not depend on when.
  sending = planImport(survey, sample, known, mappingOf(plan.columns), { ...plan, now: 0 }).sending;
  table = await openRows([FILE], { scratch: '.' });
  batches = batchesOf(table.rows(), sending);
  return { kind: 'begun' };
}

/** Columns of a table that people look at one by one; a model has a thousand. */
const MOST_COLUMNS = 5_000;

async function look(): Promise<LookedThrough> {
  const table = await openRows([FILE], { scratch: '.' });
  const { survey, sample, unread } = await lookThrough(table);
  const columns = survey.columns.size;
  if (columns > MOST_COLUMNS)
    throw new TiltmeterError(
      'unreadable_table',
      `the file has ${columns.toLocaleString('en')} columns, more than the ${MOST_COLUMNS.toLocaleString('en')} of an upload; "tiltmeter import" reads it where it lies`,
    );
  const { format, notes } = table;
  return { format, survey, sample, unread, notes };
}

async function next(): Promise<Answer> {
  const batch = await batches!.next();
  if (batch.done) return { kind: 'end', unread: table!.unread.map(({ line, reason }) => ({ line, reason })) };
  const { rows, predictions, labels, labelled } = eventsOf(batch.value, sending!);
  const sent = (events: readonly unknown[]) => ({
    lines: events.map((event) => JSON.stringify(event)).join('\n'),
    key: events.length === 0 ? '' : repeatableKey(events),
  });
  return {
    kind: 'batch',
    predictions: sent(predictions),
    labels: sent(labels),
    rows: rows.map(({ index }) => index),
    labelled: labelled.map(({ index }) => index),
  };
}
