import type { KnownVersion } from '../../../contract/registry.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { Measured } from '../../../contract/version-comparison.ts';
import type { VersionLine, VersionList } from '../../../contract/version-list.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { qualityUnknown } from '../../monitors/quality/reasons.ts';
import { rangeOf, type TimeRange } from '../../profiles/distribution/range.ts';
import { stepOf } from '../../profiles/distribution/steps.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import type { Profile } from '../../profiles/profile.ts';
import { readProfiles } from '../../profiles/read/read-profiles.ts';
import { registeredVersions } from '../../registry/list-registered.ts';
import { measured } from '../quality/measured.ts';
import { qualityOf } from '../quality/metrics.ts';
import { compareColumns } from './columns.ts';
import { type ComparedFacts, comparedFacts } from './facts.ts';
import { promisedOf } from './promised.ts';
import { spanOf, trafficByVersion } from './read-sides.ts';
import { answerTime, errorShare, SERVING_COLUMNS } from './serving.ts';

/** Versions that are told one by one. */
const LISTED = 30;
/** Steps of the traffic of each. */
const STEPS = 60;

type Profiles = ReadonlyMap<string, Profile>;

/**
 * The versions that answered within a range: traffic, quality, drift of the answers, errors and answer times of each. Two
 * statements over profiles, whatever the number of predictions. Errors: not_allowed, not_found, invalid_request.
 */
export async function listVersions(ctx: Ctx, modelId: string, query: TimeRange): Promise<VersionList> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const [range, head, known] = await Promise.all([
    rangeOf(ctx, model, query),
    profileHead(ctx, model.id),
    registeredVersions(ctx, model.id),
  ]);
  const facts = await comparedFacts(ctx, model, head);
  const metric = 'reason' in facts.metrics ? null : facts.metrics[0]!;
  const step = stepOf(range.to - range.from, model.bucket_ms, (range.to - range.from) / STEPS);
  const traffic = await trafficByVersion(ctx, { model: model.id, ...range }, step);
  const total = traffic.reduce((sum, { n }) => sum + n, 0);
  const listed = traffic.slice(0, LISTED);
  const columns = [
    ...new Set([
      ...(metric?.recipe.columns ?? []),
      ...SERVING_COLUMNS,
      ...facts.answers.map(({ name }) => name),
    ]),
  ];
  const profiles = await profilesByVersion(ctx, { model: model.id, ...range, columns });
  const most = profiles.get(listed[0]?.version ?? '') ?? new Map();
  const lines = listed.map(({ version, n, steps }, i): VersionLine => {
    const span = spanOf(steps, { ...range, step })!;
    const own = profiles.get(version) ?? new Map();
    return {
      ...{ version, n, share: n / total, first: rfc3339(span.from), last: rfc3339(span.to) },
      traffic: Array.from(
        { length: Math.ceil((range.to - range.from) / step) },
        (_, j) => steps.get((Math.floor(range.from / step) + j) * step) ?? 0,
      ),
      quality: metric === null ? without('no_labels') : measured(qualityOf(metric.recipe, own)),
      error_share: measured(errorShare(own)),
      latency_p95:
        facts.latency === undefined
          ? without('no_latencies')
          : measured(answerTime(own, 0.95, facts.latency)),
      drift: i === 0 ? without('no_reference') : driftOf(facts, most, own),
      registered: registeredOf(known, version, metric?.meta.id),
    };
  });
  return {
    ...{ model: model.id, from: rfc3339(range.from), to: rfc3339(range.to), step_ms: step },
    metric: metric && { id: metric.meta.id, title: metric.meta.title, unit: metric.meta.unit },
    quality_unknown: 'reason' in facts.metrics ? qualityUnknown([facts.metrics], facts.labels) : null,
    items: lines,
    more: {
      versions: traffic.length - listed.length,
      n: total - listed.reduce((sum, { n }) => sum + n, 0),
    },
    unanswered: known.filter((one) => !traffic.some(({ version }) => version === one.version)),
  };
}

/** What a registry says of a version, with what training promised of this metric. */
function registeredOf(
  known: readonly KnownVersion[],
  version: string,
  metric: string | undefined,
): VersionLine['registered'] {
  const found = known.find((one) => one.version === version);
  if (found === undefined) return null;
  const { registry, aliases, stage, url, metrics } = found;
  return {
    registry,
    aliases,
    stage,
    url,
    promised: metric === undefined ? null : promisedOf(metric, metrics),
  };
}

const without = (status: string): Measured => ({ value: null, low: null, high: null, n: 0, status });

/** How far the answers of a version lie from those of another one: of the prediction, else of the score. */
function driftOf({ answers }: ComparedFacts, most: Profiles, own: Profiles): Measured {
  const column = answers.find(({ name }) => name !== '_label');
  if (column === undefined) return without('no_answers_to_compare');
  const [{ score, version } = { score: null, version: null }] = compareColumns([column], most, own);
  if (score === null || score.value === null) return without('not_enough_data');
  return { value: score.value, low: score.low, high: score.high, n: version.n, status: 'ok' };
}

interface Range {
  readonly model: string;
  readonly from: number;
  readonly to: number;
}

async function profilesByVersion(
  ctx: Ctx,
  range: Range & { readonly columns: readonly string[] },
): Promise<Map<string, Map<string, Profile>>> {
  const found = new Map<string, Map<string, Profile>>();
  for (const { version, column, profile } of await readProfiles(ctx, range, { byVersion: true }))
    found.set(version, (found.get(version) ?? new Map<string, Profile>()).set(column, profile));
  return found;
}
