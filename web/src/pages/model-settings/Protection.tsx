import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { erasuresQuery } from '../../api/queries.ts';
import type { Model } from '../../api/types.ts';
import { count } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { fieldName } from '../predictions/filter.ts';
import { SubjectActions } from '../predictions/SubjectActions.tsx';
import { HeldRules, PrivacyRules } from '../settings/PrivacyRules.tsx';
import { useMay } from '../useMay.ts';
import classes from './model-settings.module.css';
import { SaveBar } from './SaveBar.tsx';
import { useDraft } from './useDraft.ts';

/** What of a model's values is not stored in clear, and what is stored of a person. */
export function Protection({ model }: { model: Model }) {
  const draft = useDraft(model);
  const may = useMay();
  const problem = draft.wrong.get('privacy');
  return (
    <>
      <section aria-label="Rules" className={classes.part}>
        <h2>Before anything is stored</h2>
        <p className={classes.intro}>
          Columns and tags that are left out, hashed or made coarse, from now on. A star stands for any
          characters; the first rule that fits decides. References and uploads go by the same rules.
        </p>
        {model.server_privacy.length > 0 && (
          <p className={classes.intro}>
            Rules of <Link {...paths.settings('privacy')}>all models</Link> go first:{' '}
            <HeldRules rules={model.server_privacy} />.
          </p>
        )}
        <PrivacyRules
          label={`Rules of ${model.id}`}
          rules={draft.value('privacy') ?? []}
          disabled={!may.write}
          change={(rules) => draft.setField('privacy', rules)}
        />
        {problem !== undefined && (
          <p role="alert" className={classes.problem}>
            A rule {problem}.
          </p>
        )}
      </section>
      <Person model={model} />
      <Erasures model={model} />
      <SaveBar draft={draft} />
    </>
  );
}

/** By the id of a prediction, or by a value of a column or tag. */
function Person({ model }: { model: Model }) {
  const [typed, setTyped] = useState('');
  const [column, value] = typed.includes('=') ? split(typed) : ['', typed.trim()];
  const who = value === '' ? null : column === '' ? { id: [value] } : { where: [`${column}:eq:${value}`] };
  return (
    <section aria-label="Stored of a person" className={classes.part}>
      <h2>Stored of a person</h2>
      <p className={classes.intro}>
        Type the id of a prediction, or column=value: <code>customer=4711</code>,{' '}
        <code>_tags.account=4711</code>. Values of hashed columns are found as they were sent. In the
        predictions, a filter by such values can be exported and erased likewise.
      </p>
      <div className={classes.line}>
        <TextInput
          aria-label="Find by id, or column=value"
          placeholder="id, or column=value"
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
          w={320}
        />
        {who !== null && <SubjectActions model={model.id} who={who} />}
      </div>
    </section>
  );
}

function split(typed: string): [string, string] {
  const at = typed.indexOf('=');
  return [typed.slice(0, at).trim(), typed.slice(at + 1).trim()];
}

function Erasures({ model }: { model: Model }) {
  const erasures = useQuery(erasuresQuery(model.id));
  return (
    <section aria-label="Erased" className={classes.part}>
      <h2>Erased</h2>
      <Loaded of={erasures} what="What was erased could not be read:" height={60}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.intro}>Nothing was erased of this model.</p>
          ) : (
            <PlainTable
              stack
              label="Erasures"
              rows={items}
              rowKey={({ id }) => id}
              columns={[
                { title: 'Asked', cell: ({ requested_at }) => <Moment at={requested_at} /> },
                { title: 'By', cell: ({ by }) => by.map(fieldName).join(', ') },
                { title: 'Who', cell: ({ requested_by }) => requested_by },
                { title: 'Predictions', align: 'right', cell: ({ predictions }) => count(predictions) },
                { title: 'Labels', align: 'right', cell: ({ labels }) => count(labels) },
                { title: 'Outcomes', align: 'right', cell: ({ outcomes }) => count(outcomes) },
                { title: 'Refused', align: 'right', cell: ({ rejects }) => count(rejects) },
                {
                  title: 'Gone',
                  cell: ({ finished_at }) =>
                    finished_at === null ? 'under way' : <Moment at={finished_at} />,
                },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}
