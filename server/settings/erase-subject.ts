import { TiltmeterError } from '../../contract/errors.ts';
import type { Erasure, SubjectQuery, SubjectSummary } from '../../contract/subject.ts';
import { rfc3339 } from '../../contract/time.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { countErased, type Erasing } from '../events/subject/erase-subject.ts';
import { type Subject, subjectOf } from '../events/subject/subject.ts';
import { beginErasure, erasedOf, erasuresOf } from '../models/erasures.ts';
import { findModel, modelColumns } from '../models/find-model.ts';
import type { Protections } from '../models/privacy/protections.ts';
import type { ErasureRow, ModelRow } from '../store/ledger/schema.ts';
import { countBeside } from './count-subject.ts';

/** Erasures that are listed. */
const LISTED = 100;

/** What stays when a subject is erased. */
export const REMAINS =
  'Profiles keep how many predictions there were in each bucket, with sums, smallest and largest numbers and counts of values that others have too; no id, and no text that only the erased rows had. What was decided keeps the names of the segments that it is about (country=FR), and the list of worst slices those of its conditions until it is made again, within a day';

/** Whom a request is about, in a model. Errors: not_found, invalid_request. */
export async function findSubject(
  ctx: Ctx,
  protections: Protections,
  id: string,
  asked: SubjectQuery,
): Promise<{ model: ModelRow; subject: Subject }> {
  const model = await findModel(ctx, id);
  const [columns, pseudonym] = [await modelColumns(ctx, id), await protections.pseudonym()];
  return { model, subject: subjectOf(asked, columns, pseudonym) };
}

/** How much is stored of a subject, and what would stay. Errors: not_allowed, not_found, invalid_request. */
export async function summariseSubject(
  ctx: Ctx,
  protections: Protections,
  id: string,
  asked: SubjectQuery,
): Promise<SubjectSummary> {
  authorise(ctx.actor, 'read');
  const { erasing } = await allOf(ctx, protections, id, asked);
  const predictions = await countErased(ctx, erasing, { asked: true });
  return { predictions, ...(await countBeside(ctx, erasing, predictions)), remains: REMAINS };
}

/** Later than anything that is stored. */
const FAR = Date.UTC(2200, 0);

/** All that is stored of whom a request is about, whenever it came. Errors: not_found, invalid_request. */
export async function allOf(
  ctx: Ctx,
  protections: Protections,
  id: string,
  asked: SubjectQuery,
): Promise<{ model: ModelRow; erasing: Erasing }> {
  const { model, subject } = await findSubject(ctx, protections, id, asked);
  return { model, erasing: { model: id, table: model.table_name, subject, before: FAR } };
}

/**
 * Erases what is stored of a subject: predictions, and all that an export of it has. What came before this moment, and up to ten seconds after
 * it, goes in the background. What is sent later is stored as new. Errors: not_allowed (admins only), not_found, invalid_request, conflict
 * (another model is just being merged into it).
 */
export async function eraseSubject(
  ctx: Ctx,
  protections: Protections,
  id: string,
  asked: SubjectQuery,
): Promise<Erasure> {
  authorise(ctx.actor, 'admin');
  const { model, erasing } = await allOf(ctx, protections, id, asked);
  const { columns } = erasing.subject;
  const predictions = await countErased(ctx, erasing, { asked: true });
  const row = await ctx.ledger.transaction().execute(async (trx) => {
    const begun = await beginErasure(ctx, trx, model, { asked, columns, predictions });
    // What was asked is the person's own data: the log says by what, not who.
    await audit(ctx, trx, 'subject.erase', id, { erasure: begun.id, by: columns, predictions });
    return begun;
  });
  return shownErasure(row);
}

/** The newest erasures of a model. Errors: not_allowed, not_found. */
export async function listErasures(ctx: Ctx, id: string): Promise<{ items: Erasure[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  return { items: (await erasuresOf(ctx, model.id, LISTED)).map(shownErasure), next_cursor: null };
}

/** One of them. Errors: not_allowed, not_found. */
export async function getErasure(ctx: Ctx, id: string, erasure: string): Promise<Erasure> {
  const found = (await listErasures(ctx, id)).items.find((each) => each.id === erasure);
  if (found === undefined) throw new TiltmeterError('not_found', `${id} has no such erasure`);
  return found;
}

function shownErasure(row: ErasureRow): Erasure {
  return {
    id: row.id,
    model: row.model,
    by: JSON.parse(row.columns) as string[],
    requested_by: row.requested_by,
    requested_at: rfc3339(row.requested_at),
    finished_at: row.finished_at === null ? null : rfc3339(row.finished_at),
    ...erasedOf(row),
    remains: REMAINS,
  };
}
