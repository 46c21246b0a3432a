import type { DrillDetail } from '../../../api/types.ts';
import { percent } from '../../../number/format.ts';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { StateMark } from '../../../ui/StateMark.tsx';
import frame from '../../frame/frame.module.css';
import { words } from '../../metric.ts';

type Outcome = DrillDetail['outcomes'][number];

/** What was planted and what was told of it, one replay a row; what was missed first. */
export function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  const rows = [...outcomes].sort((a, b) => (b.place ?? 100) - (a.place ?? 100));
  return (
    <PlainTable
      label="Every planted fault"
      rows={rows}
      rowKey={(_, index) => index}
      stack
      columns={[
        {
          title: 'Fault',
          value: ({ fault }) => fault ?? '',
          cell: ({ fault, strength }) => `${words(fault ?? '')} ${strength}`,
        },
        {
          title: 'In',
          cell: ({ columns }) => (columns.length === 0 ? 'the whole model' : columns.join(', ')),
        },
        {
          title: 'Shape',
          value: ({ shape }) => shape,
          cell: ({ shape, innocent }) => (innocent ? `${shape}, a deployment beside it` : shape),
        },
        {
          title: 'Found after',
          align: 'right',
          value: ({ delay }) => delay,
          cell: ({ found, delay }) => (found ? `${delay ?? '–'} h` : 'not found'),
        },
        { title: 'Told', cell: (outcome) => <Told outcome={outcome} /> },
      ]}
    />
  );
}

function Told({ outcome: { causes, place, found } }: { outcome: Outcome }) {
  const named = causes.slice(0, 3).map(({ kind, confidence }) => `${words(kind)} ${percent(confidence)}`);
  return (
    <span className={frame.verdict}>
      <StateMark state={place === 1 ? 'ok' : 'warning'} word={false} />{' '}
      {place === 1 ? 'right: ' : found ? 'not first: ' : ''}
      {named.join(', ') || 'no cause'}
    </span>
  );
}
