import { compact, difference, interval, quantity } from '../number/format.ts';
import { reasonWords } from '../ui/reason.ts';
import classes from './charts.module.css';
import { useHover } from './hover.ts';
import { type Line, latest, type Point, pointAt } from './series.ts';
import { partColour } from './time-drawing.ts';
import { useTokens } from './useTokens.ts';

interface Props {
  readonly lines: readonly Line[];
  readonly unit: string;
  readonly threshold: number | null;
  readonly band: boolean;
  readonly step: number;
}

/**
 * The value at the crosshair with its interval and n; without a crosshair the newest. Beside a line that it is compared with
 * also that one's value at the same place, and by how much the two differ.
 */
export function Readout({ lines, unit, threshold, band, step }: Props) {
  const hovered = useHover();
  const tokens = useTokens();
  const [current] = lines;
  const newest = current === undefined ? undefined : latest(current.points);
  const compared = lines.find((line) => line.compared);
  // Compared is what stands over one another: the other line where the current one is newest.
  const time = hovered ?? (compared === undefined ? null : (newest?.time ?? null));
  const at = (line: Line): Point | undefined =>
    time === null ? latest(line.points) : pointAt(line.points, time, step);
  const nameOf = (line: Line): string => {
    if (line === compared) return 'before';
    return line === current && compared !== undefined ? 'this range' : line.name;
  };
  return (
    <div className={classes.readout} data-figures>
      {lines.map((line) => {
        const point = at(line);
        const range = band && point !== undefined ? interval(point.low, point.high, unit) : '';
        return (
          <span key={line.name} className={classes.value}>
            {lines.length > 1 && (
              <i title={line.name}>
                <i
                  className={classes.dash}
                  data-part={line.dashed ? 'reference' : line.part}
                  style={{ color: partColour(line.part, tokens) }}
                />{' '}
                {nameOf(line)}
              </i>
            )}
            <b>
              {point?.value === null && hovered !== null
                ? reasonWords(point.status)
                : quantity(point?.value, unit)}
            </b>
            {range !== '' && <span>{range}</span>}
            {(lines.length === 1 || compared !== undefined) && point !== undefined && (
              <span>n = {compact(point.n)}</span>
            )}
          </span>
        );
      })}
      {compared !== undefined && current !== undefined && (
        <span className={classes.value}>
          difference <b>{difference(at(current)?.value, at(compared)?.value, unit)}</b>
        </span>
      )}
      {threshold !== null && (lines.length === 1 || compared !== undefined) && (
        <span className={classes.threshold}>
          <i className={classes.dash} /> threshold {quantity(threshold, unit)}
        </span>
      )}
    </div>
  );
}
