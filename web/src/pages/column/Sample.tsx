import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sampleQuery } from '../../api/queries.ts';
import type { Model } from '../../api/types.ts';
import { digits, NOTHING } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { columnName } from '../metric.ts';
import { featureOf, labelText, valueText } from '../predictions/values.ts';
import type { PageTime } from '../useRange.ts';

const ROWS = 8;

/** A few records of the range with this column's value, and the way to all of them. */
export function Sample({ model, column, time }: { model: Model; column: string; time: PageTime }) {
  const sample = useQuery(sampleQuery(model.id, time.range, {}, ROWS));
  return (
    <Panel
      title={`The newest ${ROWS} records of this range`}
      actions={<Link {...paths.predictions(model.id, time.search)}>All records of this range</Link>}
    >
      <Loaded of={sample} what="The records could not be read:" height={240}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No records in this range." />
          ) : (
            <PlainTable
              label="Sample of records"
              rows={items}
              rowKey={(record) => record.id}
              stack
              columns={[
                { title: 'Time', cell: (record) => <Moment at={record.time} /> },
                {
                  title: 'Prediction',
                  cell: (record) => <Link {...paths.prediction(model.id, record.id)}>{record.id}</Link>,
                },
                ...(column.startsWith('_')
                  ? []
                  : [
                      {
                        title: columnName(column),
                        align: 'right' as const,
                        cell: (record: (typeof items)[number]) => valueText(featureOf(record, column)),
                      },
                    ]),
                { title: 'Predicted', align: 'right', cell: (record) => valueText(record.prediction) },
                ...(items.every(({ score }) => score === null)
                  ? []
                  : [
                      {
                        title: 'Score',
                        align: 'right' as const,
                        cell: ({ score }: (typeof items)[number]) =>
                          score === null ? NOTHING : digits(score),
                      },
                    ]),
                { title: 'Label', align: 'right', cell: (record) => labelText(record.label) },
                ...(model.versions.length < 2
                  ? []
                  : [{ title: 'Version', cell: ({ version }: (typeof items)[number]) => version }]),
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
