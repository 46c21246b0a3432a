import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { predictionTraceQuery } from '../../api/queries.ts';
import type { PredictionTrace, TraceLog, TraceMissing, TraceSpan } from '../../api/types.ts';
import { count, duration, plural } from '../../number/format.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { LinksOut, useHasLinks } from '../links/LinksOut.tsx';
import { ofLog, ofTrace } from '../links/values.ts';
import classes from './trace.module.css';

/** What else happened under the trace id of a prediction: its spans over time, and what was logged. */
export function TracePanel({ model, record }: { model: string; record: string }) {
  const found = useQuery(predictionTraceQuery(model, record));
  return (
    <Loaded of={found} what="The trace could not be read:" height={200}>
      {(trace) =>
        trace.missing === null ? (
          <>
            {trace.spans.length > 0 && (
              <Spans trace={trace} out={<Out model={model} record={record} trace={trace} />} />
            )}
            <Logs trace={trace} model={model} />
          </>
        ) : (
          <Panel title="Trace and log lines" actions={<Out model={model} record={record} trace={trace} />}>
            <p className={classes.missing}>{MISSING[trace.missing]}</p>
          </Panel>
        )
      }
    </Loaded>
  );
}

const MISSING: Readonly<Record<TraceMissing, ReactNode>> = {
  no_trace_id: 'This prediction came without a trace id.',
  not_a_trace_id:
    'The trace id of this prediction is none of OpenTelemetry: it has other than 32 hexadecimal digits.',
  nothing_connected: (
    <>
      Nothing is connected yet: in the environment of the service set <code>OTEL_EXPORTER_OTLP_ENDPOINT</code>{' '}
      to <code>{globalThis.location?.origin}</code> and <code>OTEL_EXPORTER_OTLP_HEADERS</code> to{' '}
      <code>x-api-key=…</code>, a key that may send.
    </>
  ),
  nothing_of_it:
    'No span and no log line with this trace id came within an hour of the prediction, or they are older than they are kept.',
};

/** Where the trace is beside this: it may be there when nothing of it is here. */
function Out({ model, record, trace }: { model: string; record: string; trace: PredictionTrace }) {
  return (
    <LinksOut place="trace" values={ofTrace(model, record, trace)} as={(links) => <>Open in {links}</>} />
  );
}

const shownOf = (shown: number, all: number, noun: string) =>
  shown < all ? `the first ${count(shown)} of ${plural(all, noun)}` : plural(all, noun);

function Spans({ trace, out }: { trace: PredictionTrace; out: ReactNode }) {
  const services = new Set(trace.spans.map(({ service }) => service));
  return (
    <Panel
      title="Trace"
      note={
        <>
          {shownOf(trace.spans.length, trace.span_count, 'span')} of {plural(services.size, 'service')}, from{' '}
          <Moment at={trace.start!} /> over {duration(trace.duration_ms)}
        </>
      }
      actions={out}
    >
      <PlainTable
        label="Spans, each below the one that called it"
        rows={trace.spans}
        rowKey={({ id }) => id}
        columns={[
          { title: 'Span', cell: (span) => <Name span={span} /> },
          { title: 'Service', cell: ({ service }) => service },
          { title: 'When', cell: (span) => <Bar span={span} of={trace.duration_ms} /> },
          { title: 'Took', align: 'right', cell: ({ duration_ms }) => duration(duration_ms) },
        ]}
      />
    </Panel>
  );
}

/** Beyond it calls are not shown deeper: names must stay readable. */
const DEEPEST = 12;

function Name({ span }: { span: TraceSpan }) {
  const { name, depth, status, status_message, attributes, events, kind } = span;
  const facts = Object.entries(attributes);
  const failed = status === 'error';
  const title = (
    <>
      {name}
      {failed && <span className={classes.failed}> error{status_message && `: ${status_message}`}</span>}
    </>
  );
  return (
    <div style={{ paddingLeft: 12 * Math.min(depth, DEEPEST) }} className={classes.name}>
      {facts.length + events.length === 0 ? (
        title
      ) : (
        <details>
          <summary>{title}</summary>
          <Attributes of={[['kind', kind.toLowerCase()], ...facts]} />
          {events.map((event, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: events of a span do not move
            <div key={i}>
              {event.name} after {duration(event.offset_ms)}
              <Attributes of={Object.entries(event.attributes)} />
            </div>
          ))}
        </details>
      )}
    </div>
  );
}

function Attributes({ of }: { of: readonly (readonly [string, string])[] }) {
  return (
    <dl className={classes.attributes}>
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Where in the trace a span lies: at least a hair, so that none is invisible. */
function Bar({ span, of }: { span: TraceSpan; of: number }) {
  const share = (ms: number) => `${(100 * ms) / Math.max(of, 1e-6)}%`;
  const { offset_ms, duration_ms, status } = span;
  return (
    <div
      className={classes.bar}
      role="img"
      aria-label={`from ${duration(offset_ms)} to ${duration(offset_ms + duration_ms)} of ${duration(of)}`}
    >
      <i data-status={status} style={{ left: share(offset_ms), width: share(duration_ms) }} />
    </div>
  );
}

/** From this number of OpenTelemetry on a line tells of an error, from the other of a warning. */
const ERROR = 17;
const WARNING = 13;

function Logs({ trace, model }: { trace: PredictionTrace; model: string }) {
  const linked = useHasLinks('log');
  if (trace.logs.length === 0)
    return (
      <Panel title="Log lines">
        <p className={classes.missing}>No log line came with this trace id.</p>
      </Panel>
    );
  return (
    <Panel
      title="Log lines"
      note={`${shownOf(trace.logs.length, trace.log_count, 'line')} with this trace id`}
    >
      <PlainTable
        label="Log lines of the trace, by time"
        rows={trace.logs}
        rowKey={(_, i) => i}
        columns={[
          { title: 'After', cell: ({ offset_ms }) => duration(offset_ms) },
          { title: 'Severity', cell: (log) => <Severity log={log} /> },
          { title: 'Service', cell: ({ service }) => service },
          { title: 'Line', cell: (log) => <Line log={log} /> },
          ...(linked
            ? [
                {
                  title: 'Open in',
                  cell: (log: TraceLog) => <LinksOut place="log" values={ofLog(model, trace, log)} />,
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}

function Severity({ log: { severity, severity_number: n } }: { log: TraceLog }) {
  const level = n >= ERROR ? 'error' : n >= WARNING ? 'warning' : undefined;
  return (
    <span className={classes.severity} data-level={level}>
      {severity || level || 'not said'}
    </span>
  );
}

function Line({ log: { body, attributes } }: { log: TraceLog }) {
  const facts = Object.entries(attributes);
  if (facts.length === 0) return <span className={classes.line}>{body}</span>;
  return (
    <details className={classes.line}>
      <summary>{body}</summary>
      <Attributes of={facts} />
    </details>
  );
}
