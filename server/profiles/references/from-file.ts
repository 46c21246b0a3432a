import { counted } from '../../../contract/counted.ts';
import { TiltmeterError } from '../../../contract/errors.ts';
import { FEATURE_NAME } from '../../../contract/name.ts';
import type { PrivacyRule } from '../../../contract/privacy.ts';
import { REFERENCE_ROWS, type Reference } from '../../../contract/reference.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { freezeGrids, readGrids } from '../../models/columns/grids.ts';
import { PREDICTION, type SchemaColumn } from '../../models/columns/schema.ts';
import { declareColumns, type NewColumn, type Schemas } from '../../models/columns/schemas.ts';
import { findModel, modelColumns } from '../../models/find-model.ts';
import type { Protection } from '../../models/privacy/protect.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { expectColumns } from '../heads/save-head.ts';
import { FILE_TIME } from '../profile.ts';
import { writeProfiles } from '../write-profiles.ts';
import type { FoundColumn, FoundFile } from './file/open-file.ts';
import { type Body, READING_LIMITS, type ReadingLimits, withReferenceFile } from './file/process.ts';
import type { ReferenceFile } from './file/read-file.ts';
import { storeReference } from './store-reference.ts';

export interface FileOptions {
  readonly name: string;
  readonly default: boolean;
  /** Names of the file's columns that are outputs; `_prediction` or `prediction` and so on when absent. */
  readonly prediction?: string | undefined;
  readonly score?: string | undefined;
  readonly label?: string | undefined;
  /** Columns of the file that are to be left out. */
  readonly ignore?: readonly string[] | undefined;
}

/** A file as it came, and what happens while it is read. */
export interface SentFile extends Partial<ReadingLimits> {
  readonly body: Body;
  readonly contentType: string | undefined;
}

/**
 * The rows of a file (the training set) as reference: only its profiles are kept. Columns of a model that has features
 * already keep their types, and columns that it does not have are left out and named in `options.ignored`; a model
 * without features gets those of the file. The file is read in a process of its own. Errors: not_allowed, not_found,
 * conflict, empty_body, invalid_json, invalid_request, no_common_columns, too_many_features, reference_too_large.
 */
export async function addReferenceFile(
  ctx: Ctx,
  schemas: Pick<Schemas, 'forget' | 'maxColumns' | 'protections'>,
  modelId: string,
  { body, contentType, ...limits }: SentFile,
  options: FileOptions,
): Promise<Reference> {
  authorise(ctx.actor, 'write');
  const model = await findModel(ctx, modelId);
  return withReferenceFile(body, contentType ?? '', { ...READING_LIMITS, ...limits }, (file) =>
    addRead(ctx, schemas, model, file, options),
  );
}

async function addRead(
  ctx: Ctx,
  schemas: Pick<Schemas, 'forget' | 'maxColumns' | 'protections'>,
  model: ModelRow,
  file: ReferenceFile,
  options: FileOptions,
): Promise<Reference> {
  const { rows, rejected, notes } = file.found;
  if (rows < REFERENCE_ROWS)
    throw new TiltmeterError(
      'invalid_request',
      `the file has ${counted(rows, 'row')}; at least ${REFERENCE_ROWS} are needed`,
    );
  const { protections } = schemas;
  await protections.refresh([model.id]);
  const protection = protections.of(model.id);
  const columns = withoutIgnored(file.found, options.ignore ?? []);
  refuseHollow(file.found, columns);
  const { prediction, score, label } = rolesOf({ columns }, options);
  const wanted = columns
    .filter(({ name }) => name !== score && name !== label)
    .map((column): NamedColumn => ({ ...column, as: column.name === prediction ? PREDICTION : column.name }))
    .flatMap((column) => asProtected(column, protection));
  const known = await declared(ctx, model, wanted, schemas.maxColumns);
  const has = ({ as, type }: NamedColumn) => type !== null && known.has(as);
  const dropped = (name: string) => protection?.rule(name)?.action === 'drop';
  const features = [...known.keys()].filter((name) => name !== PREDICTION && !dropped(name));
  const used = wanted.filter(has).map(({ as }) => as);
  const scores = columns.some(({ name, type }) => name === score && type !== null);
  // Answers alone would leave every input compared with nothing.
  const shared = features.length > 0 ? used.some((name) => name !== PREDICTION) : used.length > 0 || scores;
  if (!shared) throw strange(model.id, file.found, features);
  const rules = new Map(
    wanted.flatMap(({ name, rule }) => (rule === undefined ? [] : [[name, rule] as const])),
  );
  const made = await file.profile({
    features: wanted.filter(has).map(({ name, as }) => [name, as, known.get(as)!]),
    score,
    label,
    task: model.task,
    grids: await readGrids(ctx, model.id),
    protect: rules.size === 0 ? undefined : { key: await protections.key(), rules },
  });
  await freezeGrids(ctx, model.id, made.grids);
  const id = ctx.ids.id();
  const profiles = [...made.profiles].map(([column, profile]) => ({
    column,
    time: FILE_TIME,
    version: '',
    profile,
  }));
  await writeProfiles(ctx.lake, { model: model.id, source: id, revision: ctx.clock() }, profiles);
  const valued = [...made.profiles].filter(([, { n, missing }]) => n > missing).map(([name]) => name);
  await expectColumns(ctx, model.id, valued);
  schemas.forget(model.id);
  const taken = new Set([...wanted.map(({ name }) => name), score, label]);
  const left = file.found.columns.filter(({ name }) => !taken.has(name));
  const ignored = [
    ...wanted.filter((column) => !has(column)).map(({ as }) => as),
    ...left.map(({ name }) => name),
  ];
  const figures = {
    used: used.filter((name) => name !== PREDICTION).length,
    of: features.length,
    lacking: features.filter((name) => !used.includes(name)),
  };
  const told = { rows, rejected, ignored, ...figures, ...(notes.length > 0 ? { notes } : {}) };
  return storeReference(
    ctx,
    { id, model: model.id, name: options.name, kind: 'file', options: told },
    options.default ? 'always' : 'no',
  );
}

