import { TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { readSources, writeSources } from '../../../../contract/source-text.ts';
import { paths } from '../../paths.ts';
import { useMay } from '../useMay.ts';
import classes from './model-settings.module.css';
import type { Draft } from './useDraft.ts';

const HOW =
  'Each is a name and one of table, feature_store, pipeline, machine, deployment: bureau:feature_store=income+debt';

/** What the model depends on: trouble that several models share through it is one incident. */
export function Depends({ draft }: { draft: Draft }) {
  const disabled = !useMay().write;
  const [unread, setUnread] = useState(false);
  const upstream = (draft.value('upstream') ?? []).join(', ');
  const sources = writeSources(draft.value('sources') ?? []);
  const wrong = unread ? `${HOW}.` : draft.wrong.get('sources');
  return (
    <section aria-label="What it depends on" className={classes.fields}>
      <h2>What it depends on</h2>
      <div className={classes.field} data-changed={'upstream' in draft.draft || undefined}>
        <div className={classes.what}>
          <span className={classes.label}>Models upstream</span>
          <span className={classes.help}>
            Ids of models whose answers it is asked with, separated by commas.
          </span>
          <Link {...paths.lineage(draft.model.id)}>Lineage</Link>
        </div>
        <div>
          <TextInput
            aria-label="Models upstream"
            placeholder="none"
            disabled={disabled}
            key={draft.n === 0 ? upstream : 'typed'}
            defaultValue={upstream}
            error={draft.wrong.get('upstream')}
            onChange={(event) => {
              const typed = event.currentTarget.value.split(',').map((id) => id.trim());
              draft.setField('upstream', [...new Set(typed.filter((id) => id !== ''))]);
            }}
          />
        </div>
      </div>
      <div className={classes.field} data-changed={'sources' in draft.draft || undefined}>
        <div className={classes.what}>
          <span className={classes.label}>Sources</span>
          <span className={classes.help}>
            Where its columns come from and what it runs on, separated by commas. The same name is the same
            thing in every model.
          </span>
        </div>
        <div>
          <TextInput
            aria-label="Sources"
            placeholder="bureau:feature_store=income+debt, gpu-3:machine"
            disabled={disabled}
            key={draft.n === 0 && !unread ? sources : 'typed'}
            defaultValue={sources}
            error={wrong}
            onChange={(event) => {
              const read = readSources(event.currentTarget.value);
              setUnread(read === null);
              if (read !== null) draft.setField('sources', read);
            }}
          />
        </div>
      </div>
    </section>
  );
}
