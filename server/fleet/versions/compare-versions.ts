import { rfc3339, type TimeInput } from '../../../contract/time.ts';
import type { VersionComparison, VersionSide } from '../../../contract/version-comparison.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { qualityUnknown } from '../../monitors/quality/reasons.ts';
import { rangeOf } from '../../profiles/distribution/range.ts';
import { stepOf } from '../../profiles/distribution/steps.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import { gapless } from '../../profiles/overview/get-traffic.ts';
import type { Profile } from '../../profiles/profile.ts';
import { qualityMeasures } from '../quality/metrics.ts';
import { chooseVersions, type VersionCount, type Wanted } from './choose.ts';
import { compareColumns, missingColumns, worstColumns } from './columns.ts';
import { type ComparedFacts, comparedFacts } from './facts.ts';
import { newestPart, readSide, spanOf, trafficByVersion, type VersionTraffic } from './read-sides.ts';
import { servingMeasures } from './serving.ts';

export interface VersionQuery extends Wanted {
  readonly from?: TimeInput | undefined;
  readonly to?: TimeInput | undefined;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Read extends Span {
  readonly version: string;
  /** When it answered; null when it never did in the range. */
  readonly span: Span | null;
  readonly steps: ReadonlyMap<number, number>;
  readonly profiles: ReadonlyMap<string, Profile>;
}

/**
 * Two versions of a model side by side over a range: traffic, answers, the columns that differ most, quality, missing
 * values, errors and answer times. Read from profiles, in statements of bounded size, whatever the number of predictions.
 * Errors: not_allowed, not_found, invalid_request.
 */
export async function compareVersions(
  ctx: Ctx,
  modelId: string,
  query: VersionQuery,
): Promise<VersionComparison> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const [range, head] = await Promise.all([rangeOf(ctx, model, query), profileHead(ctx, model.id)]);
  const steps = { ...range, step: stepOf(range.to - range.from, model.bucket_ms) };
  const counts = await trafficByVersion(ctx, { model: model.id, ...range }, steps.step);
  const all = together(counts);
  const chosen = chooseVersions(counts, head?.versions ?? [], query);
  const facts = await comparedFacts(ctx, model, head);
  const read = async (version: string): Promise<Read> => {
    const traffic = counts.find((each) => each.version === version)?.steps ?? new Map<number, number>();
    const span = spanOf(traffic, steps);
    const part = newestPart(span ?? range, model.bucket_ms, facts.names.length);
    const of = { model: model.id, version, columns: facts.names, ...part };
    const profiles = span === null ? new Map() : await readSide(ctx, of, model.bucket_ms);
    return { version, span, steps: traffic, profiles, ...part };
  };
  const [version, baseline] = await Promise.all(
    [chosen.version, chosen.baseline].map((name) => (name === null ? null : read(name))),
  );
  const total = counts.reduce((sum, { n }) => sum + n, 0);
  const lasting = spanOf(all, steps) ?? { from: range.to, to: range.to };
  return {
    model: model.id,
    ...written(range),
    versions: counts.map(({ version, n }) => ({ version, n })),
    version: version ? sideOf(version, counts, total) : null,
    baseline: baseline ? sideOf(baseline, counts, total) : null,
    together: overlap(version?.span ?? null, baseline?.span ?? null),
    traffic: {
      step_ms: steps.step,
      points: gapless(all, steps.step, lasting).map(({ time, n }) => ({
        time: rfc3339(time),
        all: n,
        version: version?.steps.get(time) ?? 0,
        baseline: baseline?.steps.get(time) ?? 0,
      })),
    },
    ...compared(facts, baseline?.profiles ?? new Map(), version?.profiles ?? new Map()),
  };
}

/** Predictions of all versions per step. */
function together(traffic: readonly VersionTraffic[]): Map<number, number> {
  const all = new Map<number, number>();
  for (const { steps } of traffic) for (const [time, n] of steps) all.set(time, (all.get(time) ?? 0) + n);
  return all;
}

/** What is compared, beside which versions, when, and their traffic. */
type Differences = Omit<
  VersionComparison,
  'model' | 'from' | 'to' | 'versions' | 'version' | 'baseline' | 'together' | 'traffic'
>;

/** What two sets of profiles differ by. Pure. */
function compared(
  { watched, answers, present, metrics, latency, labels }: ComparedFacts,
  baseline: Read['profiles'],
  version: Read['profiles'],
): Differences {
  const columns = compareColumns(watched, baseline, version);
  const of = (verdict: string) => columns.filter((column) => column.verdict === verdict).length;
  return {
    measures: [
      ...('reason' in metrics ? [] : qualityMeasures(metrics, baseline, version)),
      ...servingMeasures(baseline, version, latency),
    ],
    quality_unknown: 'reason' in metrics ? qualityUnknown([metrics], labels) : null,
    answers: compareColumns(answers, baseline, version),
    columns: worstColumns(columns),
    compared: {
      columns: columns.length - of('unknown'),
      differ: of('differs'),
      moved: of('moved'),
    },
    missing: missingColumns(present, baseline, version),
  };
}

function sideOf(
  { version, span, from, to }: Read,
  counts: readonly VersionCount[],
  total: number,
): VersionSide {
  const n = counts.find((count) => count.version === version)?.n ?? 0;
  return {
    ...{ version, n, share: total === 0 ? 0 : n / total },
    first: span && rfc3339(span.from),
    last: span && rfc3339(span.to),
    ...written({ from, to }),
  };
}

function overlap(a: Span | null, b: Span | null): VersionComparison['together'] {
  if (a === null || b === null) return null;
  const both = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
  return both.from < both.to ? written(both) : null;
}

const written = ({ from, to }: Span) => ({ from: rfc3339(from), to: rfc3339(to) });
