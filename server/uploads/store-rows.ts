import { TiltmeterError } from '../../contract/errors.ts';
import type { TablePlan } from '../../contract/upload.ts';
import { noteReceipt, nothingYet } from '../../mapping/summary.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { parseBody } from '../events/doors/json.ts';
import type { Ingest } from '../events/ingest.ts';
import { knownModel, understood } from './preview.ts';
import type { Answer } from './questions.ts';
import { lookedThrough, reading } from './reading.ts';
import type { KeptUpload, Uploads } from './uploads.ts';

/** Unreadable lines that are told. */
const TOLD = 5;

/**
 * Begins to store the rows of an upload through the same way in as everything else, and returns; the upload says how far it
 * is. The same rows stored again are known by their ids. Errors: not_allowed, conflict, invalid_mapping, unknown_model.
 */
export async function storeRows(
  ctx: Ctx,
  uploads: Uploads,
  ingest: Ingest,
  upload: KeptUpload,
  plan: TablePlan,
): Promise<void> {
  authorise(ctx.actor, 'write');
  if (plan.use === 'reference')
    throw new TiltmeterError('invalid_request', 'a reference is stored with POST …/reference');
  if (upload.state === 'storing') throw new TiltmeterError('conflict', 'its rows are being stored already');
  // Whoever asks twice at once must not store twice.
  upload.state = 'storing';
  upload.summary = nothingYet();
  upload.error = null;
  try {
    const looked = await lookedThrough(uploads, upload);
    const known = await knownModel(ctx, plan.model);
    if (known.exists === false && !ctx.settings.autoCreateModels)
      throw new TiltmeterError('unknown_model', `there is no model ${plan.model}`);
    understood(looked, known, plan, ctx.clock());
    await ctx.ledger
      .transaction()
      .execute((trx) =>
        audit(ctx, trx, 'table.import', plan.model, { file: upload.name, rows: upload.rows, use: plan.use }),
      );
    const work = reading(uploads, upload, 'store', async (ask) => {
      await ask({ kind: 'begin', looked, known, plan });
      for (;;) {
        const answer = await ask({ kind: 'next' });
        if (answer.kind === 'end') {
          await uploads.stored(upload);
          return end(upload, answer);
        }
        if (answer.kind !== 'batch') throw new Error(`not what was asked for: ${answer.kind}`);
        await storeBatch(ctx, ingest, upload, answer);
      }
    });
    uploads.track(work.catch((error: unknown) => failed(ctx, upload, error)));
  } catch (error) {
    upload.state = 'kept';
    upload.summary = null;
    throw error;
  }
}

async function storeBatch(
  ctx: Ctx,
  ingest: Ingest,
  upload: KeptUpload,
  batch: Extract<Answer, { kind: 'batch' }>,
): Promise<void> {
  const summary = upload.summary!;
  await ingest.debts.settled(ctx.actor.id);
  for (const kind of ['predictions', 'labels'] as const) {
    const { lines, key } = batch[kind];
    if (lines === '') continue;
    let repeated = false;
    const { events, escapes } = parseBody(Buffer.from(lines), 'ndjson', ingest.limits);
    const receipt = await ingest.accept(ctx, kind, events, {
      escapes,
      idempotencyKey: key,
      repeated: () => {
        repeated = true;
      },
    });
    noteReceipt(summary, kind, { ...receipt, repeated }, kind === 'labels' ? batch.labelled : batch.rows);
  }
  summary.rows += batch.rows.length;
}

function end(upload: KeptUpload, { unread }: Extract<Answer, { kind: 'end' }>): void {
  const summary = upload.summary!;
  summary.unreadable_lines = unread.length;
  for (const { line, reason } of unread.slice(0, TOLD)) summary.first_reasons.push(`line ${line}: ${reason}`);
  upload.state = 'stored';
}

function failed(ctx: Ctx, upload: KeptUpload, error: unknown): void {
  const known = error instanceof TiltmeterError;
  if (!known) ctx.log.error({ err: error, upload: upload.id }, 'a table could not be stored');
  upload.state = 'failed';
  upload.error = known
    ? { code: error.code, message: error.message }
    : { code: 'internal', message: 'something failed inside Tiltmeter' };
}
