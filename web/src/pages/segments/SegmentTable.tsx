import { Link } from '@tanstack/react-router';
import type { Model, ModelSegments } from '../../api/types.ts';
import { count, NOTHING, percent, quantity } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { reasonWords } from '../../ui/reason.ts';
import frame from '../frame/frame.module.css';
import { Figure, Verdict } from '../measured/Measured.tsx';
import { byOf } from '../measured/words.ts';
import type { PageTime } from '../useRange.ts';
import { segmentWhere } from './where.ts';

type Item = ModelSegments['items'][number];

interface Props {
  readonly found: ModelSegments;
  readonly split: ModelSegments['splits'][number];
  readonly items: readonly Item[];
  readonly model: Model;
  readonly time: PageTime;
}

/** Each segment with its traffic, how good it is, what it was, what was lost in it and how far its answers moved. */
export function SegmentTable({ found, split, items, model, time }: Props) {
  const unit = found.metric?.unit ?? '';
  const compared = found.reference?.segmented === true;
  return (
    <PlainTable
      label={`Segments by ${split.columns.map(({ name }) => name).join(' and ')}`}
      rows={items}
      rowKey={({ key }) => key}
      stack
      columns={[
        {
          title: 'Segment',
          value: ({ text }) => text,
          cell: (item) => {
            const where = segmentWhere(item.key, split);
            return where === null ? (
              item.text
            ) : (
              <Link {...paths.predictions(model.id, time.search, where)} title="Its predictions">
                {item.text}
              </Link>
            );
          },
        },
        {
          title: 'Traffic',
          align: 'right',
          value: ({ n }) => n,
          cell: ({ n, share }) => (
            <div>
              {percent(share)}
              <div className={frame.quiet}>n = {count(n)}</div>
            </div>
          ),
        },
        {
          title: found.metric === null ? 'Quality' : found.metric.title,
          align: 'right',
          value: ({ quality }) => quality.value,
          cell: ({ quality }) => <Figure of={quality} unit={unit} />,
        },
        {
          title: 'Beside all',
          value: ({ than_all }) => than_all.value,
          cell: (item) => <Told of={item.verdict} difference={item.than_all} unit={unit} />,
        },
        ...(compared
          ? [
              {
                title: `Since ${found.reference!.name}`,
                value: ({ change }: Item) => change.value,
                cell: (item: Item) => <Told of={item.change_verdict} difference={item.change} unit={unit} />,
              },
              {
                title: 'Of what was lost',
                align: 'right' as const,
                value: ({ lost }: Item) => lost,
                cell: ({ lost }: Item) => (lost === null ? NOTHING : percent(lost)),
              },
              {
                title: 'Drift of its answers',
                align: 'right' as const,
                value: ({ answer_drift }: Item) => answer_drift?.value ?? null,
                cell: (item: Item) => <Drift of={item.answer_drift} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function Told({ of, difference, unit }: { of: Item['verdict']; difference: Item['change']; unit: string }) {
  const told = byOf(difference, unit);
  return (
    <div>
      <Verdict of={of} />
      <div className={frame.quiet}>
        {told === null ? reasonWords(difference.status) : `${told.by} (${told.sure})`}
      </div>
    </div>
  );
}

const MOVED = { as_before: 'as before', small: 'a little', far: 'far' } as const;

function Drift({ of }: { of: Item['answer_drift'] }) {
  if (of === null || of.value === null)
    return <span className={frame.quiet}>{of === null ? NOTHING : reasonWords(of.status)}</span>;
  return (
    <div>
      {quantity(of.value)}
      <div className={frame.quiet}>{of.moved === null ? '' : MOVED[of.moved]}</div>
    </div>
  );
}
