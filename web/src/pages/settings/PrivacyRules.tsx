import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { Fragment } from 'react';
import { PrivacyRule, type PrivacyRules as Rules, ruleInWords } from '../../../../contract/privacy.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import classes from './settings.module.css';

/** A rule that is being made, which need not be whole yet. */
type Row = { readonly rule: PrivacyRule; readonly at: number };

const ACTIONS = [
  { value: 'drop', label: 'left out' },
  { value: 'hash', label: 'hashed' },
  { value: 'steps', label: 'numbers in steps of' },
  { value: 'text', label: 'first characters of text' },
] as const;
type Action = (typeof ACTIONS)[number]['value'];

const actionOf = ({ action, width }: PrivacyRule): Action =>
  action !== 'bucket' ? action : width === undefined ? 'text' : 'steps';

/** A new action with what it needs. */
function changed({ columns }: PrivacyRule, action: Action): PrivacyRule {
  if (action === 'steps') return { columns, action: 'bucket', width: 10 };
  if (action === 'text') return { columns, action: 'bucket', characters: 2 };
  return { columns, action };
}

interface Props {
  readonly label: string;
  readonly rules: Rules;
  readonly disabled: boolean;
  readonly change: (rules: Rules) => void;
}

/** Rules in their order, each a line that can be changed; the first that fits a column decides. */
export function PrivacyRules({ label, rules, disabled, change }: Props) {
  const put = (at: number, rule: PrivacyRule) => change(rules.map((each, i) => (i === at ? rule : each)));
  const rows: Row[] = rules.map((rule, at) => ({ rule, at }));
  return (
    <>
      {rows.length === 0 ? (
        <p className={classes.intro}>No rule: values are stored as they come.</p>
      ) : (
        <PlainTable
          stack
          label={label}
          rows={rows}
          rowKey={({ at }) => String(at)}
          columns={[
            {
              title: 'Columns and tags',
              cell: ({ rule, at }) => (
                <TextInput
                  aria-label={`Columns of rule ${at + 1}`}
                  placeholder="email* or *_name"
                  value={rule.columns}
                  disabled={disabled}
                  error={problemOf(rule)}
                  onChange={(event) => put(at, { ...rule, columns: event.currentTarget.value })}
                  w={220}
                />
              ),
            },
            {
              title: 'Are stored',
              cell: ({ rule, at }) => (
                <Select
                  aria-label={`What rule ${at + 1} does`}
                  data={[...ACTIONS]}
                  value={actionOf(rule)}
                  allowDeselect={false}
                  disabled={disabled}
                  onChange={(action) => put(at, changed(rule, action as Action))}
                  w={200}
                />
              ),
            },
            {
              title: 'How much',
              cell: ({ rule, at }) => {
                const field = rule.width === undefined ? 'characters' : 'width';
                return rule.action !== 'bucket' ? null : (
                  <NumberInput
                    aria-label={`${field === 'width' ? 'Width of the steps' : 'Characters'} of rule ${at + 1}`}
                    value={rule[field]!}
                    disabled={disabled}
                    hideControls
                    allowNegative={false}
                    allowDecimal={field === 'width'}
                    onChange={(amount) => put(at, { ...rule, [field]: Number(amount) })}
                    w={96}
                  />
                );
              },
            },
            {
              title: <Hidden>Remove</Hidden>,
              align: 'right',
              cell: ({ at }) =>
                disabled ? null : (
                  <Button
                    variant="default"
                    size="compact-xs"
                    aria-label={`Remove rule ${at + 1}`}
                    onClick={() => change(rules.filter((_, i) => i !== at))}
                  >
                    Remove
                  </Button>
                ),
            },
          ]}
        />
      )}
      {!disabled && (
        <div>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => change([...rules, { columns: '', action: 'drop' }])}
          >
            Add a rule
          </Button>
        </div>
      )}
    </>
  );
}

function problemOf(rule: PrivacyRule): string | null {
  if (rule.columns === '') return null;
  const found = PrivacyRule.safeParse(rule);
  return found.success ? null : `It ${found.error.issues[0]!.message}`.slice(0, 160);
}

/** Rules that hold anyway, to be read: `email* left out, *_name hashed`. */
export function HeldRules({ rules }: { rules: Rules }) {
  return rules.map((rule, i) => (
    <Fragment key={`${rule.columns} ${rule.action}`}>
      {i > 0 && ', '}
      <code>{rule.columns}</code> {ruleInWords(rule)}
    </Fragment>
  ));
}
