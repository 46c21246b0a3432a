import { MultiSelect, NumberInput, Select, TagsInput } from '@mantine/core';
import { CAUSE_KINDS } from '../../../../../contract/cause-kinds.ts';
import { words } from '../../metric.ts';
import { OnlyFields } from '../channels/OnlyFields.tsx';
import { type Terms, USUAL } from './terms.ts';

const ON = [
  { value: 'incident', label: 'when an incident goes on' },
  { value: 'promote', label: 'when a version is found better' },
  { value: 'stop', label: 'when a version is found worse' },
  { value: 'hand', label: 'only when somebody asks' },
] as const;

const BEFORE = [
  { value: 'yes', label: 'somebody says yes' },
  { value: 'none', label: 'nobody is asked' },
];

interface Props {
  readonly terms: Terms;
  readonly change: (terms: Terms) => void;
}

/** When an action is due, how often, and who is asked. */
export function TermsFields({ terms, change }: Props) {
  const { when, cooldown_minutes, per_day } = terms;
  const set = (part: Partial<Terms['when']>) => change({ ...terms, when: { ...when, ...part } });
  return (
    <>
      <Select
        label="Is due"
        data={[...ON]}
        value={when.on}
        onChange={(on) => set({ on: (on ?? 'incident') as Terms['when']['on'] })}
        allowDeselect={false}
        w={240}
      />
      {when.on === 'incident' && (
        <>
          <NumberInput
            label="After minutes"
            min={0}
            max={43_200}
            value={when.after_minutes}
            onChange={(value) => set({ after_minutes: Number(value) || 0 })}
            w={110}
          />
          <OnlyFields only={when} change={set} />
          <MultiSelect
            label="Likeliest cause"
            placeholder={when.causes.length === 0 ? 'any' : ''}
            searchable
            data={CAUSE_KINDS.map((kind) => ({ value: kind, label: words(kind) }))}
            value={when.causes}
            onChange={(causes) => set({ causes: causes as Terms['when']['causes'] })}
            w={240}
          />
        </>
      )}
      <NumberInput
        label="At most in 24 h"
        min={1}
        max={1_000}
        value={per_day}
        onChange={(value) => change({ ...terms, per_day: Number(value) || 1 })}
        w={120}
      />
      <NumberInput
        label="Hours apart, for one model"
        min={0}
        max={8_760}
        value={cooldown_minutes / 60}
        onChange={(value) => change({ ...terms, cooldown_minutes: Math.round(Number(value) * 60) || 0 })}
        w={190}
      />
      <AskedFields terms={terms} change={change} />
    </>
  );
}

function AskedFields({ terms, change }: Props) {
  const { approval } = terms;
  const set = (to: Partial<NonNullable<Terms['approval']>> | null) =>
    change({ ...terms, approval: to && { ...(approval ?? USUAL.approval!), ...to } });
  return (
    <>
      <Select
        label="Before it begins"
        data={BEFORE}
        value={approval === null ? 'none' : 'yes'}
        onChange={(to) => set(to === 'none' ? null : {})}
        allowDeselect={false}
        w={180}
      />
      {approval !== null && (
        <>
          <TagsInput
            label="Who may say it (emails)"
            placeholder={approval.people.length === 0 ? 'whoever may write' : ''}
            value={approval.people}
            onChange={(people) => set({ people })}
            w={240}
          />
          <NumberInput
            label="Hours to decide"
            min={1}
            max={168}
            value={approval.expires_minutes / 60}
            onChange={(value) => set({ expires_minutes: Math.max(5, Math.round(Number(value) * 60) || 5) })}
            w={130}
          />
        </>
      )}
    </>
  );
}
