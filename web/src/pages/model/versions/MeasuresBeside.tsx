import type { VersionComparison } from '../../../api/types.ts';
import type { Sides } from '../../../charts/sides.ts';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import frame from '../../frame/frame.module.css';
import { Difference, Figure, Verdict } from '../../measured/Measured.tsx';
import { sentenceCase } from '../../metric.ts';

/** Quality and serving of both versions, what they differ by, and whether that is more than chance. */
export function MeasuresBeside({ found, sides }: { found: VersionComparison; sides: Sides }) {
  const { measures, quality_unknown } = found;
  return (
    <section aria-label="Quality and serving">
      <h3>Quality and serving</h3>
      {quality_unknown !== null && <p className={frame.quiet}>Quality: {quality_unknown.sentence}</p>}
      <PlainTable
        label={`Quality and serving of ${sides.current} beside ${sides.reference}`}
        rows={measures}
        rowKey={({ id }) => id}
        stack
        columns={[
          { title: 'Measure', cell: ({ title }) => sentenceCase(title) },
          {
            title: sentenceCase(sides.current),
            align: 'right',
            cell: ({ version, unit }) => <Figure of={version} unit={unit} />,
          },
          {
            title: sentenceCase(sides.reference),
            align: 'right',
            cell: ({ baseline, unit }) => <Figure of={baseline} unit={unit} />,
          },
          {
            title: 'Difference, 95 % interval',
            align: 'right',
            cell: ({ difference, unit }) => <Difference of={difference} unit={unit} />,
          },
          { title: 'Verdict', cell: ({ verdict }) => <Verdict of={verdict} /> },
        ]}
      />
    </section>
  );
}
