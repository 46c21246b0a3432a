import type { Kysely } from 'kysely';
import { TiltmeterError } from '../../../contract/errors.ts';
import { identifier } from '../../../tables/identifier.ts';
import type { Ctx } from '../../context.ts';
import { columnName } from '../../store/lake/column-name.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { DATABASE } from '../../store/lake/layout.ts';
import { addColumns, type ModelColumn } from '../../store/lake/model-table.ts';
import type { ColumnRow, Ledger, ModelRow } from '../../store/ledger/schema.ts';
import type { Vault } from '../../vault.ts';
import { Protections } from '../privacy/protections.ts';
import { type ColumnType, ModelSchema, type SchemaColumn } from './schema.ts';

/** How long a schema is believed before the ledger is asked again: another server may have changed it. */
const FRESH_MS = 10_000;
/** Names without a model that are remembered; senders may make up any number. */
const MOST_ABSENT = 10_000;

export interface SchemasOptions {
  readonly lake: Lake;
  readonly ledger: Kysely<Ledger>;
  readonly vault: Vault;
  readonly clock: () => number;
  /** Feature columns of one model. Beyond it: too_many_features. */
  readonly maxColumns: number;
}

/** Tables, columns and rules of models, kept in memory so that a row costs no query. */
export class Schemas {
  readonly #options: SchemasOptions;
  /** What becomes of values before anything is stored of them. */
  readonly protections: Protections;
  readonly #schemas = new Map<string, { schema: ModelSchema; at: number }>();
  readonly #loading = new Map<string, Promise<ModelSchema>>();
  /** Names without a model, by the time they were looked for. */
  readonly #absent = new Map<string, number>();
  /** Creates a model that the ledger does not have, or throws unknown_model or too_many_models when events may not. */
  onMissing: (ctx: Ctx, model: string) => Promise<void> = async (_ctx, model) => {
    throw new TiltmeterError('unknown_model', `there is no model ${model}`);
  };

  constructor(options: SchemasOptions) {
    this.#options = options;
    this.protections = new Protections(options);
  }

  get maxColumns(): number {
    return this.#options.maxColumns;
  }

