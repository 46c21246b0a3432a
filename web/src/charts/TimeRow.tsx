import { ActionIcon } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { quantity } from '../number/format.ts';
import { moment } from '../time/format.ts';
import { useZone } from '../time/zone.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { Hint } from '../ui/Hint.tsx';
import { ChartIcon, TableIcon } from '../ui/icons.tsx';
import { reasonWords } from '../ui/reason.ts';
import { StateMark } from '../ui/StateMark.tsx';
import type { State } from '../ui/state.ts';
import { clipped, share, type Topic } from './annotations.ts';
import { ChartTable } from './ChartTable.tsx';
import classes from './charts.module.css';
import { IncidentStrips } from './IncidentStrips.tsx';
import { Readout } from './Readout.tsx';
import { cellOf, type Line, type Merge, openReason, stepOf, thin, unsettled } from './series.ts';
import { TimePlot } from './TimePlot.tsx';
import { useStack } from './TimeStack.tsx';
import { AXIS_WIDTH, type TimeChart, timeDrawing } from './time-drawing.ts';
import { useTokens } from './useTokens.ts';

/** More cells than this cannot be told apart on a chart's width. As many as the API is asked for. */
const MOST_POINTS = 400;

interface Props {
  /** What is measured or compared. */
  readonly title: ReactNode;
  /** The same in words alone, for those who do not see it. */
  readonly name: string;
  readonly lines: readonly Line[];
  readonly unit: string;
  readonly threshold?: number | null | undefined;
  readonly shape?: TimeChart['shape'];
  readonly band?: boolean;
  readonly zero?: boolean;
  readonly merge: Merge;
  readonly state?: State | undefined;
  readonly height?: number;
  /** How long one point stands for, milliseconds; as long as a bucket of the stack when absent. */
  readonly bucket?: number | undefined;
  /** What it is about: incidents about the same are a strip under it. */
  readonly about?: Topic;
}

/** One chart of a stack: what it is, its value at the crosshair (else the newest), and the drawing. */
export function TimeRow(props: Props) {
  const {
    title,
    name,
    lines,
    unit,
    threshold = null,
    shape = 'line',
    band = false,
    zero = true,
    merge,
    state,
    about,
  } = props;
  const stack = useStack();
  const { range } = stack;
  const bucket = props.bucket ?? stack.bucket;
  const tokens = useTokens();
  const [table, setTable] = useState(false);
  const drawn = useMemo(
    () => lines.map((line) => ({ ...line, points: thin(line.points, range, bucket, MOST_POINTS, merge) })),
    [lines, range, bucket, merge],
  );
  const cell = cellOf(range, bucket, MOST_POINTS);
  const step = Math.max(cell, stepOf(drawn[0]?.points ?? [], cell));
  const drawing = useMemo(
    () => timeDrawing({ lines: drawn, range, step, unit, threshold, shape, band, zero }, tokens),
    [drawn, range, step, unit, threshold, shape, band, zero, tokens],
  );
  const summary = useSummary(name, drawn, unit, threshold);

  const hatched = clipped(unsettled(drawn[0]?.points ?? [], step), range);
  const empty = drawn.every((line) => line.points.every((point) => point.value === null));
  const height = empty ? 32 : (props.height ?? 64);

  return (
    <div className={classes.row}>
      <div className={classes.label} data-no-brush>
        <div className={classes.title}>
          {state !== undefined && <StateMark state={state} label={name} word={false} />}
          <span data-words>{title}</span>
          <Hint label={table ? 'Show as a chart' : 'Show as a table'}>
            <ActionIcon
              size="xs"
              className={classes.toggle!}
              aria-label={table ? `Show ${name} as a chart` : `Show ${name} as a table`}
              aria-pressed={table}
              onClick={() => setTable(!table)}
            >
              {table ? <ChartIcon /> : <TableIcon />}
            </ActionIcon>
          </Hint>
        </div>
        <Readout lines={drawn} unit={unit} threshold={threshold} band={band} step={step} />
        {hatched.length > 0 && (
          <p className={classes.open}>
            <i className={classes.hatch} /> {reasonWords(openReason(drawn[0]?.points ?? []) ?? 'late')}
          </p>
        )}
      </div>
      <Boundary what={`${name} could not be drawn:`}>
        {table ? (
          <ChartTable name={name} lines={drawn} unit={unit} />
        ) : (
          <div className={classes.canvas} style={{ height }}>
            {hatched.map((one) => (
              <div
                key={one.from}
                className={classes.hatch}
                style={{
                  left: `calc((100% - ${AXIS_WIDTH}px) * ${share(one.from, range)})`,
                  width: `calc((100% - ${AXIS_WIDTH}px) * ${share(one.to, range) - share(one.from, range)})`,
                }}
                title="These buckets may still change: they fill, or their labels are on the way"
              />
            ))}
            {empty ? (
              <p className={classes.nothing}>{reasonOf(drawn)}</p>
            ) : (
              <TimePlot drawing={drawing} height={height} label={summary} />
            )}
            {about !== undefined && <IncidentStrips about={about} />}
          </div>
        )}
      </Boundary>
    </div>
  );
}

function reasonOf(lines: readonly Line[]): string {
  const status = lines.flatMap((line) => line.points).at(-1)?.status;
  return status === undefined ? 'no data in this range' : `${reasonWords(status)} in this range`;
}

/** A chart in one sentence: from when to when, least, most, newest, and how often over the threshold. */
function useSummary(name: string, lines: readonly Line[], unit: string, threshold: number | null): string {
  const zone = useZone();
  const [line] = lines;
  const known = line?.points.filter((point) => point.value !== null) ?? [];
  if (known.length === 0) return `${name}: no values in this range`;
  const values = known.map((point) => point.value!);
  const over = threshold === null ? 0 : values.filter((value) => value > threshold).length;
  return [
    `${name}, ${moment(known[0]!.time, zone)} to ${moment(known.at(-1)!.time, zone)}:`,
    `least ${quantity(Math.min(...values), unit)}, most ${quantity(Math.max(...values), unit)}, newest ${quantity(values.at(-1), unit)}`,
    ...(threshold === null
      ? []
      : [`; ${over} of ${values.length} above the threshold ${quantity(threshold, unit)}`]),
  ].join(' ');
}
