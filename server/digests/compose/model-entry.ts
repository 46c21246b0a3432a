import type { DigestModel } from '../../../contract/digest.ts';
import { epochMs, rfc3339 } from '../../../contract/time.ts';
import type { Ctx } from '../../context.ts';
import { DRIFT_METRICS } from '../../monitors/measures/column-drift.ts';
import { type Profile, present } from '../../profiles/profile.ts';
import { readColumns } from '../../profiles/read/read-profiles.ts';
import { readSignals } from '../../signals/read-signals.ts';
import { incidentOf, type Range } from './incidents.ts';
import { moveOf } from './moves.ts';
import type { Told } from './rank.ts';
import { moment } from './words.ts';

/** Incidents of a model that are told. */
const INCIDENTS = 5;
/** Moments of a range at which a column is looked at. */
const POINTS = 100;
/** Series that are read of a model to say since when its columns moved. */
const SERIES = 500;

/** All that a digest tells of a model: what its profiles and signals of the range add to what is known of it. Bounded reads, of this model alone. */
export async function modelEntry(
  ctx: Ctx,
  { facts, incidents, fellSilent }: Told,
  range: Range,
  { zone, nameOf }: { readonly zone: string; readonly nameOf: (model: string) => string },
): Promise<DigestModel> {
  const { id, name, owner, moved, movedCount, lastReceived } = facts;
  const [counts, series] = [
    await countsOf(ctx, id, range),
    moved.length === 0 ? [] : await driftOf(ctx, id, range),
  ];
  return {
    ...{ id, name, owner },
    incidents: incidents.slice(0, INCIDENTS).map((each) => incidentOf(each, nameOf)),
    more_incidents: Math.max(0, incidents.length - INCIDENTS),
    moved: moved.map((value) =>
      moveOf(
        value,
        series.find(
          ({ kind, metric, column }) =>
            kind === value.kind && metric === value.metric && column === value.column,
        ),
      ),
    ),
    more_moved: movedCount - moved.length,
    quality: qualityOf(facts),
    ...counts,
    silent:
      fellSilent && lastReceived !== null ? `Nothing has come since ${moment(lastReceived, zone)}` : null,
  };
}

/** Predictions of the range and of as long a time before it, and how many of the range have a label; by event time. */
async function countsOf(
  ctx: Ctx,
  model: string,
  { from, to }: Range,
): Promise<Pick<DigestModel, 'traffic' | 'labelled'>> {
  const read = (of: Range) => readColumns(ctx, { model, columns: ['_all', '_label'], ...of });
  const [now, before] = [await read({ from, to }), await read({ from: from - (to - from), to: from })];
  const n = (profiles: ReadonlyMap<string, Profile>) => profiles.get('_all')?.n ?? 0;
  const label = now.get('_label');
  return {
    traffic: { n: n(now), before: n(before) },
    labelled: n(now) === 0 ? null : label === undefined ? 0 : present(label),
  };
}

/** The drift of its columns over the range, of all rows. */
function driftOf(ctx: Ctx, model: string, { from, to }: Range) {
  return Promise.all(
    DRIFT_METRICS.map(({ id: metric }) =>
      readSignals(
        ctx,
        { model, metric, segment: '', version: '', from, to },
        { points: POINTS, known: 'now', limit: SERIES },
      ),
    ),
  ).then((all) => all.flat());
}

function qualityOf({ quality, bucketMs }: Told['facts']): DigestModel['quality'] {
  if (quality === null || quality.value === null) return null;
  const { metric, estimated, value, low, high, n, baseline, time, window_ms } = quality;
  const to = epochMs(time) + bucketMs;
  return {
    ...{ metric, estimated, value, low, high, n, baseline },
    from: rfc3339(to - window_ms),
    to: rfc3339(to),
  };
}
