import { explanationQuery } from '../../api/queries.ts';
import type { Explanation } from '../../api/types.ts';
import { span } from '../../time/format.ts';
import { useZone } from '../../time/zone.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { QuestionPage, type Told } from '../frame/QuestionPage.tsx';
import classes from './explain.module.css';
import { FeatureTable } from './FeatureTable.tsx';
import { RankingOverTime } from './RankingOverTime.tsx';
import { VersionRankings } from './VersionRankings.tsx';

/** What a model goes by: its features by how far they move its answers, over time and by version. */
export function ExplainPage() {
  return (
    <QuestionPage name="explain" what="The explanation" ask={explanationQuery} nothing={unexplained}>
      {(told) => <Explained {...told} />}
    </QuestionPage>
  );
}

function unexplained({ found: { source, sentence } }: Told<Explanation>) {
  if (source !== null) return null;
  return (
    <Empty title="What the model goes by is not known.">
      {sentence} Send <code>attributions</code> with predictions to see them here.
    </Empty>
  );
}

function Explained({ found: explanation, model, time }: Told<Explanation>) {
  const { source, sentence, features, versions, ranking_path, fitted_at } = explanation;
  return (
    <>
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
    </>
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
