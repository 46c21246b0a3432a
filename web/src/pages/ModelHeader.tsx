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
    model.name === model.id ? undefined : `id ${model.id}`,
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
            model.name
          ) : (
            <>
              <Link {...paths.model(model.id, time)}>{model.name}</Link>
              <span className={classes.slash}> / </span>
              {child}
            </>
          )}
        </h1>
        <p className={classes.facts}>
          {facts.join(' · ')}
          <Runbook of={model.runbook} />
        </p>
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
        <Link {...paths.modelSettings(model.id)} aria-current={child === 'settings' ? 'page' : undefined}>
          Settings
        </Link>
      </nav>
      <Headline model={model} />
    </header>
  );
}

/** What to do when it fails: a link, or what is behind its title. */
function Runbook({ of }: { of: string | null }) {
  if (of === null) return null;
  return (
    <>
      {' · '}
      {/^https?:\/\/\S+$/.test(of) ? (
        <a href={of} target="_blank" rel="noreferrer">
          runbook
        </a>
      ) : (
        <span title={of}>runbook: {of.length > 60 ? `${of.slice(0, 60)}…` : of}</span>
      )}
    </>
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
