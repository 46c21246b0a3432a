import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { segmentText } from '../../../../contract/segment-key.ts';
import { changesQuery, signalsQuery } from '../../api/queries.ts';
import type { Alert, Cause, IncidentDetail } from '../../api/types.ts';
import { pointsOf } from '../../charts/series.ts';
import { TimeRow } from '../../charts/TimeRow.tsx';
import { TimeStack } from '../../charts/TimeStack.tsx';
import { percent, plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import type { Extent, Range } from '../../time/range.ts';
import { Boundary } from '../../ui/Boundary.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { bandsOf, marksOf } from '../annotations.ts';
import { isQuality, type Kinds, useKinds } from '../kinds.ts';
import { columnName, metricName, words } from '../metric.ts';
import classes from './incident.module.css';
import { evidenceFor, readings } from './story.ts';

interface Props {
  readonly incident: IncidentDetail;
  readonly range: Range;
  readonly extent: Extent;
}

/** More than these are listed, but folded: the first ones carry the evidence. */
const FIRST = 3;

/** What the charts of the first causes are drawn from. */
export function causesQuestions(incident: IncidentDetail, range: Range, kinds: Kinds) {
  return incident.causes.slice(0, FIRST).flatMap((cause) => {
    const alert = evidenceFor(cause, incident.alerts, kinds);
    return alert === undefined ? [] : evidenceQuestions(alert, range);
  });
}

/** What the chart of an alert is drawn from. */
export const evidenceQuestions = (alert: Alert, range: Range) => [
  evidenceQuery(alert, range),
  changesQuery(range, alert.model),
];

const evidenceQuery = ({ model, kind, column }: Alert, range: Range) =>
  signalsQuery(model, range, { kind, ...(column === '' ? {} : { column }) });

/** Each hypothesis with its confidence, the signal behind it, and the first thing to do. */
export function Causes({ incident, range, extent }: Props) {
  if (incident.causes.length === 0) {
    return <Empty title="No known cause fits.">The alerts below say what was seen.</Empty>;
  }
  const list = (causes: readonly Cause[], charts: boolean) => (
    <ol className={classes.causes}>
      {causes.map((cause) => (
        <OneCause
          key={`${cause.kind} ${cause.column}`}
          cause={cause}
          incident={incident}
          range={range}
          extent={extent}
          chart={charts}
        />
      ))}
    </ol>
  );
  const rest = incident.causes.slice(FIRST);
  return (
    <>
      {list(incident.causes.slice(0, FIRST), true)}
      {rest.length > 0 && (
        <details className={classes.alerts}>
          <summary>{plural(rest.length, 'less likely cause')}</summary>
          {list(rest, false)}
        </details>
      )}
    </>
  );
}

function OneCause({ cause, incident, range, extent, chart }: Props & { cause: Cause; chart: boolean }) {
  return (
    <li>
      <div className={classes.confidence}>
        <b>{percent(cause.confidence)}</b>
        <span aria-hidden="true">
          <i style={{ width: `${Math.round(Math.min(1, cause.confidence) * 100)}%` }} />
        </span>
        confidence
      </div>
      <div className={classes.cause}>
        <h3>{words(cause.kind)}</h3>
        <p className={classes.sentence}>{cause.sentence}</p>
        <p className={classes.quiet}>{cause.advice}</p>
        <Evidence cause={cause} incident={incident} range={range} extent={extent} shown={chart} />
        {columnsOf(cause).map((column) => (
          <p key={column}>
            <Link {...paths.column(incident.model, column, range)}>
              Compare {columnName(column)} with the reference
            </Link>
          </p>
        ))}
      </div>
    </li>
  );
}

/** More columns of one cause are named in its sentence only. */
const LINKED = 3;

function columnsOf({ column, columns }: Cause): readonly string[] {
  return columns?.slice(0, LINKED) ?? (column === '' ? [] : [column]);
}

interface EvidenceProps {
  readonly cause: Cause;
  readonly incident: IncidentDetail;
  readonly range: Range;
  readonly extent: Extent;
  /** Charts of the first few only: the rest is a click away. */
  readonly shown: boolean;
}

function Evidence({ cause, incident, range, extent, shown }: EvidenceProps) {
  const kinds = useKinds();
  const alert = evidenceFor(cause, incident.alerts, kinds);
  return (
    <>
      {cause.evidence.length > 0 && (
        <dl className={classes.evidence}>
          {readings(cause.evidence).map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {shown && alert !== undefined && (
        <Boundary what="The evidence could not be drawn:">
          <EvidenceChart alert={alert} incident={incident} range={range} extent={extent} />
        </Boundary>
      )}
    </>
  );
}

/** The signal behind an alert, with the incident and the changes of its time. */
export function EvidenceChart({ alert, incident, range, extent }: Props & { alert: Alert }) {
  const navigate = useNavigate();
  const kinds = useKinds();
  const signals = useQuery(evidenceQuery(alert, range));
  const changes = useQuery(changesQuery(range, alert.model));
  const bands = useMemo(() => bandsOf([incident], extent.last), [incident, extent.last]);
  const marks = useMemo(() => marksOf(changes.data?.items ?? []), [changes.data]);
  const signal = signals.data?.items.find(
    (one) =>
      one.kind === alert.kind &&
      one.metric === alert.metric &&
      one.column === alert.column &&
      one.segment === alert.segment &&
      one.version === alert.version,
  );
  const lines = useMemo(
    () =>
      signal === undefined
        ? []
        : [{ name: metricName(signal.metric), part: 'current' as const, points: pointsOf(signal.points) }],
    [signal],
  );
  const of = alert.column === '' ? '' : ` of ${columnName(alert.column)}`;
  const where = alert.segment === '' ? '' : `, ${segmentText(alert.segment)}`;
  const title = `${metricName(alert.metric)}${of}${where}`;
  return (
    <Loaded of={signals} what="The evidence could not be read:" height={108}>
      {() =>
        signal === undefined ? null : (
          <div className={classes.chart}>
            <TimeStack
              range={range}
              extent={extent}
              changes={marks}
              incidents={bands}
              // A stretch chosen here is shown where there is room for it.
              onRange={(chosen) =>
                void navigate(
                  alert.column === ''
                    ? paths.model(alert.model, chosen)
                    : paths.column(alert.model, alert.column, chosen),
                )
              }
            >
              <TimeRow
                title={title}
                name={`${kinds.name(alert.kind)}: ${title}`}
                lines={lines}
                unit={signal.unit}
                threshold={signal.threshold}
                band
                zero={!isQuality(kinds, alert)}
                merge="max"
                height={80}
                about={{ kind: alert.kind, column: alert.column }}
              />
            </TimeStack>
          </div>
        )
      }
    </Loaded>
  );
}
