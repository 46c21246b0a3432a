import { type ReactNode, useCallback, useMemo, useRef } from 'react';
import { NOTHING, percent, plural } from '../number/format.ts';
import { share } from './annotations.ts';
import classes from './charts.module.css';
import { heatFill, heatState, type Ranked } from './heat.ts';
import { useHover } from './hover.ts';
import { IncidentStrips } from './IncidentStrips.tsx';
import { cellOf, latest, pointAt, thin } from './series.ts';
import { useStack } from './TimeStack.tsx';
import { AXIS_WIDTH } from './time-drawing.ts';
import { type Paint, usePainted } from './usePainted.ts';
import { useTokens } from './useTokens.ts';

interface Props {
  readonly rows: readonly Ranked[];
  readonly name: (column: string) => string;
  readonly link: (column: string, children: ReactNode) => ReactNode;
  readonly onOpen: (column: string) => void;
}

/** Of a row, each a few pixels wide; signals for it are asked for at this many points, so that no cell stays empty. */
export const HEAT_CELLS = 200;

/** Columns × buckets. Each row opens its column, with the pointer or from the keyboard. */
export function HeatRows({ rows, name, link, onOpen }: Props) {
  return (
    <div className={classes.heat}>
      <div className={classes.heatRow} data-no-brush>
        <div className={classes.heatLabel} data-head>
          <span>Column</span>
          <span className={classes.heatValue}>
            <span>importance</span>
            <span>newest</span>
          </span>
        </div>
      </div>
      {rows.map((row) => (
        <HeatRow key={row.column} row={row} name={name(row.column)} link={link} onOpen={onOpen} />
      ))}
    </div>
  );
}

function HeatRow({ row, name, link, onOpen }: Omit<Props, 'rows' | 'name'> & { row: Ranked; name: string }) {
  const { range, bucket } = useStack();
  const points = useMemo(
    () => thin(row.points, range, bucket, HEAT_CELLS, 'max'),
    [row.points, range, bucket],
  );
  const step = cellOf(range, bucket, HEAT_CELLS);
  const states = points.map((point) => heatState(point, row.threshold));
  const [above, small] = (['above', 'small'] as const).map(
    (wanted) => states.filter((state) => state === wanted).length,
  );
  const known = points.filter((point) => point.value !== null).length;
  return (
    <div className={classes.heatRow}>
      <div className={classes.heatLabel} data-no-brush>
        {link(row.column, name)}
        <HeatValue row={row} points={points} step={step} />
      </div>
      {/* The same address as the link beside it, which is what the keyboard uses. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the link beside it is the keyboard's way */}
      <div
        className={classes.heatStrip}
        role="img"
        aria-label={`${name}: above the threshold in ${above} of ${plural(known, 'bucket')}, moved a little in ${small}`}
        onClick={() => onOpen(row.column)}
      >
        <Strip points={points} threshold={row.threshold} step={step} />
        <IncidentStrips about={{ column: row.column }} />
      </div>
    </div>
  );
}

function HeatValue({ row, points, step }: { row: Ranked; points: Ranked['points']; step: number }) {
  const time = useHover();
  const point = time === null ? latest(points) : pointAt(points, time, step);
  return (
    <span className={classes.heatValue} data-figures>
      <span title="Share of the model's importance">
        {row.importance === null ? NOTHING : percent(row.importance)}
      </span>
      <b>{point?.value === undefined || point.value === null ? NOTHING : point.value.toFixed(3)}</b>
    </span>
  );
}

function Strip({
  points,
  threshold,
  step,
}: {
  points: Ranked['points'];
  threshold: number | null;
  step: number;
}) {
  const { range } = useStack();
  const tokens = useTokens();
  const canvas = useRef<HTMLCanvasElement>(null);
  const paint = useCallback<Paint>(
    (context, { width, height, ratio }) => {
      for (const point of points) {
        if (point.time + step <= range.from || point.time >= range.to) continue;
        // On whole device pixels: a blurred edge would look like a gap between neighbours.
        const left = Math.round(share(point.time, range) * width * ratio) / ratio;
        const right = Math.round(share(point.time + step, range) * width * ratio) / ratio;
        const fill = heatFill(point, threshold, tokens);
        context.globalAlpha = fill?.opacity ?? 1;
        context.fillStyle = fill?.colour ?? tokens.line;
        // A bucket without a value is a thin line, so that it does not look like a good one.
        const [top, tall] = fill === null ? [height / 2 - 0.5, 1] : [0, height];
        context.fillRect(left, top, Math.max(1 / ratio, right - left - (right - left > 8 ? 1 : 0)), tall);
      }
    },
    [points, threshold, step, range, tokens],
  );
  usePainted(canvas, paint);
  return <canvas ref={canvas} style={{ width: `calc(100% - ${AXIS_WIDTH}px)` }} />;
}

/** What the colours of the cells mean. */
export function HeatLegend() {
  return (
    <span className={classes.legend}>
      <span>
        <i className={classes.legendScale} style={{ color: 'var(--accent)', opacity: 0.15 }} /> below the
        threshold
      </span>
      <span title="Moved for certain, by less than the threshold: no alert, and no page.">
        <i className={classes.legendScale} style={{ color: 'var(--accent)', opacity: 0.5 }} /> moved, small
      </span>
      <span>
        <i className={classes.legendScale} style={{ color: 'var(--warning)' }} /> value above
      </span>
      <span>
        <i className={classes.legendScale} style={{ color: 'var(--failing)' }} /> whole interval above
      </span>
      <span>
        <i className={classes.legendNone} /> no value
      </span>
    </span>
  );
}
