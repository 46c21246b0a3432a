import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { linkTimes } from '../../../../contract/link-template.ts';
import { PRIORITY_MEANS } from '../../../../contract/priority-means.ts';
import { incidentQuery, modelQuery, postmortemOf } from '../../api/queries.ts';
import type { IncidentDetail } from '../../api/types.ts';
import { useSettled } from '../../api/useSettled.ts';
import { plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Boundary } from '../../ui/Boundary.tsx';
import { useRoom } from '../../ui/Cards.tsx';
import { Fact, Facts } from '../../ui/Facts.tsx';
import { InOrder, type Part } from '../../ui/InOrder.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { later } from '../../ui/later.ts';
import { Ago, Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Priority } from '../../ui/Priority.tsx';
import { ChartRowsSkeleton, IncidentSkeleton } from '../../ui/Skeletons.tsx';
import { isQuality, useKinds } from '../kinds.ts';
import { LinksOut } from '../links/LinksOut.tsx';
import { words } from '../metric.ts';
import { Due } from '../on-call/Due.tsx';
import { ChangeParts } from '../quality/ChangeParts.tsx';
import { extentOf } from '../useRange.ts';
import { Alerts } from './Alerts.tsx';
import { Answers, answersQuestions } from './Answers.tsx';
import { Causes, causesQuestions, EvidenceChart, evidenceQuestions } from './Causes.tsx';
import { Decisions } from './Decisions.tsx';
import { IncidentActions } from './IncidentActions.tsx';
import classes from './incident.module.css';
import { Runbooks } from './Runbooks.tsx';
import { Similar } from './Similar.tsx';
import { affectedRange, because, harmOf, lasted, rangeOf } from './story.ts';
import { Timeline } from './Timeline.tsx';

const OfIncident = later(async () => (await import('../actions/OfIncident.tsx')).OfIncident);
const WaitsForYes = later(async () => (await import('../actions/WaitsForYes.tsx')).WaitsForYes);

const page = getRouteApi('/shell/incidents/$id');

/** What happened, why we think so, and what to do. */
export function IncidentPage() {
  const { id } = page.useParams();
  const incident = useQuery(incidentQuery(id));
  return (
    <Loaded
      of={incident}
      what="This incident could not be read:"
      height={600}
      skeleton={<IncidentSkeleton />}
    >
      {(found) => <Story incident={found} />}
    </Loaded>
  );
}