  /** The schema, if it is in memory and fresh. */
  get(model: string): ModelSchema | undefined {
    const entry = this.#schemas.get(model);
    if (entry === undefined || this.#options.clock() - entry.at > FRESH_MS) return undefined;
    return entry.schema;
  }

  /** The schema as it was last seen. */
  known(model: string): ModelSchema | undefined {
    return this.#schemas.get(model)?.schema;
  }

  /** The schema, from the ledger if need be; the model is created when there is none. Throws unknown_model, too_many_models. */
  load(ctx: Ctx, model: string): Promise<ModelSchema> {
    let loading = this.#loading.get(model);
    if (loading === undefined) {
      loading = this.#load(ctx, model).finally(() => this.#loading.delete(model));
      this.#loading.set(model, loading);
    }
    return loading;
  }

  /** People changed the model: ask the ledger again before the next row. */
  forget(model: string): void {
    this.protections.forget();
    const entry = this.#schemas.get(model);
    if (entry !== undefined) this.#schemas.set(model, { ...entry, at: Number.NEGATIVE_INFINITY });
  }

  /** It was removed: nothing of it is believed any more. */
  drop(model: string): void {
    this.#schemas.delete(model);
  }

  /** A column of it was removed. */
  dropColumn(model: string, column: string): void {
    this.#schemas.get(model)?.schema.forget(column);
  }

  /** A column was removed while rows with values of it were on their way: both stores get it again. */
  async restore(schema: ModelSchema, names: Iterable<string>): Promise<void> {
    const { lake, ledger, clock } = this.#options;
    const wanted = [...names].flatMap((name) => {
      const column = schema.columns.get(name);
      return column === undefined ? [] : [{ name, ...column }];
    });
    await addColumns(lake, bareTable(schema.table), wanted.map(inLake));
    const settled = await declareColumns(
      { lake, ledger, clock },
      schema.model,
      bareTable(schema.table),
      wanted,
    );
    for (const [name, column] of settled) schema.confirm(name, column);
  }

  /** Adds proposed columns to both stores; afterwards the schema says what they settled on. */
  async settle(schema: ModelSchema, names: Iterable<string>): Promise<void> {
    const fresh = [...names].filter((name) => schema.proposed.has(name));
    if (fresh.length === 0) return;
    const { lake, ledger, clock } = this.#options;
    const settled = await declareColumns({ lake, ledger, clock }, schema.model, bareTable(schema.table), [
      ...fresh.map((name) => ({ name, ...schema.columns.get(name)! })),
    ]);
    for (const [name, column] of settled) if (schema.proposed.has(name)) schema.confirm(name, column);
  }

  /** Brings what is known of these models into memory, fresh; one that is not there is asked for again after a while. */
  async find(models: Iterable<string>): Promise<void> {
    const now = this.#options.clock();
    const asked = [...new Set(models)].filter(
      (model) =>
        this.get(model) === undefined &&
        now - (this.#absent.get(model) ?? Number.NEGATIVE_INFINITY) >= FRESH_MS,
    );
    if (asked.length === 0) return;
    const found = await findAll(this.#options.ledger, asked);
    for (const model of asked) {
      const row = found.get(model);
      if (row !== undefined) {
        await this.#keep(model, row, now);
        continue;
      }
      this.drop(model);
      if (this.#absent.size >= MOST_ABSENT) this.#absent.clear();
      this.#absent.set(model, now);
    }
  }

  async #load(ctx: Ctx, model: string): Promise<ModelSchema> {
    const { ledger, clock } = this.#options;
    const at = clock();
    let row = await find(ledger, model);
    if (row === undefined) {
      this.drop(model);
      await this.onMissing(ctx, model);
      row = await find(ledger, model);
      if (row === undefined) this.drop(model);
      if (row === undefined) throw new TiltmeterError('unknown_model', `${model} was deleted meanwhile`);
    }
    return this.#keep(model, row, at);
  }

  async #keep(model: string, row: ModelFacts, at: number): Promise<ModelSchema> {
    const columns = await readColumns(this.#options.ledger, model);
    // Batches that are being gathered hold on to the schema object, so a known one is brought up to date in place.
    let schema = this.#schemas.get(model)?.schema;
    if (schema === undefined) schema = new ModelSchema(model, modelTable(row.table_name), columns);
    else schema.renew(columns);
    schema.task = row.task;
    schema.labelType = row.label_type;
    this.#schemas.set(model, { schema, at });
    return schema;
  }
}

type ModelFacts = Pick<ModelRow, 'table_name' | 'task' | 'label_type'>;

async function find(ledger: Kysely<Ledger>, model: string): Promise<ModelFacts | undefined> {
  return (await findAll(ledger, [model])).get(model);
}

/** Names in one statement: SQLite takes at most 32,766 bound values. */
const AT_ONCE = 5_000;

async function findAll(ledger: Kysely<Ledger>, models: readonly string[]): Promise<Map<string, ModelFacts>> {
  const found = new Map<string, ModelFacts>();
  for (let i = 0; i < models.length; i += AT_ONCE) {
    const rows = await ledger
      .selectFrom('models')
      .select(['id', 'table_name', 'task', 'label_type'])
      .where('id', 'in', models.slice(i, i + AT_ONCE))
      .execute();
    for (const { id, ...facts } of rows) found.set(id, facts);
  }
  return found;
}

async function readColumns(ledger: Kysely<Ledger>, model: string): Promise<[string, SchemaColumn][]> {
  const rows = await ledger
    .selectFrom('columns')
    .select(['name', 'type', 'declared'])
    .where('model', '=', model)
    .orderBy('position')
    .execute();
  return rows.map(({ name, type, declared }) => [name, { type, declared: declared === 1 }]);
}

export interface NewColumn extends SchemaColumn {
  readonly name: string;
}

/**
 * Adds columns to a model in both stores, the lake first. A column that exists keeps its type.
 * Returns all columns of the model as they are afterwards. Repeating it is harmless.
 */
export async function declareColumns(
  { lake, ledger, clock }: { lake: Lake; ledger: Kysely<Ledger>; clock: () => number },
  model: string,
  table: string,
  columns: readonly NewColumn[],
): Promise<Map<string, SchemaColumn>> {
  const known = new Map(await readColumns(ledger, model));
  const fresh = columns.filter(({ name }) => !known.has(name));
  if (fresh.length > 0) {
    await addColumns(lake, table, fresh.map(inLake));
    // Another server may have added the column a moment ago with another type: the lake's is the true one.
    const stored = await lake.query<{ name: string; numeric: number }>(
      `SELECT name, type = 'Nullable(Float64)' AS numeric FROM system.columns
       WHERE database = {database:String} AND table = {table:String}`,
      { database: DATABASE, table },
    );
    const numeric = new Map(stored.map((column) => [column.name, Boolean(column.numeric)]));
    const now = clock();
    const rows = fresh.map(
      ({ name, type, declared }, i): ColumnRow => ({
        model,
        name,
        type: settled(type, numeric.get(columnName(name))),
        declared: declared ? 1 : 0,
        meaning: null,
        recognised: null,
        looked: declared ? null : 0,
        position: known.size + i,
        grid_center: null,
        grid_scale: null,
        safe: 0,
        created_at: now,
      }),
    );
    // SQLite takes at most 32,766 bound values in a statement.
    for (let i = 0; i < rows.length; i += 500) {
      await ledger
        .insertInto('columns')
        .values(rows.slice(i, i + 500))
        .onConflict((conflict) => conflict.columns(['model', 'name']).doNothing())
        .execute();
    }
  }
  return new Map(await readColumns(ledger, model));
}

/** A column as the lake has it. */
function inLake({ name, type }: Pick<NewColumn, 'name' | 'type'>): ModelColumn {
  return { name, kind: type === 'numeric' ? 'numeric' : 'text' };
}

/** The type that was wanted, unless the lake has the column as the other kind. */
function settled(wanted: ColumnType, numeric: boolean | undefined): ColumnType {
  if (numeric === undefined || numeric === (wanted === 'numeric')) return wanted;
  return numeric ? 'numeric' : 'categorical';
}

/** A model's table as statements name it. `modelTable('predictions_a')` → 'tiltmeter.`predictions_a`' */
export function modelTable(tableName: string): string {
  return `${DATABASE}.${identifier(tableName)}`;
}

function bareTable(table: string): string {
  return table.slice(table.indexOf('.') + 1).replaceAll('`', '');
}
