import classes from './skeletons.module.css';

const times = (n: number) => Array.from({ length: n }, (_, i) => i);

function Bar({ width, height = 10 }: { width: string; height?: number }) {
  return <span className={classes.bar} style={{ width, height }} />;
}

/** The shape of a table: a head and so many rows of a height. */
export function TableSkeleton({ rows, height }: { rows: number; height: number }) {
  return (
    <div className={classes.table} aria-hidden="true">
      {times(rows + 1).map((row) => (
        <div key={row} className={classes.row} style={{ height: row === 0 ? 32 : height }}>
          <Bar width={`${24 + ((row * 7) % 12)}%`} />
          <Bar width="9%" />
          <Bar width="9%" />
          <Bar width="18%" />
          <Bar width="14%" />
        </div>
      ))}
    </div>
  );
}

/** The shape of a page under a model: who it is, then so many charts. */
export function ChartsSkeleton({ charts }: { charts: number }) {
  return (
    <div className={classes.page} aria-hidden="true">
      <Bar width="220px" height={20} />
      <Bar width="340px" />
      <ChartRowsSkeleton charts={charts} />
    </div>
  );
}

/** The shape of an answer under a model: a sentence, a chart of intervals or a table of figures. @param named with who the model is. */
export function QuestionSkeleton({ named = false }: { named?: boolean }) {
  return (
    <div className={classes.page} aria-hidden="true">
      {named && <Bar width="220px" height={20} />}
      {named && <Bar width="340px" />}
      <Bar width="62%" />
      <Bar width="180px" height={14} />
      <TableSkeleton rows={10} height={36} />
    </div>
  );
}

/** The shape of so many charts, each with its label on the left. */
export function ChartRowsSkeleton({ charts }: { charts: number }) {
  return (
    <div className={classes.page} aria-hidden="true">
      {times(charts).map((chart) => (
        <div key={chart} className={classes.chart}>
          <div className={classes.label}>
            <Bar width="70%" />
            <Bar width="40%" />
          </div>
          <span className={classes.plot} />
        </div>
      ))}
    </div>
  );
}

/** The shape of a column's page: who it is, its distribution beside its numbers, then its course. */
export function ColumnSkeleton() {
  return (
    <div className={classes.page} aria-hidden="true">
      <Bar width="280px" height={20} />
      <Bar width="62%" height={14} />
      <div className={classes.pair}>
        <span className={classes.box} style={{ height: 220 }} />
        <span className={classes.box} style={{ height: 220 }} />
      </div>
      <ChartsSkeleton charts={3} />
    </div>
  );
}

/** The shape of an incident: what happened in a box, the chart, then causes. */
export function IncidentSkeleton() {
  return (
    <div className={classes.page} aria-hidden="true">
      <div className={classes.boxed}>
        <Bar width="160px" />
        <Bar width="70%" height={20} />
        {times(4).map((line) => (
          <Bar key={line} width={`${36 + line * 6}%`} />
        ))}
      </div>
      <span className={classes.box} style={{ height: 120 }} />
      {times(3).map((cause) => (
        <div key={cause} className={classes.chart}>
          <Bar width="64px" height={20} />
          <div className={classes.label}>
            <Bar width="80%" />
            <Bar width="50%" />
          </div>
        </div>
      ))}
    </div>
  );
}
