import { useMemo } from 'react';
import type { Model, VerdictMeasure, VersionVerdict } from '../../api/types.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { TimeStack } from '../../charts/TimeStack.tsx';
import { count } from '../../number/format.ts';
import { span } from '../../time/format.ts';
import { useZone } from '../../time/zone.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import type { State } from '../../ui/state.ts';
import frame from '../frame/frame.module.css';
import { Difference } from '../measured/Measured.tsx';
import { figureOf, sizeOf } from '../measured/words.ts';
import { sentenceCase } from '../metric.ts';
import { versionName } from '../model/versions/words.ts';
import classes from './versions-page.module.css';

const STATE: Record<VersionVerdict['recommendation'], State> = {
  promote: 'ok',
  stop: 'failing',
  either: 'ok',
  wait: 'not_enough_data',
  unknown: 'no_data',
};
const DECIDED: Record<VerdictMeasure['decision'], { state: State; text: string }> = {
  better: { state: 'ok', text: 'better' },
  worse: { state: 'failing', text: 'worse' },
  alike: { state: 'ok', text: 'alike' },
  not_yet: { state: 'not_enough_data', text: 'not yet' },
  unknown: { state: 'no_data', text: 'not known' },
};
const ROLE: Record<VerdictMeasure['role'], string> = {
  primary: 'decides',
  guardrail: 'must not suffer',
  besides: 'told besides',
};

/** Whether the version is better, how certain that is, and how the interval narrowed. */
export function VerdictSection({
  verdict,
  model,
  onDecide,
}: {
  verdict: VersionVerdict;
  model: Model;
  onDecide: (metric: string) => void;
}) {
  const zone = useZone();
  const { recommendation, sentence, from, to, measures, version, baseline } = verdict;
  return (
    <section aria-label="Verdict">
      <h2>Verdict</h2>
      <p className={classes.sentence}>
        <StateMark state={STATE[recommendation]} word={false} /> {sentence}
      </p>
      {from !== null && to !== null && version !== null && baseline !== null && (
        <>
          <p className={frame.quiet}>
            Of {span({ from: Date.parse(from), to: Date.parse(to) }, zone)}, when both answered; compared
            within each step of time, so that neither a change of level nor of the split of traffic counts.
            The intervals hold however often one looks.
          </p>
          <PlainTable
            label="Measures of the verdict"
            rows={measures}
            rowKey={({ id }) => id}
            stack
            columns={[
              {
                title: 'Measure',
                cell: ({ id, title, role }) => (
                  <span>
                    {sentenceCase(title)}{' '}
                    {role === 'besides' ? (
                      <button type="button" className={classes.decide} onClick={() => onDecide(id)}>
                        decide by this
                      </button>
                    ) : (
                      <span className={frame.quiet}>{ROLE[role]}</span>
                    )}
                  </span>
                ),
              },
              side(versionName(version), ({ version }) => version),
              side(versionName(baseline), ({ baseline }) => baseline),
              {
                title: 'Difference, always-valid interval',
                align: 'right',
                cell: ({ difference, unit }) => <Difference of={difference} unit={unit} />,
              },
              {
                title: 'Matters from',
                align: 'right',
                cell: ({ smallest, unit }) => (smallest === null ? '–' : sizeOf(smallest, unit)),
              },
              {
                title: 'Verdict',
                cell: ({ decision }) => (
                  <span className={frame.verdict}>
                    <StateMark state={DECIDED[decision].state} word={false} /> {DECIDED[decision].text}
                  </span>
                ),
              },
            ]}
          />
          <Paths verdict={verdict} model={model} from={Date.parse(from)} to={Date.parse(to)} />
        </>
      )}
    </section>
  );
}

type Side = VerdictMeasure['version'];

function side(name: string, of: (measure: VerdictMeasure) => Side) {
  return {
    title: sentenceCase(name),
    align: 'right' as const,
    cell: (measure: VerdictMeasure) => {
      const { value, n } = of(measure);
      return (
        <div>
          <b>{figureOf({ value, low: null, high: null, n, status: 'not_enough_data' }, measure.unit)}</b>
          <div className={frame.quiet}>n = {count(n)}</div>
        </div>
      );
    },
  };
}

interface PathsProps {
  readonly verdict: VersionVerdict;
  readonly model: Model;
  readonly from: number;
  readonly to: number;
}

/** How the interval of the measure that decides narrowed while both answered. */
function Paths({ verdict: { measures, version, baseline }, model, from, to }: PathsProps) {
  const decides = measures.find(({ role, path }) => role === 'primary' && path.length > 1);
  const lines = useMemo(
    () => [
      {
        name: 'difference',
        part: 'current' as const,
        points: narrowEnough(decides?.path ?? []).map(({ time, ...point }) => ({
          ...{ time: Date.parse(time), ...point, n: decides!.difference.n, status: 'ok' },
        })),
      },
    ],
    [decides],
  );
  if (decides === undefined) return null;
  const name = `${sentenceCase(decides.title)}, ${versionName(version!)} − ${versionName(baseline!)}, with the interval that holds at all looks`;
  const range = { from, to };
  return (
    <TimeStack range={range} extent={{ first: from, last: to, bucket: model.bucket_ms }} onRange={() => {}}>
      <TimeRow title={name} name={name} lines={lines} unit={decides.unit} band merge="last" height={120} />
    </TimeStack>
  );
}

/** Of an interval that begins wide as anything, the part that can be drawn: within ten times its last width. */
function narrowEnough(path: VerdictMeasure['path']): VerdictMeasure['path'] {
  const end = path.at(-1);
  if (end === undefined) return [];
  const begins = path.findIndex(({ low, high }) => high - low <= 10 * (end.high - end.low));
  return path.slice(begins);
}
