import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { fairnessQuery, modelQuery } from '../../api/queries.ts';
import type { Model, ModelFairness } from '../../api/types.ts';
import { Intervals } from '../../charts/Intervals.tsx';
import { interval, percent } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { span } from '../../time/format.ts';
import { useZone } from '../../time/zone.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { ModelHeader } from '../ModelHeader.tsx';
import classes from '../segments/segments.module.css';
import { type PageTime, usePageTime } from '../useRange.ts';
import { GroupTable } from './GroupTable.tsx';
import { MeasureTable } from './MeasureTable.tsx';

const page = getRouteApi('/shell/models/$model/fairness');

type Attribute = ModelFairness['attributes'][number];

/** Does the model treat the groups of its protected attributes alike. */
export function FairnessPage() {
  const { model: id } = page.useParams();
  const model = useQuery(modelQuery(id));
  const time = usePageTime();
  return (
    <Loaded of={model} what={`The model ${id} could not be read:`} height={600}>
      {(found) => (time === null ? null : <FairnessOf model={found} time={time} />)}
    </Loaded>
  );
}

function FairnessOf({ model, time }: { model: Model; time: PageTime }) {
  const found = useQuery(fairnessQuery(model.id, time.range));
  return (
    <>
      <ModelHeader model={model} time={time.search} child="fairness" />
      <Loaded
        of={found}
        what="Fairness could not be read:"
        height={400}
        skeleton={<TableSkeleton rows={10} height={36} />}
      >
        {(fairness) => <Told found={fairness} model={model} />}
      </Loaded>
    </>
  );
}

const UNKNOWN: Record<string, string> = {
  no_protected_attributes:
    'Name the features or tags in which people must not be treated differently: protected attributes.',
  needs_two_classes: 'It is told of models that answer with one of two classes.',
  positive_class_unknown: 'Which of the two classes is the positive one is not known yet: set it.',
};

function Told({ found, model }: { found: ModelFairness; model: Model }) {
  const zone = useZone();
  const dates = span({ from: Date.parse(found.from), to: Date.parse(found.to) }, zone);
  const settings = <Link {...paths.modelSettings(model.id)}>Settings of the model</Link>;
  if (found.unknown !== null)
    return (
      <Empty title="Fairness is not known.">
        {UNKNOWN[found.unknown]} {settings}
      </Empty>
    );
  const groups = found.attributes.flatMap((attribute) => attribute.groups);
  if (groups.length === 0)
    return <Empty title={`No predictions of any group ${dates}.`}>Choose a longer time range.</Empty>;
  return (
    <div className={classes.page}>
      <p>
        {dates}. The positive answer is <b>{found.positive}</b>. Groups of fewer than {found.minimum} are
        shown and not judged; intervals are of 95 %.
      </p>
      {found.attributes.map((attribute) => (
        <AttributeSection key={attribute.name} of={attribute} />
      ))}
    </div>
  );
}

function AttributeSection({ of: { name, groups, measures } }: { of: Attribute }) {
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
      />
      <MeasureTable measures={measures} name={name} />
      <GroupTable groups={groups} name={name} />
    </section>
  );
}
