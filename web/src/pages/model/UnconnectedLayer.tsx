import { Section } from '../../charts/Section.tsx';
import { Empty } from '../../ui/Empty.tsx';
import type { State } from '../../ui/state.ts';
import { LAYER_LABEL } from '../fleet/order.ts';

const TEACHES = {
  infrastructure:
    'CPU, memory and restarts of the machines that serve this model belong here. Nothing reports them yet; until then the serving layer below shows what its callers feel.',
  business:
    'What the predictions are worth belongs here: send revenue, cost or complaints per prediction to /api/v1/outcomes with the id of the prediction.',
} as const;

/** A layer that nothing reports to yet says what belongs there. */
export function UnconnectedLayer({ layer, state }: { layer: keyof typeof TEACHES; state: State }) {
  return (
    <Section title={LAYER_LABEL[layer]} state={state}>
      <Empty title="Nothing is connected.">{TEACHES[layer]}</Empty>
    </Section>
  );
}
