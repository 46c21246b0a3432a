import { Button } from '@mantine/core';
import type { RejectFilter } from '../../api/queries.ts';
import type { RejectGroup } from '../../api/types.ts';
import { count } from '../../number/format.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { words } from '../metric.ts';

interface Props {
  readonly groups: readonly RejectGroup[];
  readonly chosen: RejectFilter;
  readonly choose: (filter: RejectFilter) => void;
}

/** Reasons, those with most events first: two thousand refused events are seldom two thousand faults. */
export function RejectGroups({ groups, chosen, choose }: Props) {
  const isChosen = ({ kind, model, code }: RejectGroup) =>
    chosen.kind === kind && chosen.model === model && chosen.code === code;
  return (
    <PlainTable
      stack
      label="Reasons"
      rows={groups}
      rowKey={({ kind, model, code }) => `${kind} ${model} ${code}`}
      columns={[
        { title: 'Reason', cell: ({ code }) => <strong>{words(code)}</strong> },
        { title: 'Model', cell: ({ model }) => model || 'none named' },
        { title: 'Kind', cell: ({ kind }) => kind },
        { title: 'Events', align: 'right', cell: ({ n }) => count(n) },
        { title: 'Not sent again', align: 'right', cell: ({ waiting }) => count(waiting) },
        { title: 'First', cell: ({ first }) => <Moment at={first} /> },
        { title: 'Last', cell: ({ last }) => <Moment at={last} /> },
        { title: 'The newest', cell: ({ message }) => message },
        {
          title: <Hidden>Choose</Hidden>,
          align: 'right',
          cell: (group) => (
            <Button
              variant="default"
              size="compact-xs"
              aria-pressed={isChosen(group)}
              onClick={() =>
                choose(isChosen(group) ? {} : { kind: group.kind, model: group.model, code: group.code })
              }
            >
              {isChosen(group) ? 'Show all' : 'Only these'}
            </Button>
          ),
        },
      ]}
    />
  );
}
