import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DecisionTrees } from '../../../../contract/decision-tree.ts';
import type { Impact } from '../../../../contract/impact.ts';
import { Task } from '../../../../contract/model.ts';
import type { Model } from '../../api/types.ts';
import { useMay } from '../useMay.ts';
import { DecisionFields } from './DecisionFields.tsx';
import { Depends } from './Depends.tsx';
import { Duration } from './Duration.tsx';
import type { Field } from './draft.ts';
import { ImpactFields } from './ImpactFields.tsx';
import classes from './model-settings.module.css';
import { SaveBar } from './SaveBar.tsx';
import { type Draft, useDraft } from './useDraft.ts';

type Control =
  | 'text'
  | 'long'
  | 'tags'
  | 'splits'
  | 'task'
  | 'duration'
  | 'count'
  | 'days'
  | 'impact'
  | 'decisions';

interface Row {
  readonly field: Field;
  readonly label: string;
  readonly help: string;
  readonly control: Control;
  readonly placeholder?: string;
  /** What is so now, in a sentence. */
  readonly known?: (model: Model) => string | null;
}

const PEOPLE: readonly Row[] = [
  {
    field: 'name',
    label: 'Name',
    help: 'What people see. Senders go on calling it by its id.',
    control: 'text',
  },
  {
    field: 'owner',
    label: 'Owner',
    help: 'The team that answers for it.',
    control: 'text',
    placeholder: 'no owner',
  },
  {
    field: 'tags',
    label: 'Tags',
    help: 'Separated by commas; the fleet can be filtered by them.',
    control: 'tags',
    placeholder: 'none',
  },
  { field: 'description', label: 'Description', help: 'What it decides, and about whom.', control: 'long' },
  {
    field: 'runbook',
    label: 'Runbook',
    help: 'What to do when it fails: an address, or the steps.',
    control: 'long',
    placeholder: 'https://wiki.example.org/runbooks/…',
  },
  {
    field: 'decisions',
    label: 'Decision trees',
    help: 'What to do step by step, for a cause or for any: a line for each step, what follows two blanks further in, behind the answer that leads there. Incidents show the tree of their cause, and who ticked what.',
    control: 'decisions',
  },
];

const JUDGED: readonly Row[] = [
  {
    field: 'task',
    label: 'Task',
    help: 'What kind of question it answers. It decides which metrics are computed.',
    control: 'task',
  },
  {
    field: 'positive_label',
    label: 'Positive label',
    help: 'Of a binary model: the label that the score is the probability of.',
    control: 'text',
    placeholder: 'found by itself',
    known: (model) => model.positive_class?.sentence ?? null,
  },
  {
    field: 'bucket_ms',
    label: 'Bucket',
    help: 'Profiles and signals have one value for each. 1 minute to 1 day.',
    control: 'duration',
  },
  {
    field: 'window_ms',
    label: 'Window',
    help: 'Drift is judged over this much of the newest data.',
    control: 'duration',
  },
  {
    field: 'label_delay_ms',
    label: 'Label delay',
    help: 'How long labels usually take. Quality is not judged before.',
    control: 'duration',
  },
  {
    field: 'ranking_k',
    label: 'k of rankings',
    help: 'Of a ranking model: NDCG, MAP and hit rate look at this many items from the top of each list. 1 to 100.',
    control: 'count',
  },
  {
    field: 'impact',
    label: 'Value of answers',
    help: 'Of a binary model: what each right and wrong answer is worth; costs are below 0. Quality and incidents are then told in money, too.',
    control: 'impact',
  },
  {
    field: 'retention_days',
    label: 'Predictions are kept',
    help: 'Whole months go when they are older. Profiles and signals stay. Admins set it.',
    control: 'days',
    placeholder: 'as all models',
  },
];

const SPLIT: readonly Row[] = [
  {
    field: 'segments',
    label: 'Segments',
    help: 'Features or tags that predictions are split by, separated by commas; together with +: country, age + gender.',
    control: 'splits',
    placeholder: 'none',
  },
  {
    field: 'protected',
    label: 'Protected attributes',
    help: 'Features or tags in which people must not be treated differently, separated by commas.',
    control: 'splits',
    placeholder: 'none',
  },
];

/** Who the model is, and how it is judged. */
export function General({ model }: { model: Model }) {
  const draft = useDraft(model);
  return (
    <>
      <Fields title="For people" rows={PEOPLE} draft={draft} />
      <Fields title="How it is judged" rows={JUDGED} draft={draft} />
      <Fields title="For whom it is told" rows={SPLIT} draft={draft} />
      <Depends draft={draft} />
      <SaveBar draft={draft} />
    </>
  );
}

