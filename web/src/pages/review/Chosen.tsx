import { Button, Checkbox, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { REVIEW_REASONS, type ReviewReason, type ReviewSettings } from '../../../../contract/review.ts';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { Model } from '../../api/types.ts';
import { Failure } from '../../ui/Failure.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useChange } from '../settings/useChange.ts';
import { useMay } from '../useMay.ts';
import classes from './review.module.css';
import { REASON_HELP, REASON_NAME } from './words.ts';

interface Props {
  readonly model: string;
  readonly settings: ReviewSettings | null;
  readonly note: string;
}

const FRESH: ReviewSettings = { per_day: 20, reasons: [...REVIEW_REASONS], reviewers_per_item: 1 };

/** What is put into the queue, and how many people look at each. */
export function Chosen({ model, settings, note }: Props) {
  const { write } = useMay();
  const path = address('/models/:model', { model });
  const [draft, setDraft] = useState(settings ?? FRESH);
  const save = useChange((review: ReviewSettings | null) => api.patch<Model>(path, { review }), path);
  const set = (change: Partial<ReviewSettings>) => setDraft((before) => ({ ...before, ...change }));
  const toggled = (reason: ReviewReason) =>
    REVIEW_REASONS.filter((one) => draft.reasons.includes(one) !== (one === reason));
  return (
    <Panel title="What is put in" note={note}>
      <fieldset className={classes.reasons} disabled={!write}>
        <legend>Predictions</legend>
        {REVIEW_REASONS.map((reason) => (
          <Checkbox
            key={reason}
            size="xs"
            checked={draft.reasons.includes(reason)}
            onChange={() => set({ reasons: toggled(reason) })}
            label={
              <>
                {REASON_NAME[reason]} <span className={classes.quiet}>{REASON_HELP[reason]}</span>
              </>
            }
          />
        ))}
      </fieldset>
      <div className={classes.numbers}>
        <NumberInput
          label="A day, at most"
          size="xs"
          min={1}
          max={1000}
          allowDecimal={false}
          disabled={!write}
          value={draft.per_day}
          onChange={(value) => set({ per_day: Number(value) })}
        />
        <NumberInput
          label="People who look at each"
          size="xs"
          min={1}
          max={5}
          allowDecimal={false}
          disabled={!write}
          value={draft.reviewers_per_item}
          onChange={(value) => set({ reviewers_per_item: Number(value) })}
        />
        {write && (
          <>
            <Button
              size="xs"
              variant={settings === null ? 'filled' : 'default'}
              loading={save.isPending}
              disabled={draft.reasons.length === 0 || JSON.stringify(draft) === JSON.stringify(settings)}
              onClick={() => save.mutate(draft)}
            >
              {settings === null ? 'Begin' : 'Save'}
            </Button>
            {settings !== null && (
              <Button size="xs" variant="subtle" onClick={() => save.mutate(null)}>
                Put in nothing more
              </Button>
            )}
          </>
        )}
      </div>
      {save.error !== null && <Failure what="That was not saved:" error={save.error} />}
    </Panel>
  );
}
