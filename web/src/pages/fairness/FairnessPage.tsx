import { Link } from '@tanstack/react-router';
import { fairnessQuery } from '../../api/queries.ts';
import type { ModelFairness } from '../../api/types.ts';
import { Intervals } from '../../charts/Intervals.tsx';
import { interval, percent } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/Empty.tsx';
import { QuestionPage, type Told } from '../frame/QuestionPage.tsx';
import type { PageTime } from '../useRange.ts';
import { Course } from './Course.tsx';
import { GroupTable } from './GroupTable.tsx';
import { MeasureTable } from './MeasureTable.tsx';

type Attribute = ModelFairness['attributes'][number];

/** Does the model treat the groups of its protected attributes alike. */
export function FairnessPage() {
  return (
    <QuestionPage name="fairness" what="Fairness" ask={fairnessQuery} nothing={unknown}>
      {({ found, model, time, dates }) => (
        <>
          <p>
            {dates}. The positive answer is <b>{found.positive}</b>. Groups of fewer than {found.minimum} are
            shown and not judged; intervals are of 95 %.
          </p>
          {found.attributes.map((attribute) => (
            <AttributeSection key={attribute.name} of={attribute} model={model.id} time={time} />
          ))}
        </>
      )}
    </QuestionPage>
  );
}

const UNKNOWN: Record<string, string> = {
  no_protected_attributes:
    'Name the features or tags in which people must not be treated differently: protected attributes.',
  needs_two_classes: 'It is told of models that answer with one of two classes.',
  positive_class_unknown: 'Which of the two classes is the positive one is not known yet: set it.',
};

function unknown({ found, model, dates }: Told<ModelFairness>) {
  if (found.unknown !== null)
    return (
      <Empty title="Fairness is not known.">
        {UNKNOWN[found.unknown]} <Link {...paths.modelSettings(model.id)}>Settings of the model</Link>
      </Empty>
    );
  if (found.attributes.some(({ groups }) => groups.length > 0)) return null;
  return <Empty title={`No predictions of any group ${dates}.`}>Choose a longer time range.</Empty>;
}

function AttributeSection({
  of: { name, groups, measures },
  model,
  time,
}: {
  of: Attribute;
  model: string;
  time: PageTime;
}) {
  const lowest = measures.find(({ id }) => id === 'disparate_impact')?.lowest;
  return (
    <section aria-label={name}>
      <h2>By {name}</h2>
      <Intervals
        title={`Share given the positive answer by ${name}, 95 % intervals`}
        rows={groups.map(({ key, text, selection, too_small }) => ({
          ...{ key, label: text, off: text === lowest },
          ...{ value: selection.value, low: selection.low, high: selection.high },
          text: `${percent(selection.value)} (${interval(selection.low, selection.high, 'share')})${too_small ? ', too few' : ''}`,
        }))}
        mark={null}
        axis={percent}
        off="given it least often"
      />
      <Course model={model} attribute={name} time={time} />
      <MeasureTable measures={measures} name={name} />
      <GroupTable groups={groups} name={name} />
    </section>
  );
}
