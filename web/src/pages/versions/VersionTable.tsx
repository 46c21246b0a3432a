import type { Measured, VersionLine, VersionList } from '../../api/types.ts';
import { count, percent, quantity } from '../../number/format.ts';
import { span } from '../../time/format.ts';
import type { Range } from '../../time/range.ts';
import { useZone } from '../../time/zone.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { Sparkline } from '../../ui/Sparkline.tsx';
import frame from '../frame/frame.module.css';
import { figureOf, surenessOf } from '../measured/words.ts';
import { sentenceCase } from '../metric.ts';
import { versionName } from '../model/versions/words.ts';
import { namesOf, Unanswered } from './Unanswered.tsx';
import classes from './versions-page.module.css';

interface Props {
  readonly list: VersionList;
  readonly range: Range;
  readonly onChoose: (version: string) => void;
}

/** Every version that answered in the range, those with most predictions first. */
export function VersionTable({ list, range, onChoose }: Props) {
  const zone = useZone();
  const { items, metric, quality_unknown, more, unanswered } = list;
  return (
    <section aria-label="Versions">
      <h2>Versions that answered {span(range, zone)}</h2>
      {quality_unknown !== null && <p className={frame.quiet}>Quality: {quality_unknown.sentence}</p>}
      <PlainTable
        label="Versions that answered"
        rows={items}
        rowKey={({ version }) => version}
        stack
        columns={[
          {
            title: 'Version',
            cell: ({ version, registered }) => (
              <div>
                <button type="button" className={classes.name} onClick={() => onChoose(version)}>
                  {sentenceCase(versionName(version))}
                </button>
                {registered !== null && <RegisteredAs {...registered} />}
              </div>
            ),
          },
          {
            title: 'Predictions',
            value: ({ n }) => n,
            cell: ({ version, traffic, n, share }) => (
              <div>
                <Sparkline
                  values={traffic}
                  area
                  label={`Predictions of ${versionName(version)} over the range`}
                />
                <div className={frame.quiet}>
                  {count(n)}, {percent(share)} of all
                </div>
              </div>
            ),
          },
          {
            title: 'Answered',
            value: ({ last }) => last,
            cell: ({ first, last }) => span({ from: Date.parse(first), to: Date.parse(last) }, zone),
          },
          ...(metric === null
            ? []
            : [
                figure(`${sentenceCase(metric.title)}, 95 % interval`, metric.unit, ({ quality }) => quality),
                ...(items.some(({ registered }) => registered !== null) ? [promised(metric)] : []),
              ]),
          figure('Answers, JS distance from the first', '', ({ drift }) => drift),
          figure('Errors', 'share', ({ error_share }) => error_share),
          figure('Answer time, p95', 'ms', ({ latency_p95 }) => latency_p95),
        ]}
      />
      <Unanswered versions={unanswered} />
      {more.versions > 0 && (
        <p className={frame.quiet}>
          {count(more.versions)} more versions with {count(more.n)} predictions are not listed.
        </p>
      )}
    </section>
  );
}

type Registered = NonNullable<VersionLine['registered']>;

/** What the registry calls a version, with the way to it. */
function RegisteredAs({ aliases, stage, url }: Registered) {
  const names = namesOf({ aliases, stage });
  return (
    <div className={frame.quiet}>
      {names !== '' && <div>{names}</div>}
      {url === null ? (
        <div>MLflow</div>
      ) : (
        <div>
          <a href={url} target="_blank" rel="noreferrer">
            MLflow
          </a>
        </div>
      )}
    </div>
  );
}

/** What training measured, under the name that its run gave it. */
function promised({ title, unit }: NonNullable<VersionList['metric']>) {
  return {
    title: `${sentenceCase(title)} in training`,
    align: 'right' as const,
    value: ({ registered }: VersionLine) => registered?.promised?.value ?? Number.NEGATIVE_INFINITY,
    cell: ({ registered }: VersionLine) => {
      const found = registered?.promised;
      if (found == null) return <span className={frame.quiet}>not measured</span>;
      return (
        <div>
          <b>{quantity(found.value, unit)}</b>
          <div className={frame.quiet}>{found.name}</div>
        </div>
      );
    },
  };
}

function figure(title: string, unit: string, of: (line: VersionLine) => Measured) {
  return {
    title,
    align: 'right' as const,
    value: (line: VersionLine) => of(line).value ?? Number.NEGATIVE_INFINITY,
    cell: (line: VersionLine) =>
      of(line).status === 'no_reference' ? (
        <span className={frame.quiet}>compared with this</span>
      ) : (
        <div>
          <b>{figureOf(of(line), unit)}</b>
          {of(line).value !== null && <div className={frame.quiet}>{surenessOf(of(line), unit)}</div>}
        </div>
      ),
  };
}
