import { useQuery } from '@tanstack/react-query';
import { agreementQuery } from '../../api/queries.ts';
import type { Model, ReviewerAgreement } from '../../api/types.ts';
import { count, percent } from '../../number/format.ts';
import { span } from '../../time/format.ts';
import { useZone } from '../../time/zone.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { Figure } from '../measured/Measured.tsx';

/** Whether those who answer say the same, of the last 90 days. */
export function Agreement({ model }: { model: Model }) {
  const agreement = useQuery(agreementQuery(model.id));
  const zone = useZone();
  const dates =
    agreement.data === undefined
      ? 'the last 90 days'
      : span({ from: Date.parse(agreement.data.from), to: Date.parse(agreement.data.to) }, zone);
  return (
    <Panel title="Whether reviewers agree" note={`labels of people, ${dates}`}>
      <Loaded of={agreement} what="How far they agree could not be read:" height={60}>
        {(found) => <Told agreement={found} />}
      </Loaded>
    </Panel>
  );
}

function Told({ agreement: { sentence, pairs, reviewers } }: { agreement: ReviewerAgreement }) {
  return (
    <>
      <p>
        {sentence}
        {reviewers.length > 0 && pairs.length === 0 && (
          <> {reviewers.map(({ name, n }) => `${name}: ${count(n)}`).join(', ')}.</>
        )}
      </p>
      {pairs.length > 0 && (
        <PlainTable
          label="Agreement of each two reviewers"
          rows={pairs}
          rowKey={({ first, second }) => JSON.stringify([first, second])}
          stack
          columns={[
            { title: 'Reviewers', cell: ({ first, second }) => `${first} and ${second}` },
            {
              title: "Cohen's kappa, 95 %",
              align: 'right',
              value: ({ kappa }) => kappa.value,
              cell: ({ kappa }) => <Figure of={kappa} />,
            },
            {
              title: 'Alike',
              align: 'right',
              value: ({ alike }) => alike,
              cell: ({ alike }) => percent(alike),
            },
            { title: 'By chance', align: 'right', cell: ({ by_chance }) => percent(by_chance) },
          ]}
        />
      )}
    </>
  );
}
