import type { Coverage, CoverageItem, CoveragePart, CoverageState } from '../../../contract/coverage.ts';
import { LAYERS } from '../../../contract/layer.ts';
import { STAGES, type Stage } from '../../../contract/stage.ts';
import { rfc3339 } from '../../../contract/time.ts';

/** What is known of what a model sends. Times are epoch milliseconds; null: nothing came, of records and telemetry within the last month. */
export interface CoverageFacts {
  readonly now: number;
  /** Of stage records, by stage. */
  readonly stages: ReadonlyMap<Stage, number>;
  readonly predictions: number | null;
  readonly labels: number | null;
  readonly outcomes: number | null;
  /** Features, as columns of predictions. */
  readonly features: { readonly n: number; readonly last: number | null };
  readonly latency: number | null;
  /** Titles of what came by OTLP or Prometheus, and when. */
  readonly machines: { readonly titles: readonly string[]; readonly last: number | null };
  readonly service: { readonly titles: readonly string[]; readonly last: number | null };
  /** What answers are worth is said in the settings. */
  readonly impact: boolean;
  readonly spans: number | null;
  readonly lines: number | null;
}

interface Part {
  readonly kind: CoverageItem['kind'];
  /** When each of what feeds it came last, by what it is called. */
  feeds(facts: CoverageFacts): readonly (readonly [what: string, last: number | null])[];
  readonly next: string;
}

const DAY_MS = 86_400_000;

const record = (stage: Stage, when: string) =>
  `Send one record when ${when}: POST /api/v1/stages with "stage": "${stage}", its duration_ms and rows.`;

const ownRecords =
  (stage: Stage, ...more: ((facts: CoverageFacts) => readonly [string, number | null])[]) =>
  (facts: CoverageFacts) => [
    ...more.map((each) => each(facts)),
    ['stage records', facts.stages.get(stage) ?? null] as const,
  ];

/** What each part is fed by, and the next smallest step where nothing does. */
const PARTS: Readonly<Record<CoveragePart, Part>> = {
  ingestion: {
    kind: 'stage',
    feeds: ownRecords('ingestion'),
    next: record('ingestion', 'a load of data ends'),
  },
  features: {
    kind: 'stage',
    feeds: ownRecords('features'),
    next: record('features', 'features were computed'),
  },
  training: {
    kind: 'stage',
    feeds: ownRecords('training'),
    next: record('training', 'a training run ends'),
  },
  inference: {
    kind: 'stage',
    feeds: ownRecords('inference', ({ predictions }) => ['predictions', predictions]),
    next: 'Send predictions: POST /api/v1/predictions, or point a payload logger at /cloudevents.',
  },
  feedback: {
    kind: 'stage',
    feeds: ownRecords('feedback', ({ labels }) => ['labels', labels]),
    next: 'Send what turned out to be true, by the id of its prediction: POST /api/v1/labels.',
  },
  infrastructure: {
    kind: 'layer',
    feeds: ({ machines }) => [[machines.titles.join(', ') || 'metrics', machines.last]],
    next: 'Let Prometheus write to /api/v1/write, or a Collector to /v1/metrics, with the model as tiltmeter_model or tiltmeter.model.',
  },
  serving: {
    kind: 'layer',
    feeds: ({ latency, service }) => [
      ['latency of predictions', latency],
      [service.titles.join(', ') || 'metrics of the service', service.last],
    ],
    next: 'Send latency_ms with each prediction.',
  },
  data: {
    kind: 'layer',
    feeds: ({ features }) => [[features.n === 1 ? '1 feature' : `${features.n} features`, features.last]],
    next: 'Send the features that the model was asked with: "features" of a prediction.',
  },
  model: {
    kind: 'layer',
    feeds: ({ predictions, labels }) => [
      ['answers', predictions],
      ['labels', labels],
    ],
    next: 'Send predictions; with labels beside them its quality is known, not estimated.',
  },
  business: {
    kind: 'layer',
    feeds: ({ outcomes, impact, labels }) => [
      ['outcomes', outcomes],
      ...(impact ? [['the value of answers', labels] as const] : []),
    ],
    next: 'Say what answers are worth (impact, in the settings), or send what the business saw: POST /api/v1/outcomes.',
  },
  traces: {
    kind: 'signal',
    feeds: ({ spans }) => [['spans', spans]],
    next: 'Point the OpenTelemetry SDK of the service at port 4317 or /v1/traces, with the model as service.name, and send trace_id with predictions.',
  },
  logs: {
    kind: 'signal',
    feeds: ({ lines, stages }) => [
      ['log lines by OTLP', lines],
      ['stage records', stages.size === 0 ? null : Math.max(...stages.values())],
    ],
    next: 'Point the log shipper at /api/v1/elasticsearch, or the OpenTelemetry SDK at port 4317 or /v1/logs.',
  },
};

const ORDER: readonly CoveragePart[] = [...STAGES, ...LAYERS, 'traces', 'logs'];

/** Which parts of a model send, and the next step for those that do not. Pure. */
export function coverageOf(model: string, facts: CoverageFacts): Coverage {
  const items = ORDER.map((part) => itemOf(part, facts));
  return { model, sends: items.filter(({ state }) => state === 'sends').length, of: items.length, items };
}

function itemOf(part: CoveragePart, facts: CoverageFacts): CoverageItem {
  const { kind, feeds, next } = PARTS[part];
  const came = feeds(facts).filter((feed): feed is readonly [string, number] => feed[1] !== null);
  const last = came.length === 0 ? null : Math.max(...came.map(([, at]) => at));
  const state: CoverageState = last === null ? 'nothing' : facts.now - last <= DAY_MS ? 'sends' : 'stopped';
  return {
    part,
    kind,
    state,
    sentence: sentenceOf(
      state,
      came.map(([what]) => what),
    ),
    last: last === null ? null : rfc3339(last),
    next:
      state === 'sends'
        ? null
        : state === 'stopped'
          ? 'Look at what sends them: nothing came for a day.'
          : next,
  };
}

function sentenceOf(state: CoverageState, what: readonly string[]): string {
  if (state === 'nothing') return 'Nothing comes.';
  const [first = '', ...others] = what;
  const all = [first.charAt(0).toUpperCase() + first.slice(1), ...others].join(' and ');
  return state === 'sends' ? `${all}.` : `${all}, but not any more.`;
}
