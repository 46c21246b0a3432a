import { Choice } from '../../ui/Choice.tsx';
import { STATE_WORD, STATES, type State } from '../../ui/state.ts';

interface Props {
  readonly state: string | undefined;
  readonly onChange: (state: State | undefined) => void;
}

/** Which models are shown, by their worst state. */
export function StateSelect({ state, onChange }: Props) {
  return (
    <Choice
      aria-label="Worst state"
      placeholder="Any state"
      clearable
      value={state ?? null}
      onChange={(next) => onChange((next ?? undefined) as State | undefined)}
      data={STATES.map((one) => ({ value: one, label: STATE_WORD[one] }))}
      w={160}
    />
  );
}
