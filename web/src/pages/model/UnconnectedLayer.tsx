import { Section } from '../../charts/Section.tsx';
import type { State } from '../../ui/state.ts';
import { LAYER_LABEL } from '../fleet/order.ts';

const TEACHES = {
  infrastructure:
    'Nothing is connected. CPU, memory and restarts of the machines that serve this model belong here.',
  business: 'Nothing is connected. Send what a prediction was worth to /api/v1/outcomes with its id.',
} as const;

/** A layer that nothing reports to yet says what belongs there. */
export function UnconnectedLayer({ layer, state }: { layer: keyof typeof TEACHES; state: State }) {
  return <Section title={LAYER_LABEL[layer]} state={state} note={TEACHES[layer]} />;
}
