import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { counted } from '../../contract/counted.ts';
import type { KnownModel } from '../../mapping/read-cells.ts';
import type { Understood } from '../../mapping/understood.ts';
import type { TableFormat } from '../../tables/files/format.ts';
import { lookThrough } from '../../tables/look-through.ts';
import { openRows } from '../../tables/open-rows.ts';
import { understoodInWords } from '../import/in-words.ts';
import { knownModel } from '../import/known-model.ts';
import { type AddOptions, nameOf, planReference } from './add.ts';

/** What a reference would be of which nothing was stored. */
export interface ReferenceDryRun {
  readonly files: readonly string[];
  readonly format: TableFormat;
  readonly rows: number;
  readonly unreadable_lines: number;
  readonly model: string;
  readonly name: string;
  readonly understood: Understood;
  readonly notes: readonly string[];
  /** Feature columns of the model that the table has; null without a server, and while the model has none. */
  readonly columns: {
    readonly used: number;
    readonly of: number;
    readonly lacking: readonly string[];
  } | null;
}

/** Looks through the whole table, and says what it is taken for; a model's columns are asked for where there is a server. */
export async function dryRunReference(
  client: Tiltmeter | null,
  patterns: readonly string[],
  options: AddOptions,
): Promise<ReferenceDryRun> {
  const table = await openRows(patterns);
  try {
    const known: KnownModel =
      client === null ? { exists: null, types: new Map() } : await knownModel(client, options.model);
    const { survey, sample, unread } = await lookThrough(table);
    const { files, format, notes } = table;
    const { understood } = planReference(survey, sample, known, options);
    const { model } = options;
    const columns = inCommon(understood, known);
    return {
      files,
      format,
      rows: survey.rows,
      unreadable_lines: unread,
      model,
      name: nameOf(options, files),
      understood,
      notes,
      columns,
    };
  } finally {
    table.close();
  }
}

function inCommon({ events, features }: Understood, { types }: KnownModel): ReferenceDryRun['columns'] {
  const all = [...types.keys()].filter((name) => !name.startsWith('_'));
  if (events || all.length === 0) return null;
  const has = new Set(features.map(({ name }) => name));
  const lacking = all.filter((name) => !has.has(name));
  return { used: all.length - lacking.length, of: all.length, lacking };
}

export function dryRunInWords(run: ReferenceDryRun): string {
  const { model, name, understood, columns } = run;
  const without = columns?.lacking.length ? `, without ${columns.lacking.slice(0, 40).join(', ')}` : '';
  return [
    understoodInWords(run, understood),
    ...(columns ? [`  ${columns.used} of ${counted(columns.of, 'column')} of ${model}${without}`] : []),
    `It would be stored as reference ${name}; nothing was.`,
  ].join('\n');
}
