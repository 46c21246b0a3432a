import type { ModelFairness } from '../../api/types.ts';
import { count } from '../../number/format.ts';
import { PlainTable, type TableColumn } from '../../ui/PlainTable.tsx';
import frame from '../frame/frame.module.css';
import { Figure } from '../measured/Measured.tsx';

type Group = ModelFairness['attributes'][number]['groups'][number];
type Rate = 'selection' | 'true_positive' | 'false_positive' | 'false_negative' | 'precision' | 'calibration';

const RATES: readonly (readonly [Rate, string, string])[] = [
  ['selection', 'Given the positive answer', 'share'],
  ['true_positive', 'True positive rate', 'share'],
  ['false_positive', 'False positive rate', 'share'],
  ['false_negative', 'False negative rate', 'share'],
  ['precision', 'Precision', 'share'],
  ['calibration', 'Scored too high by', ''],
];

/** What happens to the members of each group. */
export function GroupTable({ groups, name }: { groups: readonly Group[]; name: string }) {
  const rate = ([id, title, unit]: (typeof RATES)[number]): TableColumn<Group> => ({
    title,
    align: 'right',
    value: (group) => group[id].value,
    cell: (group) => <Figure of={group[id]} unit={unit} />,
  });
  return (
    <PlainTable
      label={`Groups by ${name}`}
      rows={groups}
      rowKey={({ key }) => key}
      stack
      columns={[
        {
          title: 'Group',
          value: ({ text }) => text,
          cell: ({ text, too_small, n, labelled }) => (
            <div>
              {text}
              <div className={frame.quiet}>
                n = {count(n)}, {count(labelled)} labelled{too_small ? ': too few to judge' : ''}
              </div>
            </div>
          ),
        },
        ...RATES.filter(([id]) => groups.some((group) => group[id].value !== null)).map(rate),
      ]}
    />
  );
}
