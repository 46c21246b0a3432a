import type { ModelLoss } from '../../../contract/loss.ts';
import { type BinaryCounts, binaryCounts, confusionCells } from '../../../stats/performance/confusion.ts';
import type { Ctx } from '../../context.ts';
import { impactOf } from '../../models/impact.ts';
import { positiveOf } from '../../monitors/judge/state/model-state.ts';
import { columnHeads } from '../../profiles/heads/read-heads.ts';
import { CONFUSION_SEPARATOR, type Profile } from '../../profiles/profile.ts';
import { readColumns } from '../../profiles/read/read-profiles.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { lossOf } from './loss.ts';
import { lossSentence } from './loss-sentence.ts';

const CONFUSION = '_confusion';
const ALL = '_all';
/** What predictions were worth is asked of so long before. */
const BEFORE_MS = 28 * 86_400_000;
/** Of one that goes on for longer, the newest of it. */
const MOST_MS = 366 * 86_400_000;

export interface Stretch {
  /** Key of the one segment that it is of; empty for all predictions. */
  readonly segment: string;
  readonly from: number;
  readonly to: number;
}

/** The segment that all of these are of; empty where there are several. */
export function oneSegment(of: readonly { readonly segment: string }[]): string {
  const [segment = '', ...others] = new Set(of.map((each) => each.segment));
  return others.length === 0 ? segment : '';
}

/**
 * What predictions of a model have lost in worth in a stretch of event time, against the 28 days before it; null where nobody said what answers
 * are worth, or there are no two classes. Two statements, bounded in time. Errors: those of the lake.
 */
export async function readLoss(
  ctx: Pick<Ctx, 'ledger' | 'lake'>,
  model: Pick<ModelRow, 'id' | 'task' | 'positive_label' | 'impact'>,
  { segment, from, to }: Stretch,
): Promise<ModelLoss | null> {
  const impact = impactOf(model);
  if (impact === null || model.task !== 'binary') return null;
  const positive = await positiveOf(ctx, model, await columnHeads(ctx, model.id));
  const begin = Math.max(from, to - MOST_MS);
  const of = { model: model.id, segment, columns: [CONFUSION, ALL] };
  const [before, during] = await Promise.all([
    readColumns(ctx, { ...of, from: from - BEFORE_MS, to: from }),
    readColumns(ctx, { ...of, from: begin, to }),
  ]);
  const counts = (side: ReadonlyMap<string, Profile>): BinaryCounts =>
    binaryCounts(
      confusionCells(side.get(CONFUSION)?.counts ?? new Map(), CONFUSION_SEPARATOR),
      positive?.label ?? '',
    );
  const lost =
    positive === null
      ? { reason: 'positive_class_unknown' }
      : lossOf(
          {
            before: counts(before),
            during: counts(during),
            predictions: during.get(ALL)?.n ?? 0,
            ms: to - begin,
          },
          impact,
        );
  return { model: model.id, loss: 'reason' in lost ? null : lost, sentence: lossSentence(lost, impact) };
}
