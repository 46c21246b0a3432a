import type { EstimateCheck, EstimateWorth } from '../../../contract/quality.ts';
import type { Ctx } from '../../context.ts';
import { sumsOf } from '../../monitors/quality/quality-change.ts';
import type { PastWindow } from '../../monitors/subject.ts';
import type { Profile } from '../../profiles/profile.ts';
import { readProfiles } from '../../profiles/read/read-profiles.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { newestPart } from '../versions/read-sides.ts';
import type { Estimator } from './estimate.ts';

type Profiles = ReadonlyMap<string, Profile>;

const WEEK = 7 * 86_400_000;
/** How far before a range labels tell what estimates were worth, and into how many parts both fall at most. */
const BACK = 8 * WEEK;
const PARTS = 26;
/** Labelled rows of a part that tell something. */
const LEAST = 200;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A stretch of time with what is known of it. */
export interface Part extends Span {
  readonly profiles: Profiles;
}

/**
 * The parts of a range and of the weeks before it by which estimates are measured: about a week each, and of those that follow what
 * was learned of. Read in one statement of bounded size.
 */
export async function readParts(
  ctx: Ctx,
  { id, bucket_ms: bucketMs }: Pick<ModelRow, 'id' | 'bucket_ms'>,
  all: readonly Estimator[],
  { from, to, after, segment }: Span & { readonly after: number; readonly segment: string },
): Promise<Part[]> {
  const columns = [...new Set(all.flatMap(({ estimate, error }) => [...estimate.columns, ...error.columns]))];
  const whole = { from: Math.max(after, from - BACK), to };
  if (columns.length === 0 || whole.from >= to) return [];
  const span = newestPart(whole, bucketMs, columns.length);
  const wanted = Math.max(WEEK, (span.to - span.from) / PARTS);
  const step = Math.ceil(wanted / bucketMs) * bucketMs;
  const points = await readProfiles(ctx, { model: id, columns, segment, ...span }, { step });
  const parts = new Map<number, Map<string, Profile>>();
  for (const { time, column, profile } of points)
    parts.set(time, (parts.get(time) ?? new Map<string, Profile>()).set(column, profile));
  return [...parts].map(([start, profiles]) => ({ from: start, to: start + step, profiles }));
}

/**
 * How far off an estimate was on average from what labels then showed, beside what the labelled rows that it was learned of were
 * themselves; null where no part has labels enough. Pure.
 */
export function worthOf(
  { estimate, error }: Estimator,
  learned: readonly number[],
  parts: readonly Part[],
): EstimateWorth | null {
  const { own } = estimate.learned!.of(learned);
  const { over } = error.learned!.of(learned);
  const told = parts.flatMap(({ profiles: part }) => {
    const wrong = over(sumsOf(error, part), []);
    // What the rows of a part were themselves, as if one were to learn of them.
    const truth = estimate.learned!.of(sumsOf(estimate, part)).own;
    if (!('value' in own && 'value' in wrong && 'value' in truth) || wrong.n < LEAST) return [];
    return [{ estimate: Math.abs(wrong.value), reference: Math.abs(own.value - truth.value) }];
  });
  if (told.length === 0) return null;
  const mean = (of: (part: (typeof told)[number]) => number) =>
    told.reduce((sum, part) => sum + of(part), 0) / told.length;
  return { parts: told.length, estimate: mean((part) => part.estimate), reference: mean((part) => part.reference) }; // biome-ignore format: one record
}

/** The parts before a range, by which an estimate of it is weighed. Pure. */
export function partsBefore(
  { estimate }: Estimator,
  parts: readonly Part[],
  range: Pick<Span, 'from'>,
): PastWindow[] {
  const before = parts.filter(({ to }) => to <= range.from);
  return before.map(({ from, profiles }) => ({ from, sums: () => sumsOf(estimate, profiles) }));
}

/** An estimated metric with what such estimates have been worth. */
interface Weighed {
  readonly title: string;
  readonly worth: EstimateWorth | null;
  readonly weight: number | null;
}

/** Whether estimates have been worth more than what they were learned of, in a sentence, and what is told therefore. Pure. */
export function worthCheck(measures: readonly Weighed[]): EstimateCheck {
  const check = worthSoFar(measures);
  const part = measures.flatMap(({ title, weight }) => weight !== null && weight < 1 ? [`${title} ${Math.round(100 * weight)} %`] : []); // biome-ignore format: one list
  if (part.length === 0) return check;
  return { ...check, sentence: `${check.sentence} So estimates go only part of the way from the reference’s own value to what the scores promise: ${part.join(', ')}.` }; // biome-ignore format: one record
}

function worthSoFar(measures: readonly Weighed[]): EstimateCheck {
  const told = measures.flatMap(({ title, worth }) => (worth === null ? [] : [{ title, ...worth }]));
  const worse = told.filter(({ estimate, reference }) => estimate >= reference);
  const [first] = told;
  if (first === undefined)
    return {
      ...{ id: 'worth', holds: null },
      sentence:
        'What estimates have been worth so far is not known: too few labels have come after those that they were learned from.',
    };
  const of = ({ title, estimate, reference }: (typeof told)[number]) =>
    `of ${title} the estimate was wrong by ${short(estimate)} on average, the reference’s own value by ${short(reference)}`;
  const since = `In ${first.parts} ${first.parts === 1 ? 'stretch' : 'stretches'} of the range and the weeks before, labels then showed`;
  return worse.length === 0
    ? { id: 'worth', holds: true, sentence: `${since} the estimates nearer than the reference’s own values: ${of(first)}.` } // biome-ignore format: one record
    : { id: 'worth', holds: false, sentence: `${since} that the reference’s own value is the better guess: ${worse.map(of).join('; ')}.` }; // biome-ignore format: one record
}

const short = (x: number) => String(Number(x.toPrecision(2)));
