import { useMemo } from 'react';
import { bandsAbout, clipped, share, type Topic } from './annotations.ts';
import classes from './charts.module.css';
import { useStack } from './TimeStack.tsx';
import { AXIS_WIDTH } from './time-drawing.ts';

/** The incidents that a row is part of, as strips along its foot; the drawing itself keeps its colours. */
export function IncidentStrips({ about }: { about: Topic }) {
  const { range, incidents } = useStack();
  const { kind, column } = about;
  const bands = useMemo(() => {
    const topic = { ...(kind === undefined ? {} : { kind }), ...(column === undefined ? {} : { column }) };
    return clipped(bandsAbout(incidents, topic), range);
  }, [incidents, range, kind, column]);
  if (bands.length === 0) return null;
  return (
    <div className={classes.strips} style={{ right: AXIS_WIDTH }}>
      {bands.map((band) => (
        <i
          key={band.id}
          data-level={band.priority}
          title={`${band.priority}: ${band.title}`}
          style={{
            left: `${share(band.from, range) * 100}%`,
            width: `${(share(band.to, range) - share(band.from, range)) * 100}%`,
          }}
        />
      ))}
    </div>
  );
}
