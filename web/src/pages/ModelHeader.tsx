import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Model } from '../api/types.ts';
import { compact, interval, quantity } from '../number/format.ts';
import { paths } from '../paths.ts';
import type { TimeSearch } from '../time/range.ts';
import { Moment } from '../ui/Moment.tsx';
import { metricName, metricUnit } from './metric.ts';
import classes from './pages.module.css';

interface Props {
  readonly model: Model;
  readonly time: TimeSearch;
  /** What of the model is shown, when it is not the overview. */
  readonly child?: ReactNode;
}

/** Who the model is, how good it is now, and its pages. */
export function ModelHeader({ model, time, child }: Props) {
  const active = { 'aria-current': 'page' as const };
  const facts = [
    model.task === 'unknown' ? undefined : model.task,
    model.owner ?? 'no owner',
    model.versions.length > 0 ? `version ${model.versions[0]}` : undefined,
    model.reference === null ? 'no reference yet' : `reference: ${model.reference.name}`,
  ].filter((fact) => fact !== undefined);
  return (
    <header className={classes.header}>
      <div>
        <h1 className={classes.title}>
          {child === undefined ? (
            model.id
          ) : (
            <>
              <Link {...paths.model(model.id, time)}>{model.id}</Link>
              <span className={classes.slash}> / </span>
              {child}
            </>
          )}
        </h1>
        <p className={classes.facts}>{facts.join(' · ')}</p>
      </div>
      <nav aria-label={`Pages of ${model.id}`} className={classes.tabs}>
        <Link
          {...paths.model(model.id, time)}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={active}
        >
          Overview
        </Link>
        <Link
          {...paths.predictions(model.id, time)}
          activeOptions={{ includeSearch: false }}
          activeProps={active}
        >
          Predictions
        </Link>
        <Link {...paths.settings('monitors', { model: model.id })}>Monitors</Link>
        <Link {...paths.settings('references', { model: model.id })}>References</Link>
      </nav>
      <Headline model={model} />
    </header>
  );
}

function Headline({ model: { quality } }: { model: Model }) {
  if (quality === null) {
    return <p className={classes.headline}>Quality is unknown: no labels yet</p>;
  }
  const unit = metricUnit(quality.metric);
  return (
    <p className={classes.headline}>
      <b className={classes.big}>{quantity(quality.value, unit)}</b>
      <span>
        {metricName(quality.metric)}
        <br />
        95 % interval {interval(quality.low, quality.high, unit)}, n = {compact(quality.n)},{' '}
        <Moment at={quality.time} />
      </span>
    </p>
  );
}
