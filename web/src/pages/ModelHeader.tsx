import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { setupQuery } from '../api/queries.ts';
import type { Model } from '../api/types.ts';
import { compact, duration, interval, quantity } from '../number/format.ts';
import { paths } from '../paths.ts';
import type { TimeSearch } from '../time/range.ts';
import { isAddress } from '../ui/address.ts';
import { Moment } from '../ui/Moment.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { STATE_COLOUR, worst } from '../ui/state.ts';
import { lowered, useKinds } from './kinds.ts';
import { metricName, metricUnit } from './metric.ts';
import { movedFrom } from './model/headline.ts';
import classes from './pages.module.css';

interface Props {
  readonly model: Model;
  readonly time: TimeSearch;
  /** What of the model is shown, when it is not the overview. */
  readonly child?: ReactNode;
}

/** The pages of a model, in the order of a reader's questions. */
const PAGES = [
  ['Overview', paths.model],
  ['Quality', paths.quality],
  ['Versions', paths.versions],
  ['Segments', paths.segments],
  ['Fairness', paths.fairness],
  ['Explain', paths.explain],
  ['Predictions', paths.predictions],
  ['Review', paths.review],
] as const;

const ACTIVE = { 'aria-current': 'page' as const };

/** Who the model is, how good it is now, and its pages. */
export const ModelHeader = memo(function ModelHeader({ model, time, child }: Props) {
  const facts = [
    model.name === model.id ? undefined : `id ${model.id}`,
    model.task === 'unknown' ? undefined : model.task,
    model.owner ?? 'no owner',
    model.counted === 0
      ? undefined
      : model.counted === model.predictions
        ? 'profiles of agents, no rows'
        : 'profiles of agents beside rows',
    model.versions.length > 0 ? `version ${model.versions[0]}` : undefined,
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
          <StateMark state={worst(Object.values(model.layers))} />
          <span>
            {facts.join(' · ')}
            <Positive of={model.positive_class} model={model.id} />
            <ReferenceFact of={model.reference} />
            <QualityFact model={model} />
            <Runbook of={model.runbook} />
            {model.upstream.length + model.sources.length > 0 && (
              <>
                {' · '}
                <Link {...paths.lineage(model.id)}>lineage</Link>
              </>
            )}
          </span>
        </p>
      </div>
      <nav aria-label={`Pages of ${model.id}`} className={classes.tabs}>
        {PAGES.map(([title, to]) => (
          <Link
            key={title}
            {...to(model.id, time)}
            activeOptions={{ exact: title === 'Overview', includeSearch: false }}
            activeProps={ACTIVE}
          >
            {title}
          </Link>
        ))}
        <Link {...paths.modelSettings(model.id)} aria-current={child === 'settings' ? 'page' : undefined}>
          Settings
        </Link>
      </nav>
      <Headline model={model} />
    </header>
  );
});

const BY = { set: '', score: ', inferred', name: ', a guess' } as const;

/** The class whose probability the score is, and how that is known. */
function Positive({ of, model }: { of: Model['positive_class']; model: string }) {
  if (of === null) return null;
  return (
    <>
      {' · '}
      <Link {...paths.modelSettings(model)} title={of.sentence}>
        score of {of.label}
        {BY[of.by]}
      </Link>
    </>
  );
}

/** What the history is compared with, and from when on, where it was something else before. */
function ReferenceFact({ of }: { of: Model['reference'] }) {
  if (of === null) return <> · no reference yet</>;
  return (
    <>
      {' · '}reference: {of.name}
      {of.judged_from !== null && (
        <>
          {' since '}
          <Moment at={of.judged_from} />
          {of.before !== null && `, ${of.before} before`}
        </>
      )}
    </>
  );
}

/** What quality is compared with, where that is not what the columns are: the newest reference has no labels. */
function QualityFact({ model }: { model: Model }) {
  const { reference, quality_reference: of } = model;
  if (of === null || of.id === (reference?.id ?? null)) return null;
  return (
    <span
      title={`${reference === null ? 'There is no reference' : `${reference.name} has too few labels, or not the scores that the metric needs`}: quality is compared with ${of.name}`}
    >
      {' · '}quality against {of.name}
      {of.judged_from !== null && (
        <>
          {' since '}
          <Moment at={of.judged_from} />
        </>
      )}
    </span>
  );
}

/** What to do when it fails: a link, or what is behind its title. */
function Runbook({ of }: { of: string | null }) {
  if (of === null) return null;
  return (
    <>
      {' · '}
      {isAddress(of) ? (
        <a href={of} target="_blank" rel="noreferrer">
          runbook
        </a>
      ) : (
        <span title={of}>runbook: {of.length > 60 ? `${of.slice(0, 60)}…` : of}</span>
      )}
    </>
  );
}

/** The number that stands for the model, how it moved from its baseline, and how sure that is. */
function Headline({ model }: { model: Model }) {
  const kinds = useKinds();
  const { quality, quality_reference: against } = model;
  if (quality === null || quality.value === null) return <NoHeadline model={model} />;
  const { metric, value, low, high, n, time, window_ms, baseline, note, estimated } = quality;
  const unit = metricUnit(metric);
  const meta = kinds.all.flatMap(({ metrics }) => metrics).find(({ id }) => id === metric);
  const moved = movedFrom(value, baseline, meta?.worse ?? 'lower');
  const state = model.layers.model ?? 'no_data';
  const unwell = moved?.worse === true && (state === 'failing' || state === 'warning');
  return (
    <div className={classes.headline}>
      <b className={classes.big}>{quantity(value, unit)}</b>
      <span className={note === null ? undefined : classes.why}>
        {estimated && 'estimated '}
        {metricName(metric)}
        {moved !== null && (
          <>
            , baseline {quantity(baseline, unit)}
            {against !== null && ` (${against.name})`},{' '}
            <span
              className={classes.moved}
              style={unwell ? { color: STATE_COLOUR[state] } : undefined}
              title={`${moved.worse ? 'worse' : 'not worse'} than in ${against?.name ?? 'the reference'}`}
            >
              {moved.arrow} {quantity(moved.by, unit)}
              {unwell && ' worse'}
            </span>
          </>
        )}
        <br />
        95 % interval {interval(low, high, unit)}, n = {compact(n)}, {duration(window_ms)} to{' '}
        <Moment at={Date.parse(time) + model.bucket_ms} />
        {estimated && <>; what scores promise: {lowered(model.quality_unknown?.sentence ?? 'no labels')}</>}
        {note !== null && (
          <>
            <br />
            <StateMark state="warning" label="Remarkable" word={false} /> {note}{' '}
            <Link {...paths.modelSettings(model.id)}>Settings of the model</Link>
          </>
        )}
      </span>
    </div>
  );
}

/** Why there is none, as the set-up says it. */
function NoHeadline({ model }: { model: Model }) {
  const setup = useQuery(setupQuery(model.id));
  // Before there are predictions labels are not what is missing.
  const lacking = setup.data?.steps.find(
    ({ id, state }) => (id === 'predictions' && state === 'todo') || (id === 'labels' && state !== 'done'),
  );
  const known =
    lacking !== undefined
      ? lacking.sentence
      : (model.quality_unknown?.sentence ?? 'No quality has been told yet.');
  return <p className={classes.headline}>{known}</p>;
}
