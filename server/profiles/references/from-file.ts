import { TiltmeterError } from '../../../contract/errors.ts';
import { FEATURE_NAME } from '../../../contract/name.ts';
import type { Reference } from '../../../contract/reference.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { freezeGrids, readGrids } from '../../models/columns/grids.ts';
import { PREDICTION, type SchemaColumn } from '../../models/columns/schema.ts';
import { declareColumns, type NewColumn, type Schemas } from '../../models/columns/schemas.ts';
import { findModel } from '../../models/find-model.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { inferType } from './cells.ts';
import { fileProfiles } from './file-profiles.ts';
import { type FileCell, type FileTable, readTable } from './file-rows.ts';
import { fileTask } from './file-task.ts';
import { storeReference } from './store-reference.ts';
import { writeFileProfiles } from './write-profiles.ts';

export interface FileOptions {
  readonly name: string;
  readonly default: boolean;
  /** Names of the file's columns that are outputs; `_prediction` or `prediction` and so on when absent. */
  readonly prediction?: string | undefined;
  readonly score?: string | undefined;
  readonly label?: string | undefined;
}

/** Rows behind a file reference, at least: fewer say nothing about what is normal. */
const FEWEST_ROWS = 20;

/**
 * The rows of a file (the training set) as reference: only its profiles are kept. Columns of a model that has features
 * already keep their types, and columns that it does not have are left out and named in `options.ignored`; a model
 * without features gets those of the file. Errors: not_allowed, not_found, conflict, empty_body, invalid_json,
 * invalid_request, invalid_feature_name, too_many_features.
 */
export async function addReferenceFile(
  ctx: Ctx,
  schemas: Pick<Schemas, 'forget' | 'maxColumns'>,
  modelId: string,
  body: Uint8Array,
  contentType: string | undefined,
  options: FileOptions,
): Promise<Reference> {
  authorise(ctx.actor, 'write');
  const model = await findModel(ctx, modelId);
  const table = readTable(body, contentType);
  if (table.rows < FEWEST_ROWS) {
    throw new TiltmeterError(
      'invalid_request',
      `the file has ${table.rows} rows; at least ${FEWEST_ROWS} are needed`,
    );
  }
  const { features, outputs } = split(table, options);
  const { columns, ignored } = await columnsOf(ctx, model, features, {
    text: table.text,
    limit: schemas.maxColumns,
  });
  const grids = await readGrids(ctx, model.id);
  const file = { features: columns, ...outputs, rows: table.rows, text: table.text };
  const task = model.task === 'unknown' ? fileTask(file) : model.task;
  const made = fileProfiles(file, { task }, grids);
  // Buckets that were rolled up without one of these grids are done again.
  await freezeGrids(ctx, model.id, made.grids, model.created_at);
  const id = ctx.ids.id();
  await writeFileProfiles(ctx, model.id, id, made.profiles);
  schemas.forget(model.id);
  const { rows, rejected } = table;
  return storeReference(
    ctx,
    { id, model: model.id, name: options.name, kind: 'file', options: { rows, rejected, ignored } },
    options.default ? 'always' : 'no',
  );
}

/** The file's columns by what they are: the prediction counts as a feature under its own name. */
function split({ columns }: FileTable, options: FileOptions) {
  const named = (role: 'prediction' | 'score' | 'label') => {
    const wanted = options[role];
    if (wanted !== undefined && !columns.has(wanted)) {
      throw new TiltmeterError('invalid_request', `the file has no column ${wanted}`);
    }
    return wanted ?? [`_${role}`, role].find((name) => columns.has(name));
  };
  const [prediction, score, label] = [named('prediction'), named('score'), named('label')];
  const features = new Map(
    [...columns].filter(([name]) => name !== prediction && name !== score && name !== label),
  );
  if (prediction !== undefined) features.set(PREDICTION, columns.get(prediction)!);
  const of = (name: string | undefined) => (name === undefined ? undefined : columns.get(name));
  return { features, outputs: { score: of(score), label: of(label) } };
}

/** The cells with the types that the model has for them, after adding what a model without features lacks. */
async function columnsOf(
  ctx: Ctx,
  model: ModelRow,
  features: ReadonlyMap<string, readonly FileCell[]>,
  { text, limit }: { text: boolean; limit: number },
) {
  const rows = await ctx.ledger
    .selectFrom('columns')
    .select(['name', 'type', 'declared'])
    .where('model', '=', model.id)
    .execute();
  let known = new Map(
    rows.map(({ name, type, declared }): [string, SchemaColumn] => [
      name,
      { type, declared: declared === 1 },
    ]),
  );
  const mayDeclare = ![...known.keys()].some((name) => name !== PREDICTION);
  const fresh: NewColumn[] = [];
  for (const [name, cells] of features) {
    if (known.has(name) || (!mayDeclare && name !== PREDICTION)) continue;
    if (name !== PREDICTION && !FEATURE_NAME.test(name)) {
      throw new TiltmeterError('invalid_feature_name', `${JSON.stringify(name)} is not a feature name`);
    }
    const type = inferType(cells, text);
    if (type !== null) fresh.push({ name, type, declared: false });
  }
  if (fresh.length > 0) {
    if (fresh.length > limit) throw new TiltmeterError('too_many_features');
    known = await declareColumns(ctx, model.id, model.table_name, fresh);
  }
  const columns = new Map(
    [...features].flatMap(([name, cells]) => {
      const schema = known.get(name);
      return schema === undefined ? [] : [[name, { cells, schema }] as const];
    }),
  );
  return { columns, ignored: [...features.keys()].filter((name) => !columns.has(name)) };
}
