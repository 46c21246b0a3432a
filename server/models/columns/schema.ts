import type { LabelType } from '../../../contract/label.ts';
import type { ColumnRow } from '../../store/ledger/schema.ts';

export type ColumnType = ColumnRow['type'];

export interface SchemaColumn {
  readonly type: ColumnType;
  /** Declared by people: values of other JSON types are kept as their text where that is possible. */
  readonly declared: boolean;
}

/** The columns of one model as this process knows them. `proposed` ones are not in the stores yet. */
export class ModelSchema {
  readonly model: string;
  readonly table: string;
  readonly columns: Map<string, SchemaColumn>;
  readonly proposed = new Set<string>();
  /** As the ledger had it last. */
  task: string = 'unknown';
  labelType: LabelType | null = null;
  #features = 0;

  constructor(model: string, table: string, columns: Iterable<readonly [string, SchemaColumn]>) {
    this.model = model;
    this.table = table;
    this.columns = new Map(columns);
    for (const name of this.columns.keys()) if (name !== PREDICTION) this.#features++;
  }

  /** Type of the predictions; undefined before the first. */
  get prediction(): ColumnType | undefined {
    return this.columns.get(PREDICTION)?.type;
  }

  get features(): number {
    return this.#features;
  }

  propose(name: string, type: ColumnType): SchemaColumn {
    const column = { type, declared: false };
    this.columns.set(name, column);
    this.proposed.add(name);
    if (name !== PREDICTION) this.#features++;
    return column;
  }

  /** What the stores have now: what they do not have any more is forgotten, but for what was proposed meanwhile. */
  renew(columns: Iterable<readonly [string, SchemaColumn]>): void {
    const now = new Map(columns);
    for (const name of [...this.columns.keys()])
      if (!now.has(name) && !this.proposed.has(name)) this.forget(name);
    for (const [name, column] of now) this.confirm(name, column);
  }

  /** The column was removed: a value of it makes it anew. */
  forget(name: string): void {
    if (this.columns.delete(name) && name !== PREDICTION) this.#features--;
  }

  /** What the stores settled on. */
  confirm(name: string, column: SchemaColumn): void {
    if (!this.columns.has(name) && name !== PREDICTION) this.#features++;
    this.columns.set(name, column);
    this.proposed.delete(name);
  }
}

/** The prediction itself is stored like a feature, under this name. */
export const PREDICTION = '_prediction';

/** A column has the type of its first value. `typeOf(true)` → 'boolean' */
export function typeOf(value: number | string | boolean): ColumnType {
  if (typeof value === 'number') return 'numeric';
  return typeof value === 'boolean' ? 'boolean' : 'categorical';
}