function Fields({ title, rows, draft }: { title: string; rows: readonly Row[]; draft: Draft }) {
  return (
    <section aria-label={title} className={classes.fields}>
      <h2>{title}</h2>
      {rows.map((row) => (
        <div key={row.field} className={classes.field} data-changed={row.field in draft.draft || undefined}>
          <div className={classes.what}>
            <span className={classes.label}>{row.label}</span>
            <span className={classes.help}>{row.help}</span>
            {row.known && <span className={classes.help}>{row.known(draft.model)}</span>}
          </div>
          <div>
            <ControlOf row={row} draft={draft} />
            <Problem of={draft.wrong.get(row.field)} />
          </div>
        </div>
      ))}
    </section>
  );
}

function Problem({ of }: { of: string | undefined }): ReactNode {
  if (of === undefined) return null;
  return (
    <p role="alert" className={classes.problem}>
      It {of}.
    </p>
  );
}

function ControlOf({ row: { field, label, control, placeholder }, draft }: { row: Row; draft: Draft }) {
  const may = useMay();
  const disabled = !may.write;
  const value = draft.value(field);
  const common = { 'aria-label': label, disabled, ...(placeholder === undefined ? {} : { placeholder }) };
  /** Empty is none. */
  const text = (typed: string) => draft.setField(field, (typed === '' ? null : typed) as never);
  switch (control) {
    case 'text':
      return (
        <TextInput
          {...common}
          placeholder={field === 'name' ? draft.model.id : placeholder}
          value={(value as string | null) ?? ''}
          onChange={(event) => text(event.currentTarget.value)}
        />
      );
    case 'long':
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={8}
          value={(value as string | null) ?? ''}
          onChange={(event) => text(event.currentTarget.value)}
        />
      );
    case 'tags':
      return <Tags {...common} draft={draft} />;
    case 'splits':
      return <Splits {...common} field={field as 'segments' | 'protected'} draft={draft} />;
    case 'task':
      return (
        <Select
          {...common}
          data={[...Task.options]}
          value={value as string}
          allowDeselect={false}
          onChange={(task) => draft.setField('task', task as Task)}
          w={200}
        />
      );
    case 'duration':
      return (
        <Duration
          label={label}
          ms={value as number}
          set={(ms) => draft.setField(field, ms as never)}
          disabled={disabled}
        />
      );
    case 'impact':
      return (
        <ImpactFields
          impact={(value as Impact | null) ?? null}
          disabled={disabled}
          set={(impact) => draft.setField('impact', impact)}
        />
      );
    case 'decisions':
      return (
        <DecisionFields
          trees={(value as DecisionTrees | null) ?? null}
          disabled={disabled}
          set={(trees) => draft.setField('decisions', trees)}
        />
      );
    case 'count':
      return (
        <NumberInput
          {...common}
          allowDecimal={false}
          hideControls
          value={value as number}
          onChange={(count) => draft.setField(field, Number(count) as never)}
          w={200}
        />
      );
    case 'days':
      return (
        <NumberInput
          {...common}
          disabled={!may.admin}
          suffix=" days"
          allowDecimal={false}
          hideControls
          value={(value as number | null) ?? ''}
          onChange={(days) => draft.setField(field, (days === '' ? null : Number(days)) as never)}
          w={200}
        />
      );
  }
}

/** Typed with commas, and + between what splits together. */
function Splits({
  draft,
  field,
  ...props
}: {
  draft: Draft;
  field: 'segments' | 'protected';
  disabled: boolean;
  placeholder?: string;
}) {
  const splits = draft.value(field) ?? [];
  const text = splits.map((names) => [names].flat().join(' + ')).join(', ');
  return (
    <TextInput
      {...props}
      key={draft.n === 0 ? text : 'typed'}
      defaultValue={text}
      onChange={(event) => {
        const pieces = event.currentTarget.value.split(',').map((piece) =>
          piece
            .split('+')
            .map((name) => name.trim())
            .filter((name) => name !== ''),
        );
        const typed = pieces.filter((names) => names.length > 0);
        draft.setField(field, typed.map((names) => (names.length === 1 ? names[0]! : names)) as never);
      }}
    />
  );
}

/** Typed with commas; an empty piece at the end is one that is being typed. */
function Tags({ draft, ...props }: { draft: Draft; disabled: boolean; placeholder?: string }) {
  const tags = draft.value('tags') ?? [];
  return (
    <TextInput
      {...props}
      key={draft.n === 0 ? tags.join() : 'typed'}
      defaultValue={tags.join(', ')}
      onChange={(event) => {
        const typed = event.currentTarget.value.split(',').map((tag) => tag.trim());
        draft.setField('tags', [...new Set(typed.filter((tag) => tag !== ''))]);
      }}
    />
  );
}