/** What has no value says nothing of what is normal. */
function refuseHollow({ columns: all }: FoundFile, columns: readonly FoundColumn[]): void {
  if (columns.length === 0 || columns.some(({ type }) => type !== null)) return;
  const what = all.length > columns.length ? 'that is not left out ' : '';
  throw new TiltmeterError(
    'no_common_columns',
    `no column of the file ${what}has a value: ${list(columns.map(({ name }) => name))}`,
  );
}

const list = (names: readonly string[]) =>
  names.slice(0, 12).join(', ') + (names.length > 12 ? ` and ${names.length - 12} more` : '');

/** A file of something else: it would blind every monitor that compares with it. */
function strange(model: string, { columns }: FoundFile, features: readonly string[]): TiltmeterError {
  const has = `it has ${list(columns.map(({ name }) => name))}`;
  return new TiltmeterError(
    'no_common_columns',
    features.length === 0
      ? `the file has no column that can be a feature, prediction or score of ${model}: ${has}`
      : `the file has no column in common with ${model}: ${has}; ${model} has ${list(features)}`,
  );
}

/** A column of the file with its name in the model: the prediction counts as a feature under its own name. */
interface NamedColumn extends FoundColumn {
  readonly as: string;
  /** What becomes of its values before they are stored. */
  readonly rule?: PrivacyRule | undefined;
}

/** A column as it may be stored, or none: hashes are text. */
function asProtected(column: NamedColumn, protection: Protection | undefined): NamedColumn[] {
  const rule = protection?.rule(column.as);
  if (rule === undefined) return [column];
  if (rule.action === 'drop') return [];
  if (rule.action === 'bucket') return [{ ...column, rule }];
  return [{ ...column, rule, type: column.type && 'categorical', digits: false }];
}

function withoutIgnored({ columns }: FoundFile, ignore: readonly string[]): readonly FoundColumn[] {
  const left = new Set(ignore);
  return columns.filter(({ name }) => !left.has(name));
}

/** Which columns of the file are outputs. */
function rolesOf({ columns }: Pick<FoundFile, 'columns'>, options: FileOptions) {
  const names = new Set(columns.map(({ name }) => name));
  const named = (role: 'prediction' | 'score' | 'label') => {
    const wanted = options[role];
    if (wanted !== undefined && !names.has(wanted)) {
      throw new TiltmeterError('invalid_request', `the file has no column ${wanted}`);
    }
    return wanted ?? [`_${role}`, role].find((name) => names.has(name));
  };
  return { prediction: named('prediction'), score: named('score'), label: named('label') };
}

/** The model's columns, after adding what a model without features lacks. */
async function declared(
  ctx: Ctx,
  model: ModelRow,
  wanted: readonly NamedColumn[],
  limit: number,
): Promise<ReadonlyMap<string, SchemaColumn>> {
  const rows = await modelColumns(ctx, model.id);
  const known = new Map(
    rows.map(({ name, type, declared }): [string, SchemaColumn] => [
      name,
      { type, declared: declared === 1 },
    ]),
  );
  const mayDeclare = ![...known.keys()].some((name) => name !== PREDICTION);
  const fresh: NewColumn[] = [];
  for (const { as, type, digits } of wanted) {
    if (known.has(as) || (!mayDeclare && as !== PREDICTION)) continue;
    // No event can bring a column of such a name: it is left out, and told so with the others.
    if (as !== PREDICTION && !FEATURE_NAME.test(as)) continue;
    // Codes of digits: a service may send them as numbers, which are kept as their text then.
    if (type !== null) fresh.push({ name: as, type, declared: digits });
  }
  if (fresh.length === 0) return known;
  if (fresh.length > limit) throw new TiltmeterError('too_many_features');
  return declareColumns(ctx, model.id, model.table_name, fresh);
}
