import { Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { fleetQuery, incidentsQuery, modelQuery, searchQuery } from '../../api/queries.ts';
import type { SearchHit } from '../../api/types.ts';
import { paths } from '../../paths.ts';
import type { TimeSearch } from '../../time/range.ts';
import classes from './shell.module.css';

interface Target {
  readonly key: string;
  readonly text: string;
  readonly kind: string;
  readonly link: LinkProps;
}

const PAGES: Target[] = (
  [
    { text: 'Fleet', kind: 'page', link: paths.fleet() },
    { text: 'Incidents', kind: 'page', link: paths.incidents() },
    { text: 'On call', kind: 'page', link: paths.onCall() },
    { text: 'API keys', kind: 'settings', link: paths.settings('keys') },
    { text: 'People', kind: 'settings', link: paths.settings('people') },
    { text: 'Channels', kind: 'settings', link: paths.settings('channels') },
    { text: 'Actions', kind: 'settings', link: paths.settings('actions') },
    { text: 'Monitors', kind: 'settings', link: paths.settings('monitors') },
    { text: 'References', kind: 'settings', link: paths.settings('references') },
    { text: 'Rejected events', kind: 'settings', link: paths.settings('rejects') },
    { text: 'Data protection', kind: 'settings', link: paths.settings('privacy') },
    { text: 'Storage', kind: 'settings', link: paths.settings('storage') },
    { text: 'Scraping', kind: 'settings', link: paths.settings('scraping') },
    { text: 'Audit log', kind: 'settings', link: paths.settings('audit') },
  ] as Omit<Target, 'key'>[]
).map((page) => ({ ...page, key: page.text }));
const SHOWN = 12;

/** How long a pause in typing is, before the server is asked. */
const PAUSE_MS = 200;

/** Goes anywhere by name: models, columns, incidents, pages, and predictions by their id. */
export function CommandSearch({ close }: { close: () => void }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const navigate = useNavigate();
  const { model } = useParams({ strict: false });
  const targets = useTargets();
  const [asked] = useDebouncedValue(text, PAUSE_MS);
  const answer = useQuery(searchQuery(asked, model));
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const known = targets.filter((target) =>
    words.every((word) => `${target.text} ${target.kind}`.toLowerCase().includes(word)),
  );
  const hits = asked === text && words.length > 0 ? (answer.data?.items ?? []).map(targetOf) : [];
  const exact = hits.filter((hit) => hit.kind.startsWith('prediction'));
  const found = [...exact, ...known, ...hits]
    .filter((target, i, all) => all.findIndex(({ key }) => key === target.key) === i)
    .slice(0, SHOWN);
  const waiting = words.length > 0 && text.trim().length > 1 && (asked !== text || answer.isFetching);
  const at = Math.min(chosen, found.length - 1);

  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setChosen(Math.max(0, Math.min(found.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))));
    }
    if (event.key === 'Enter' && found[at] !== undefined) {
      event.preventDefault();
      close();
      void navigate(found[at].link as never);
    }
  };

  return (
    <Modal
      opened
      onClose={close}
      withCloseButton={false}
      size="lg"
      transitionProps={{ duration: 0 }}
      aria-label="Search"
    >
      <TextInput
        size="sm"
        placeholder="Model, column, incident, page or prediction id"
        aria-label="Search for a model, column, incident, page or prediction id"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
        data-autofocus
      />
      <ul className={classes.results} aria-live="polite">
        {found.length === 0 && (
          <li className={classes.none}>
            {waiting ? 'Searching …' : 'No results. Predictions are found by their full id.'}
          </li>
        )}
        {found.map((target, i) => (
          <li key={target.key} data-chosen={i === at || undefined}>
            <Link {...target.link} onClick={close}>
              {target.text}
              <small>{target.kind}</small>
            </Link>
          </li>
        ))}
      </ul>
      {!waiting && words.length > 0 && (answer.isError || answer.data?.complete === false) && (
        <p className={classes.none} role="status">
          {answer.isError
            ? 'Columns and predictions could not be searched. Try again.'
            : 'There are too many models to look for a prediction in all of them: open its model first.'}
        </p>
      )}
    </Modal>
  );
}

function targetOf({ kind, model, name }: SearchHit): Target {
  switch (kind) {
    case 'model':
      return { key: `model ${model}`, text: model, kind: 'model', link: paths.model(model) };
    case 'column':
      return {
        key: `column ${model} ${name}`,
        text: name,
        kind: `column of ${model}`,
        link: paths.column(model, name),
      };
    case 'prediction':
      return {
        key: `prediction ${model} ${name}`,
        text: name,
        kind: `prediction of ${model}`,
        link: paths.prediction(model, name),
      };
  }
}

function useTargets(): Target[] {
  const { model } = useParams({ strict: false });
  const { preset, from, to } = useSearch({ strict: false }) as TimeSearch;
  const fleet = useQuery(fleetQuery);
  const incidents = useQuery(incidentsQuery());
  const current = useQuery({ ...modelQuery(model ?? ''), enabled: model !== undefined });
  return useMemo(
    () => [
      ...(current.data?.columns ?? []).map((column) => ({
        key: `column ${current.data!.id} ${column.name}`,
        text: column.name,
        kind: `column of ${current.data!.id}`,
        // Another column of the model on screen is looked at over the same time.
        link: paths.column(current.data!.id, column.name, { preset, from, to } as TimeSearch),
      })),
      ...(fleet.data?.items ?? []).map(({ id, name }) => ({
        key: `model ${id}`,
        text: name,
        kind: name === id ? 'model' : `model ${id}`,
        link: paths.model(id),
      })),
      ...(incidents.data?.items ?? []).map(({ id, title, status }) => ({
        key: `incident ${id}`,
        text: title,
        kind: `incident, ${status}`,
        link: paths.incident(id),
      })),
      ...PAGES,
    ],
    [current.data, fleet.data, incidents.data, preset, from, to],
  );
}
