import { type Random, random } from '../../stats/random.ts';
import { HOUR, type Question, type Story } from '../demo/story.ts';
import type { Planted, Served } from './faults/fault.ts';
import type { Scenario } from './scenario.ts';
import { answered, type Trained } from './trained.ts';

/** How long a replay is, in buckets of an hour, and how much is asked in each. */
export interface Length {
  readonly clean: number;
  readonly faulty: number;
  readonly rows: number;
}

/** The length of a replay in which a scenario can be told. */
export function lengthOf({ fault }: Pick<Scenario, 'fault'>, { clean, faulty, rows }: Length): Length {
  const { takes = {} } = fault ?? {};
  return { clean: Math.max(clean, takes.clean ?? 0), faulty: Math.max(faulty, takes.faulty ?? 0), rows };
}

/** Buckets in which a gradual fault reaches its whole strength. */
const RAMP = 8;
/** Labels are known so long after the question. */
export const LABEL_MS = HOUR;
/** Rows that a fault may look back to. */
const HELD = 2000;

/** A scenario as the replay tells it: the model's life before the fault and in it. */
export interface Replayed {
  readonly scenario: Scenario;
  /** Null when the table has nothing that could break so. */
  readonly planted: Planted | null;
  readonly story: Story;
  /** Event time at which the fault begins. */
  readonly onset: number;
}

/** The questions of a scenario: the same for the same seed. `begins`: event time of the first, on the hour. */
export function replayed(
  scenario: Scenario,
  trained: Trained,
  { clean, faulty, rows }: Length,
  begins: number,
): Replayed {
  const next = random(scenario.seed);
  const planted = scenario.fault?.plant(trained.grounds, scenario.strength.value, next) ?? null;
  const onset = begins + clean * HOUR;
  const { id } = scenario;
  const { table, model } = trained;
  const deployed = scenario.innocent || planted?.version === true;
  const share = (time: number) =>
    planted === null || time < onset
      ? 0
      : scenario.shape === 'abrupt'
        ? 1
        : Math.min(1, (time - onset + HOUR) / (RAMP * HOUR));
  return {
    ...{ scenario, planted, onset },
    story: {
      model: {
        ...{ id, task: table.task, bucket_ms: HOUR, window_ms: 24 * HOUR, label_delay_ms: LABEL_MS },
        ...{ importance: model.importance, columns: model.columns },
        ...(table.positive === null ? {} : { positive_label: table.positive }),
      },
      reference: { name: 'Test set', csv: trained.reference },
      changes: [
        { time: begins, kind: 'deploy', title: 'v1 goes live', model: id, version: 'v1' },
        ...(deployed
          ? [{ time: onset, kind: 'deploy', title: 'v2 goes live', model: id, version: 'v2' }]
          : []),
      ],
      begins,
      questions: questionsOf(),
      trained: '',
    },
  };

  function* asked(): Generator<{ time: number; row: Served; hit: boolean }> {
    const held: Served[] = [];
    for (let bucket = 0; bucket < clean + faulty; bucket++) {
      const start = begins + bucket * HOUR;
      const now = share(start);
      const n = Math.round(rows * (0.95 + 0.1 * next()) * (1 + now * ((planted?.volume ?? 1) - 1)));
      for (let i = 0; i < n; i++) {
        const hit = next() < now;
        const row = drawn(trained.served, hit ? planted?.keep : undefined, next);
        held.unshift(row);
        if (held.length > HELD) held.pop();
        yield {
          time: start + Math.floor(((i + 0.5) / n) * HOUR),
          row: hit && planted?.change ? planted.change(row, (back) => held[back]) : row,
          hit,
        };
      }
    }
  }

  function* questionsOf(): Generator<Question> {
    let i = 0;
    for (const { time, row, hit } of asked()) {
      const key = `${id}-${++i}`;
      const late = hit ? (planted?.labelsLate ?? 0) * HOUR : 0;
      const version = deployed && time >= onset ? 'v2' : 'v1';
      yield {
        time,
        ask: () => {
          const plain = model.predict(row.features);
          const answer = hit && planted?.answer ? planted.answer(plain, row) : plain;
          const failed = row.error !== null;
          return {
            ...{
              model: id,
              version,
              id: key,
              time,
              features: row.features,
              latency_ms: row.latencyMs,
              error: row.error,
            },
            ...(failed ? {} : answered(table, answer)),
          };
        },
        label: { model: id, id: key, label: row.label, time: time + LABEL_MS + late, source: 'drill' },
      };
    }
  }
}

/** A row by chance; where rows have their own chance to be asked, one that had it. */
function drawn(rows: readonly Served[], keep: Planted['keep'], next: Random): Served {
  for (let tries = 0; ; tries++) {
    const row = rows[Math.floor(next() * rows.length)]!;
    if (keep === undefined || tries > 200 || next() < keep(row)) return row;
  }
}
