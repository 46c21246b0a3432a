import type { Ctx } from '../../../context.ts';
import { type ProfiledColumn, profiledColumns } from '../../../models/columns/profiled-columns.ts';
import { groupsOf } from '../../../profiles/buckets.ts';
import { segmentColumns } from '../../../profiles/segments/segment-columns.ts';
import type { Case } from '../state/model-state.ts';
import type { References } from '../state/references.ts';
import { segmentOf, type Watcher, watchesColumn } from '../state/watcher.ts';
import type { Counts } from '../windows/counts.ts';
import { columnBins, columnSubject } from '../windows/subjects.ts';
import type { WindowProfiles } from '../windows/window-profiles.ts';
import { judgeable, type Pass, periodOf } from './judgeable.ts';

/** Buckets of columns that are read at once. */
const ROWS = 100_000;

/** Features, and the answer, in the bins of their references. */
export async function judgeColumns(
  ctx: Ctx,
  { model, columns: heads }: Case,
  references: References,
  watchers: readonly Watcher[],
  { base, windows, pass }: { readonly base: Counts; readonly windows: WindowProfiles; readonly pass: Pass },
): Promise<void> {
  if (watchers.length === 0) return;
  const all = (await profiledColumns(ctx, model.id)).filter(({ name }) => heads.has(name));
  const columns = segmentOf(watchers) === '' ? all : segmentColumns(all, model.importance);
  const looked = lookedAt(columns);
  const timeline = { ...base, traffic: base.of('_all') };
  /** All monitors with one reference share the counts in its bins. */
  for (const [id, some] of Map.groupBy(watchers, ({ options }) => options.reference)) {
    const reference = await references(id);
    const watched = columns.filter(
      (column) =>
        (pass.columns?.has(column.name) ?? true) && some.some((each) => concerns(each, column, looked)),
    );
    for (const group of groupsOf(watched, Math.max(1, Math.floor(ROWS / base.buckets)))) {
      const bins = new Map(
        group.map(({ name, type }) => [name, columnBins(type, reference?.profiles.get(name))]),
      );
      const histories = await windows.bins(bins);
      for (const column of group) {
        const { name } = column;
        const history = histories.get(name) ?? new Map<number, number[]>();
        const known = reference?.profiles.get(name);
        const subject = columnSubject(timeline, name, bins.get(name)!, history, known);
        for (const watcher of some.filter((each) => concerns(each, column, looked)))
          await pass.take(
            judgeable(model, watcher, {
              subject,
              column: watcher.kind.perColumn ? name : '',
              comparedWith: reference?.id ?? '',
              period: periodOf(reference),
              first: heads.get(name)!.first,
            }),
          );
      }
      await ctx.turn();
    }
  }
}

/** The columns that kinds with one series for the model look at. */
interface LookedAt {
  /** The prediction, or the score where a model sends none. */
  readonly answer: ProfiledColumn | undefined;
  readonly named: (name: string) => ProfiledColumn | undefined;
}

function lookedAt(columns: readonly ProfiledColumn[]): LookedAt {
  const named = (wanted: string) => columns.find(({ name }) => name === wanted);
  return { answer: named('_prediction') ?? named('_score'), named };
}

function concerns(watcher: Watcher, column: ProfiledColumn, { answer, named }: LookedAt): boolean {
  const { perColumn, modelColumns } = watcher.kind;
  if (perColumn) return watchesColumn(watcher, column);
  if (modelColumns === undefined) return column === answer;
  const looked = modelColumns.flatMap((name) => named(name) ?? [])[0];
  return column === looked && column !== answer;
}
