import { useQuery } from '@tanstack/react-query';
import { auditSampleQuery } from '../../api/queries.ts';
import type { AuditSample, Model } from '../../api/types.ts';
import { count, percent } from '../../number/format.ts';
import { span } from '../../time/format.ts';
import { useZone } from '../../time/zone.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';

/** How many of all predictions were right by the random sample, of the last 90 days. */
export function AuditEstimate({ model }: { model: Model }) {
  const sample = useQuery(auditSampleQuery(model.id));
  const zone = useZone();
  const dates =
    sample.data === undefined
      ? 'the last 90 days'
      : span({ from: Date.parse(sample.data.from), to: Date.parse(sample.data.to) }, zone);
  return (
    <Panel title="How many are right" note={`by the random sample, ${dates}`}>
      <Loaded of={sample} what="What the random sample tells could not be read:" height={60}>
        {(found) => <Told sample={found} />}
      </Loaded>
    </Panel>
  );
}

function Told({ sample: { sentence, strata, unweighted, accuracy } }: { sample: AuditSample }) {
  return (
    <>
      <p>
        {sentence}
        {accuracy.value !== null && unweighted !== null && (
          <> Of the answers themselves, each counted alike: {percent(unweighted)}.</>
        )}
      </p>
      {strata.length > 0 && (
        <PlainTable
          label="The random sample by predicted class"
          rows={strata}
          rowKey={({ stratum }) => stratum}
          stack
          columns={[
            { title: 'Predicted', value: ({ stratum }) => stratum, cell: ({ stratum }) => stratum || '–' },
            {
              title: 'Predictions it stands for',
              align: 'right',
              value: ({ predictions }) => predictions,
              cell: ({ predictions }) => count(predictions),
            },
            {
              title: 'Answered',
              align: 'right',
              value: ({ answered }) => answered,
              cell: ({ answered }) => count(answered),
            },
            {
              title: 'Right',
              align: 'right',
              value: ({ answered, right }) => (answered === 0 ? null : right / answered),
              cell: ({ answered, right }) => (answered === 0 ? '–' : `${right} of ${answered}`),
            },
          ]}
        />
      )}
    </>
  );
}
