import type { ActionOutcome } from '../../../contract/action.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { ComparedMeasure } from '../../../contract/version-comparison.ts';
import type { VersionLine } from '../../../contract/version-list.ts';
import type { Recommendation } from '../../../contract/version-verdict.ts';
import type { Ctx } from '../../context.ts';
import { getVerdict } from '../../fleet/verdict/get-verdict.ts';
import { compareVersions } from '../../fleet/versions/compare-versions.ts';
import { listVersions } from '../../fleet/versions/list-versions.ts';
import { findModel } from '../../models/find-model.ts';

const DAY = 86_400_000;
/** How far before the beginning the version of then is read. */
const BEFORE_MS = 14 * DAY;

/** What recommendations say of the newer of two. */
const SAYS: Readonly<Partial<Record<Recommendation, ActionOutcome['verdict']>>> = {
  promote: 'better',
  stop: 'worse',
  either: 'alike',
};

/**
 * What came of a training that began at a moment: the first version that answered after it, held against the one with most predictions before:
 * by intervals that may be looked at as often as one likes where both answer beside one another, else by quality before and after.
 */
export async function outcomeOf(ctx: Ctx, model: string, begunAt: number): Promise<ActionOutcome> {
  const now = ctx.clock();
  const range = { from: begunAt - BEFORE_MS, to: now };
  // By buckets, which is as exactly as it is known who answered: that of the beginning counts as after it.
  const { bucket_ms } = await findModel(ctx, model);
  const bucket = Math.floor(begunAt / bucket_ms) * bucket_ms;
  const { items: before } = await listVersions(ctx, model, { from: range.from, to: bucket });
  const { items: after } = await listVersions(ctx, model, { from: bucket, to: Math.max(now, bucket + 1) });
  const { version, baseline } = newAndOld(before, after);
  const named = { version, baseline, at: rfc3339(now) };
  if (version === null)
    return { ...named, verdict: 'no_version', evidence: null, sentence: 'No new version has answered yet.' };
  if (baseline === null)
    return {
      ...named,
      verdict: 'not_yet',
      evidence: null,
      sentence: `${version} is the first version that is known.`,
    };
  const beside = await getVerdict(ctx, model, { version, baseline });
  if (beside.recommendation !== 'unknown' && beside.from !== null)
    return {
      ...named,
      verdict: SAYS[beside.recommendation] ?? 'not_yet',
      evidence: 'side_by_side',
      sentence: beside.sentence,
    };
  const { measures } = await compareVersions(ctx, model, { ...range, version, baseline });
  const quality = measures.find(({ about }) => about === 'quality');
  const known = quality !== undefined && quality.difference.value !== null;
  if (!known)
    return {
      ...named,
      ...{ verdict: 'not_yet', evidence: null },
      sentence: `${version} answers; too few labels came to say whether it is better than ${baseline}.`,
    };
  const verdict = quality.verdict === 'better' || quality.verdict === 'worse' ? quality.verdict : 'not_yet';
  return {
    ...named,
    verdict,
    evidence: 'before_and_after',
    sentence: sentenceOf(quality, version, baseline),
  };
}

type Line = Pick<VersionLine, 'version' | 'n' | 'first'>;

/** The first version that answered only after a moment, and the one with most predictions of those before. Pure. */
export function newAndOld(
  before: readonly Line[],
  after: readonly Line[],
): { readonly version: string | null; readonly baseline: string | null } {
  const named = ({ version }: Line) => version !== '' && version !== 'other';
  const known = new Set(before.map(({ version }) => version));
  const [fresh] = after
    .filter((line) => named(line) && !known.has(line.version))
    .sort((a, b) => Date.parse(a.first) - Date.parse(b.first));
  const [old] = before.filter(named).sort((a, b) => b.n - a.n);
  return { version: fresh?.version ?? null, baseline: old?.version ?? null };
}

function sentenceOf(
  { title, version, baseline, difference }: ComparedMeasure,
  to: string,
  from: string,
): string {
  const short = (value: number | null) => (value === null ? '–' : Number(value.toPrecision(3)).toString());
  const interval = `${short(difference.low)} to ${short(difference.high)}`;
  return (
    `${title}: ${short(version.value)} of ${to} (n ${version.n}) after, ${short(baseline.value)} of ${from} (n ${baseline.n}) before; ` +
    `difference ${short(difference.value)}, 95 % ${interval}. Not at the same time: the data may have changed too.`
  );
}
