import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Measurement } from '../signals/measurement.ts';
import { type CorrectedLine, correctionsOf } from './corrections.ts';
import { type Episode, episodesOf, type Line } from './episodes.ts';
import { judgeSeries, type SeriesMemory } from './series.ts';

const rules = { m: 2, n: 3, keepOpen: 2, silentFor: 3 };
const time = (index: number) => index * 10;

function measured(value: number): Measurement {
  const verdict = value > 3 ? 'breach' : value > 2 ? 'within' : 'clear';
  return {
    ...{ value, low: value, high: value, n: 10, window: 1, threshold: 3, baseline: 0 },
    ...{ status: 'ok', verdict, reason: verdict },
  };
}

/** What a series of values makes of an alert that knows nothing before them. */
function judge(values: readonly number[], from = 0, memory: SeriesMemory | null = null) {
  return judgeSeries((i) => measured(values[i]!), from, values.length, time, rules, memory);
}

/** What is told when the values turn out to be others, and what a reader then knows. */
function corrected(before: readonly number[], after: readonly number[], told: readonly Line[] = []) {
  const [was, is] = [judge(before), judge(after)];
  const known = told.length > 0 ? told : was.transitions;
  const { state, reason } = is.memory;
  const standing = { state, reason, time: time(after.length - 1) };
  const { lines, since } = correctionsOf(episodesOf(null, known), episodesOf(null, is.transitions), standing);
  return { lines, since, told: [...known, ...lines], is };
}

const short = ({ from, to, reason, time: at, since, correction }: CorrectedLine) =>
  `${from}→${to} ${reason} at ${at / 10} since ${since / 10}${correction ? ' (correction)' : ''}`;

const table: [name: string, before: number[], after: number[], lines: string[]][] = [
  ['values that changed within their verdict', [0, 5, 5, 5, 0, 0], [0, 6, 5, 5, 0, 0], []],
  ['one that never was', [0, 5, 5, 5], [0, 0, 5, 0], ['firing→pending corrected at 3 since 1 (correction)']],
  [
    'one that never was and had ended already',
    [0, 5, 5, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0, 0],
    ['resolved→ok corrected at 6 since 1 (correction)'],
  ],
  ['one nobody knew of, which goes on', [0, 0, 0, 0], [0, 5, 5, 5], ['pending→firing breach at 2 since 1']],
  [
    'one nobody knew of, which is over',
    [0, 0, 0, 0, 0],
    [5, 5, 0, 0, 0],
    ['pending→firing breach at 1 since 0', 'firing→resolved back_to_normal at 3 since 0'],
  ],
  ['it began earlier', [0, 0, 5, 5, 5], [0, 5, 5, 5, 5], []],
  ['it is over after all', [0, 5, 5, 5, 5], [0, 5, 5, 0, 0], ['firing→resolved back_to_normal at 4 since 1']],
  [
    'it ended later',
    [5, 5, 0, 0, 0, 0],
    [5, 5, 0, 5, 0, 0],
    ['resolved→resolved back_to_normal at 5 since 0 (correction)'],
  ],
  ['it goes on after all', [5, 5, 0, 0], [5, 5, 0, 5], ['resolved→firing breach at 3 since 0 (correction)']],
  ['it is worse', [5, 5, 5, 5], [5, 5, 9, 5], ['firing→firing breach at 3 since 0']],
  ['it was two, not one', [5, 5, 2, 2, 5, 5, 5, 5], [5, 5, 0, 0, 0, 5, 5, 5], []],
];

test.each(table)('%s', (_name, before, after, lines) => {
  expect(corrected(before, after).lines.map(short)).toEqual(lines);
});

/** Stretches in which something fires, told ones that touch as one. */
const stretches = (episodes: readonly Episode[]) =>
  episodes.map(({ firedAt, endedAt }) => [firedAt, endedAt]);
const values = fc.array(fc.constantFrom(0, 1, 2.5, 5, 7, 9), { minLength: 12, maxLength: 12 });

test('whatever the values turn out to be, a reader knows what fires and what does not, and is told once', () => {
  fc.assert(
    fc.property(fc.array(values, { minLength: 2, maxLength: 5 }), (versions) => {
      let told: readonly Line[] = judge(versions[0]!).transitions;
      for (let i = 1; i < versions.length; i++) {
        const before = told;
        const step = corrected(versions[i - 1]!, versions[i]!, told);
        told = step.told;
        const known = episodesOf(null, told);
        const now = episodesOf(null, step.is.transitions);
        // What fires at the end is told so, under one name.
        const firing = step.is.memory.state === 'firing';
        expect(known.filter(({ endedAt }) => endedAt === Number.POSITIVE_INFINITY)).toHaveLength(
          firing ? 1 : 0,
        );
        if (firing) expect(known.at(-1)!.since).toBe(step.since);
        // Every true episode overlaps a told one, and every told one a true one.
        for (const [one, other] of [
          [now, known],
          [known, now],
        ] as const)
          for (const { firedAt, endedAt } of one)
            expect(other.some((each) => each.firedAt < endedAt && firedAt < each.endedAt)).toBe(true);
        // Judged again without a change, nothing is told.
        expect(corrected(versions[i]!, versions[i]!, told).lines).toEqual([]);
        expect(told.slice(0, before.length)).toEqual(before);
      }
      for (const line of told) {
        if (line.to !== 'firing' || line.from === 'firing' || line.correction) continue;
        const same = told.filter((other) => other.since === line.since);
        const opened = same.filter(
          (other) => other.to === 'firing' && other.from !== 'firing' && !other.correction,
        );
        const taken = same.filter(({ reason }) => reason === 'corrected');
        expect(opened.length - taken.length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('lines in pieces and in one go tell the same episodes', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 11 }), (series, cut) => {
      const whole = judge(series);
      const first = judge(series.slice(0, cut));
      const rest = judge(series, cut, first.memory);
      const open = first.memory.state === 'firing' ? first.memory.since : null;
      const late = stretches(episodesOf(null, whole.transitions)).filter(
        ([, ended]) => ended! > time(cut - 1),
      );
      const seen = stretches(episodesOf(open, rest.transitions));
      expect(seen.map(([, ended]) => ended)).toEqual(late.map(([, ended]) => ended));
    }),
  );
});
