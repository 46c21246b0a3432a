import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { explanationQuery, modelQuery } from '../../api/queries.ts';
import type { Explanation, Model } from '../../api/types.ts';
import { span } from '../../time/format.ts';
import { useZone } from '../../time/zone.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { ModelHeader } from '../ModelHeader.tsx';
import { type PageTime, usePageTime } from '../useRange.ts';
import classes from './explain.module.css';
import { FeatureTable } from './FeatureTable.tsx';
import { RankingOverTime } from './RankingOverTime.tsx';
import { VersionRankings } from './VersionRankings.tsx';

const page = getRouteApi('/shell/models/$model/explain');

/** What a model goes by: its features by how far they move its answers, over time and by version. */
export function ExplainPage() {
  const { model: id } = page.useParams();
  const model = useQuery(modelQuery(id));
  const time = usePageTime();
  return (
    <Loaded of={model} what={`The model ${id} could not be read:`} height={600}>
      {(found) => (time === null ? null : <ExplainOf model={found} time={time} />)}
    </Loaded>
  );
}

function ExplainOf({ model, time }: { model: Model; time: PageTime }) {
  const found = useQuery(explanationQuery(model.id, time.range));
  return (
    <>
      <ModelHeader model={model} time={time.search} child="explain" />
      <Loaded
        of={found}
        what="The explanation could not be read:"
        height={400}
        skeleton={<TableSkeleton rows={10} height={28} />}
      >
        {(explanation) => <Told explanation={explanation} model={model} time={time} />}
      </Loaded>
    </>
  );
}

function Told({ explanation, model, time }: { explanation: Explanation; model: Model; time: PageTime }) {
  const { source, sentence, features, versions, ranking_path, fitted_at } = explanation;
  if (source === null)
    return (
      <Empty title="What the model goes by is not known.">
        {sentence} Send <code>attributions</code> with predictions to see them here.
      </Empty>
    );
  return (
    <div className={classes.page}>
      <p>
        {sentence}
        {fitted_at !== null && (
          <>
            {' '}
            Fitted <Moment at={fitted_at} />.
          </>
        )}
      </p>
      <Ranking explanation={explanation} />
      <FeatureTable features={features} model={model} time={time} sent={source === 'sent'} />
      {ranking_path.length > 1 && <RankingOverTime explanation={explanation} model={model} time={time} />}
      {versions.length > 1 && <VersionRankings versions={versions} features={features} />}
    </div>
  );
}

/** Whether the order of the features is that of the time before. */
function Ranking({ explanation: { ranking, from, to } }: { explanation: Explanation }) {
  const zone = useZone();
  if (ranking === null) return null;
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const moved = ranking.value < ranking.threshold;
  const before = span({ from: begin - (end - begin), to: begin }, zone);
  return (
    <p className={classes.ranking}>
      <StateMark state={moved ? 'warning' : 'ok'} word={false} />{' '}
      {moved ? 'Its features weigh otherwise than' : 'Its features rank as'} {before}: nDCG{' '}
      {ranking.value.toFixed(3)}, {moved ? 'under' : 'not under'} {ranking.threshold}.
    </p>
  );
}
