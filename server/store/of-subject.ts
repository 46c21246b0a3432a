import type { SubjectRow } from '../../contract/subject-counts.ts';
import type { Vault } from '../vault.ts';
import { countRows, deleteCounted } from './lake/delete-rows.ts';
import { inPart } from './lake/in-parts.ts';
import type { LakeParam } from './lake/lake.ts';
import { lakeTable } from './lake/layout.ts';
import type { Going, Stores } from './of-model.ts';

/** A condition of SQL with its bound values. */
export interface Condition {
  readonly sql: string;
  readonly params: Readonly<Record<string, LakeParam>>;
}

/** Columns (`customer`) and tags (`_tags.account`), each with values. */
export type ByColumn = readonly { readonly column: string; readonly values: readonly string[] }[];

/** All that leads to what is kept beside predictions of whom is meant; of very many predictions a piece of it. */
export interface Reach extends Going {
  /** Ids of the predictions, and those that were named without there being one. */
  readonly ids: readonly string[];
  /** Ids of requests, and of traces (32 hexadecimal digits), that these predictions alone have. */
  readonly requests: readonly string[];
  readonly traces: readonly string[];
  /** Texts that these predictions alone have: one of them is enough. */
  readonly own: ByColumn;
  /** What was asked by beside ids: all of it must fit. Empty where ids were named. */
  readonly where: ByColumn;
  /** Refused events that have what was asked for. */
  readonly refused: Condition;
  /** Whether what was asked by leads to rows in this piece; those of the other pieces leave them out. */
  readonly first: boolean;
  /** Whether what names no model is left out: it is read for somebody who may read some models only. */
  readonly bound: boolean;
}

type Sealed = Stores & { readonly vault: Vault };

/** What a room keeps beside predictions of somebody: counted, exported and erased by one condition. */
export interface OfSubject {
  /** What a row of it is called in an export; null of copies of what is counted and exported elsewhere. */
  readonly type: SubjectRow | null;
  /** Whether admins alone may read the rows. */
  readonly secret?: boolean;
  /** Names of columns and tags of which it has values; absent where it is found by ids alone. */
  names?(stores: Sealed, going: Going): Promise<readonly string[]>;
  count(stores: Sealed, reach: Reach): Promise<number>;
  rows(stores: Sealed, reach: Reach): AsyncIterable<object>;
  /** How many rows went. Repeating it is harmless. */
  remove(stores: Sealed, reach: Reach): Promise<number>;
}

/** Rows of a table of the lake, by the conditions that lead to them. */
export interface LakeRows<Row> {
  readonly type: SubjectRow | null;
  readonly table: string;
  names?: OfSubject['names'];
  /** By what was asked for. */
  asked?(reach: Reach): Condition | undefined;
  /** By what its predictions lead to. */
  led(reach: Reach): Condition | undefined;
  /** What is exported of a row: a SELECT list, what tells it from others, and how it is shown. */
  readonly select?: string;
  readonly key?: string;
  /** Repeated rows are one. */
  readonly final?: boolean;
  shown?(row: Row): object;
}

/** Rows that are read at a time. */
const PAGE = 1_000;

/** Rows of one table, as they are counted, exported and erased. */
export function inLake<Row>(rows: LakeRows<Row>): OfSubject {
  const { type, table, names } = rows;
  const nothing = { sql: 'false', params: {} };
  /** Undefined where nothing leads to any row. */
  const whereOf = (reach: Reach): Condition | undefined => {
    const both = [rows.asked?.(reach), rows.led(reach)] as const;
    if (both.every((each) => each === undefined)) return undefined;
    const [asked = nothing, led = nothing] = both;
    return {
      sql: reach.first ? `(${asked.sql} OR ${led.sql})` : `(${led.sql} AND NOT ifNull(${asked.sql}, false))`,
      params: { ...asked.params, ...led.params, model: reach.model, before: reach.before },
    };
  };
  const count: OfSubject['count'] = async ({ lake }, reach) => {
    const where = whereOf(reach);
    return where === undefined ? 0 : countRows(lake, table, where.sql, where.params);
  };
  return {
    type,
    ...(names === undefined ? {} : { names }),
    count,
    async *rows(stores, reach) {
      const { select, key, shown = (row: Row) => row as object } = rows;
      const where = whereOf(reach);
      if (select === undefined || key === undefined || where === undefined) return;
      const { sql, params } = where;
      const parts = Math.ceil((await count(stores, reach)) / PAGE);
      for (let part = 0; part < parts; part++)
        yield* (
          await stores.lake.query<Row>(
            `SELECT ${select} FROM ${lakeTable(table)} ${rows.final ? 'FINAL' : ''} WHERE ${sql} AND ${inPart(key)} ORDER BY ${key}`,
            { ...params, parts, part },
          )
        ).map(shown);
    },
    async remove({ lake }, reach) {
      const where = whereOf(reach);
      return where === undefined ? 0 : deleteCounted(lake, table, where.sql, where.params);
    },
  };
}

/** `led` by conditions of which one is enough; undefined where none leads anywhere. */
export function anyOf(conditions: readonly (Condition | undefined)[]): Condition | undefined {
  const some = conditions.filter((each) => each !== undefined);
  if (some.length === 0) return undefined;
  return {
    sql: `(${some.map(({ sql }) => sql).join(' OR ')})`,
    params: Object.assign({}, ...some.map(({ params }) => params)) as Condition['params'],
  };
}

/** A condition by a list; undefined where the list is empty. `among('id', 'found', ['a'])` → id IN ({found:Array(String)}) */
export function among(what: string, name: string, values: readonly string[]): Condition | undefined {
  return values.length === 0
    ? undefined
    : { sql: `${what} IN ({${name}:Array(String)})`, params: { [name]: values } };
}
