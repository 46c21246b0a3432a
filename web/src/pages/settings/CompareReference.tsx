import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { referenceColumnsQuery } from '../../api/queries.ts';
import type { Reference, ReferenceColumn } from '../../api/types.ts';
import { count, percent, plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { columnName } from '../metric.ts';
import classes from './settings.module.css';

/** Which columns a reference and the model have in common. */
export function CompareReference({ model, reference }: { model: string; reference: Reference }) {
  const columns = useQuery(referenceColumnsQuery(model, reference.id));
  return (
    <section className={classes.compare} aria-label={`Columns of ${reference.name}`}>
      <Loaded
        of={columns}
        what="The columns could not be read:"
        height={120}
        skeleton={<TableSkeleton rows={4} height={28} />}
      >
        {({ items }) => (
          <>
            <p>{inCommon(items, reference.name)}</p>
            <PlainTable
              stack
              label={`Columns of ${reference.name}`}
              rows={items}
              rowKey={({ name }) => name}
              columns={[
                {
                  title: 'Column',
                  cell: ({ name, in_model }) =>
                    in_model ? (
                      <Link {...paths.column(model, name, undefined, reference.id)}>{columnName(name)}</Link>
                    ) : (
                      name
                    ),
                },
                { title: 'Compared', cell: comparedOf },
                { title: 'Rows', align: 'right', cell: ({ n }) => count(n) },
                {
                  title: 'Missing',
                  align: 'right',
                  cell: ({ n, missing }) => percent(n === null || missing === null ? null : missing / n),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}

function comparedOf({ in_model, n }: ReferenceColumn): string {
  if (!in_model) return 'no: the model does not have it';
  return n === null ? 'no: the reference does not have it' : 'yes';
}

/** `8 of the model’s 10 columns are in training; 2 of training are not in the model.` */
export function inCommon(items: readonly ReferenceColumn[], name: string): string {
  const own = items.filter(({ in_model }) => in_model);
  const both = own.filter(({ n }) => n !== null).length;
  const others = items.length - own.length;
  const rest = others === 0 ? '' : `; ${others} of ${name} ${others === 1 ? 'is' : 'are'} not in the model`;
  return `${both} of the model’s ${plural(own.length, 'column')} ${both === 1 ? 'is' : 'are'} in ${name}${rest}.`;
}
