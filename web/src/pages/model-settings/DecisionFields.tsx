import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { CAUSE_KINDS } from '../../../../contract/cause-kinds.ts';
import type { DecisionTrees } from '../../../../contract/decision-tree.ts';
import { Choice } from '../../ui/Choice.tsx';
import { words } from '../metric.ts';

interface Props {
  readonly trees: DecisionTrees | null;
  readonly disabled: boolean;
  readonly set: (trees: DecisionTrees | null) => void;
}

type Of = keyof DecisionTrees;

/** A tree for each cause, as text: a line for each step, what follows from it two blanks further in. */
export function DecisionFields({ trees, disabled, set }: Props) {
  const written = Object.keys(trees ?? {}) as Of[];
  const [of, setOf] = useState<Of>(written[0] ?? 'any');
  const change = (text: string) => {
    const { [of]: _, ...rest } = trees ?? {};
    const next = text.trim() === '' ? rest : { ...rest, [of]: text };
    set(Object.keys(next).length === 0 ? null : next);
  };
  const option = (kind: Of) => ({
    value: kind,
    label: `${kind === 'any' ? 'any cause' : words(kind)}${written.includes(kind) ? ' ✓' : ''}`,
  });
  return (
    <>
      <Choice
        aria-label="Decision tree for"
        maw={320}
        mb={8}
        allowDeselect={false}
        data={(['any', ...CAUSE_KINDS] as Of[]).map(option)}
        value={of}
        onChange={(kind) => setOf((kind ?? 'any') as Of)}
      />
      <Textarea
        aria-label={`Steps for ${of === 'any' ? 'any cause' : words(of)}`}
        autosize
        minRows={4}
        maxRows={16}
        disabled={disabled}
        placeholder={
          'Is the nightly load late?\n  yes: Restart it\n  no: Did the schema change?\n    yes: Tell the data engineer'
        }
        value={trees?.[of] ?? ''}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </>
  );
}
