import type { ColumnUse, Part } from '../../contract/table.ts';
import type { TablePlan, TablePreview } from '../../contract/upload.ts';
import { mappingOf } from '../../mapping/mapping.ts';
import { type Plan, planImport } from '../../mapping/plan.ts';
import type { KnownModel } from '../../mapping/read-cells.ts';
import { recognised } from '../../mapping/understood.ts';
import { FORMAT_NAMES } from '../../tables/files/format.ts';
import { inferType } from '../../tables/rules/infer.ts';
import { textOf } from '../../tables/rules/missing.ts';
import type { Ctx } from '../context.ts';
import { modelColumns, modelRow } from '../models/find-model.ts';
import { ownRules, serverRules } from '../models/privacy/rules.ts';
import type { LookedThrough } from './questions.ts';

/** Rows and characters that are shown. */
const SHOWN_ROWS = 5;
const SHOWN_TEXT = 60;

/** A model as it must be known before rows are taken for its own; the types are those that values are stored as. */
export async function knownModel(ctx: Ctx, id: string): Promise<KnownModel> {
  const row = await modelRow(ctx, id);
  const columns = row === undefined ? [] : await modelColumns(ctx, id);
  const rules = [...(await serverRules(ctx)), ...(row === undefined ? [] : ownRules(row))];
  return {
    rules,
    exists: row !== undefined,
    types: new Map(columns.map(({ name, type }) => [name, type] as const)),
  };
}

/** What is understood of a table, whoever brings it. Errors: invalid_mapping. */
export function understood(looked: LookedThrough, known: KnownModel, plan: TablePlan, now: number): Plan {
  return planImport(looked.survey, looked.sample, known, mappingOf(plan.columns), { ...plan, now });
}

/** The same for people. Pure. */
export function previewOf(
  looked: LookedThrough,
  known: KnownModel,
  plan: TablePlan,
  now: number,
): TablePreview {
  const { types: represented, understood: what } = understood(looked, known, plan, now);
  const { parts, features, events, warnings } = what;
  const names = [...looked.survey.columns.keys()];
  const played = new Map(Object.entries(parts).map(([part, { column }]) => [column, part as Part]));
  const types = new Map(features.map(({ name, type }) => [name, type]));
  const use = (name: string): ColumnUse =>
    played.get(name) ?? (types.has(name) || (events && name === 'features') ? 'feature' : 'ignored');
  const had = new Set([...features.map(({ name }) => name), ...played.keys()]);
  return {
    format: FORMAT_NAMES[looked.format],
    rows: looked.survey.rows,
    unreadable_lines: looked.unread,
    notes: [...looked.notes],
    model_exists: known.exists ?? false,
    events,
    columns: [...looked.survey.columns].map(([name, facts]) => ({
      name,
      use: use(name),
      guessed: played.has(name) && parts[played.get(name)!]!.guessed,
      type:
        use(name) === 'time'
          ? 'time'
          : (types.get(name) ?? recognised(facts) ?? represented.get(name) ?? inferType(facts).type),
      missing: facts.missing,
      distinct: facts.distinct,
      protection: what.protected[name] ?? null,
    })),
    lacking: events ? [] : [...known.types.keys()].filter((name) => !name.startsWith('_') && !had.has(name)),
    warnings: [...warnings],
    sample: looked.sample.slice(0, SHOWN_ROWS).map((row) => names.map((name) => shown(row[name]))),
  };
}

function shown(cell: unknown): string | null {
  const text = textOf(cell);
  return text !== null && text.length > SHOWN_TEXT ? `${text.slice(0, SHOWN_TEXT)}…` : text;
}
