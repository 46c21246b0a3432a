import { getRouteApi, Link } from '@tanstack/react-router';
import type { Model } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/Empty.tsx';
import { ColumnSkeleton } from '../../ui/Skeletons.tsx';
import { ModelStack } from '../frame/ModelStack.tsx';
import { OfModel } from '../frame/OfModel.tsx';
import { ModelHeader } from '../ModelHeader.tsx';
import { columnName } from '../metric.ts';
import type { PageTime } from '../useRange.ts';
import { ColumnTime } from './ColumnTime.tsx';
import classes from './column.module.css';
import { DistributionPanel } from './DistributionPanel.tsx';
import { neighboursOf } from './neighbours.ts';
import { Sample } from './Sample.tsx';

const page = getRouteApi('/shell/models/$model/columns/$column');

/** What is different about this column, since when, and in which records. */
export function ColumnPage() {
  return (
    <OfModel skeleton={<ColumnSkeleton />}>{(model, time) => <ColumnOf model={model} time={time} />}</OfModel>
  );
}

/** Columns that are made, such as `_score|yes`, are not listed. */
function hasColumn(model: Model, column: string): boolean {
  return column.startsWith('_') || model.columns.some(({ name }) => name === column);
}

function ColumnOf({ model, time }: { model: Model; time: PageTime }) {
  const { column } = page.useParams();
  const { reference, version } = page.useSearch();
  if (!hasColumn(model, column)) {
    return (
      <>
        <ModelHeader model={model} time={time.search} child={column} />
        <Empty title={`${model.name} has no column ${column}.`}>
          A column is there from its first value on; the{' '}
          <Link {...paths.model(model.id, time.search)}>overview</Link> lists those that are.
        </Empty>
      </>
    );
  }
  return (
    <>
      <ModelHeader model={model} time={time.search} child={columnName(column)} />
      <Neighbours model={model} column={column} time={time} />
      <div className={classes.page}>
        <DistributionPanel
          model={model}
          column={column}
          range={time.range}
          against={{ reference, version }}
        />
        <section aria-label={`${columnName(column)} over time`}>
          <ModelStack model={model.id} time={time}>
            <ColumnTime model={model} column={column} range={time.range} version={version} />
          </ModelStack>
        </section>
        <Sample model={model} column={column} time={time} />
      </div>
    </>
  );
}

/** The other columns, one step away. */
function Neighbours({ model, column, time }: { model: Model; column: string; time: PageTime }) {
  const near = neighboursOf(model.columns, column);
  if (near === null) return null;
  const { before, after, place, of } = near;
  return (
    <nav aria-label="Other columns" className={classes.neighbours}>
      <Link {...paths.column(model.id, before, time.search)}>← {columnName(before)}</Link>
      <span>{place === null ? 'not compared by its values' : `column ${place} of ${of}`}</span>
      <Link {...paths.column(model.id, after, time.search)}>{columnName(after)} →</Link>
    </nav>
  );
}