function Story({ incident }: { incident: IncidentDetail }) {
  const kinds = useKinds();
  // Of Tiltmeter itself there is no model.
  const model = useQuery({ ...modelQuery(incident.model), enabled: incident.model !== '' });
  const extent = extentOf(model.data);
  const range = rangeOf(incident, extent);
  const harm = harmOf(incident.alerts, kinds);
  const room = useRoom(1101);
  // The evidence is drawn over the model's own buckets, so it waits for them.
  const known = incident.model === '' || !model.isPending;
  const hurt = harm === undefined || !known ? [] : evidenceQuestions(harm, range);
  const answered =
    model.data !== undefined && harm !== undefined && isQuality(kinds, harm) ? model.data : null;
  const impacted = useSettled([...hurt, ...(answered === null ? [] : answersQuestions(answered, incident))]);
  const explained = useSettled(known ? causesQuestions(incident, range, kinds) : []);
  const parts: Part[] = [
    {
      key: 'impact',
      ready: known && impacted,
      shown: harm !== undefined && (
        <Panel
          title="Impact"
          note={`${kinds.name(harm.kind)} of ${incident.model_names[incident.models.indexOf(harm.model)]}`}
        >
          <Boundary what="The impact could not be drawn:">
            <EvidenceChart alert={harm} incident={incident} range={range} extent={extent} />
          </Boundary>
          {answered !== null && <Answers model={answered} incident={incident} />}
          {incident.slices.map(({ model: id, items: [worst, ...others] }) => (
            <p key={id}>
              Lost most{incident.models.length > 1 ? ` of ${id}` : ''} where {worst!.sentence}
              {others.length > 0 ? `, and in ${others.length} more` : ''}.{' '}
              <Link {...paths.segments(id, range)}>Segments and slices</Link>
            </p>
          ))}
          {incident.quality_changes.map(({ model: id, change }) => (
            <ChangeParts key={id} change={change} />
          ))}
        </Panel>
      ),
    },
    {
      key: 'causes',
      ready: known && explained,
      shown: (
        <Panel title="Likely causes" note="each with its own confidence">
          <Causes incident={incident} range={range} extent={extent} />
        </Panel>
      ),
    },
    { key: 'alerts', ready: true, shown: <Alerts incident={incident} range={range} /> },
  ];
  return (
    <article className={classes.page}>
      <header className={classes.head} data-status={incident.status} data-level={incident.priority}>
        <p className={classes.line}>
          <Priority level={incident.priority} />
          <span>
            {incident.status}
            {incident.withdrawn && ', withdrawn: what is known now does not bear it out'}
            {incident.verdict !== null && `, verdict: ${words(incident.verdict)}`}
            {incident.found !== null && `, found: ${words(incident.found)}`}
            {incident.snoozed !== null && ', snoozed'}
            {incident.merged_into !== null && (
              <>
                , merged into <Link {...paths.incident(incident.merged_into)}>another incident</Link>
              </>
            )}
          </span>
          {incident.models.map((id, i) => (
            <Link key={id} {...paths.model(id, range)}>
              {incident.model_names[i]}
            </Link>
          ))}
          {incident.models.length > 1 && <Link {...paths.lineage(incident.model)}>lineage</Link>}
        </p>
        <h1>{incident.title}</h1>
        <Facts>
          <Fact name="Since">
            <Moment at={incident.started_at} />, <Until incident={incident} />
          </Fact>
          <Fact name="Priority">
            {incident.priority}: {PRIORITY_MEANS[incident.priority]} <Due incident={incident} />
          </Fact>
          {incident.alerts.length > 0 && <Fact name="Because">{because(incident.alerts, kinds)}</Fact>}
          {incident.model !== '' && (
            <Fact name="Affected">
              <Link {...paths.predictions(incident.model, affectedRange(incident))}>
                {plural(incident.affected_predictions, 'prediction')}
              </Link>
            </Fact>
          )}
          {incident.losses.map(({ model, sentence }) => (
            <Fact
              key={model}
              name={incident.models.length > 1 ? `Costs of ${nameOf(incident, model)}` : 'Costs'}
            >
              {sentence}
            </Fact>
          ))}
          <Fact name="Noticed">
            <Ago at={incident.opened_at} />
            {incident.acknowledged_at !== null && (
              <>
                , acknowledged <Ago at={incident.acknowledged_at} /> by {incident.acknowledged_by}
              </>
            )}
          </Fact>
          <LinksOut
            place="incident"
            values={{
              incident: incident.id,
              model: incident.model,
              version: model.data?.versions[0] ?? null,
              ...linkTimes(range.from, range.to),
            }}
            as={(links) => <Fact name="Open in">{links}</Fact>}
          />
          <Fact name="Assigned to">{incident.assignee ?? 'nobody yet'}</Fact>
        </Facts>
        {incident.ended !== null && <p className={classes.line}>{incident.ended.sentence}</p>}
        {incident.timeline.some(({ kind }) => kind === 'action') && (
          <Suspense>
            <WaitsForYes incident={incident.id} />
          </Suspense>
        )}
        <Runbooks of={incident.runbooks} />
        <Decisions incident={incident} />
        <IncidentActions incident={incident} />
      </header>
      <div className={classes.columns}>
        <div className={classes.main}>
          <InOrder parts={parts} rest={<ChartRowsSkeleton charts={3} />} />
        </div>
        {/* Under the causes it comes when they are there. */}
        {(room || parts.every(({ ready }) => ready)) && (
          <aside className={classes.aside}>
            {incident.model !== '' && (
              <div id="actions" className={classes.done}>
                <Suspense>
                  <OfIncident incident={incident} />
                </Suspense>
              </div>
            )}
            <Panel title="Similar incidents" note="of the past, and what was said of them">
              <Similar id={incident.id} />
            </Panel>
            <Panel
              title="What happened"
              actions={
                <a href={postmortemOf(incident.id)} download={`incident-${incident.id}.md`}>
                  Post-mortem (Markdown)
                </a>
              }
            >
              <Timeline events={incident.timeline} />
            </Panel>
          </aside>
        )}
      </div>
    </article>
  );
}

/** How long it lasted. Who resolves an incident does not end what goes on. */
function Until({ incident }: { incident: IncidentDetail }) {
  if (incident.status !== 'resolved') return 'still going';
  if (incident.going_to === null) return `over after ${lasted(incident)}`;
  return (
    <>
      still going after {lasted(incident)} when {incident.resolved_by ?? 'somebody'} resolved it by hand
      {incident.resolved_at !== null && (
        <>
          , <Ago at={incident.resolved_at} />
        </>
      )}
    </>
  );
}

function nameOf({ models, model_names }: IncidentDetail, model: string): string {
  return model_names[models.indexOf(model)] ?? model;
}
