import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { LINK_PRESETS } from '../../../../contract/link-presets.ts';
import {
  fillTemplate,
  LINK_PLACES,
  type LinkPlace,
  templateFault,
} from '../../../../contract/link-template.ts';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { LinkTemplate } from '../../api/types.ts';
import { Failure } from '../../ui/Failure.tsx';
import { EXAMPLE, PLACE_TITLES } from './link-places.ts';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

const PLACES = Object.keys(LINK_PLACES) as LinkPlace[];
const FRESH: LinkTemplate = { name: '', where: ['prediction', 'trace'], url: '' };

/** Makes a link, by a preset or by hand, or changes one; below it stands where it would lead. */
export function LinkForm({ of, done }: { of: LinkTemplate | null; done: () => void }) {
  const [link, change] = useState(of ?? FRESH);
  const name = link.name.trim();
  const url = link.url.trim();
  const save = useChange(
    () => api.put<LinkTemplate>(address('/links/:name', { name }), { where: link.where, url }),
    address('/links'),
  );
  const fault = url === '' ? null : templateFault(url, link.where);
  const set = (part: Partial<LinkTemplate>) => change({ ...link, ...part });
  return (
    <form
      className={classes.form}
      aria-label={of === null ? 'Add a link' : `Change ${of.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, {
          onSuccess: () => {
            change(FRESH);
            done();
          },
        });
      }}
    >
      {of === null && (
        <Select
          label="Begin with"
          placeholder="a preset"
          data={LINK_PRESETS.map(({ id, title }) => ({ value: id, label: title }))}
          value={null}
          onChange={(id) => {
            const preset = LINK_PRESETS.find((each) => each.id === id);
            if (preset) change({ name: preset.title, where: [...preset.where], url: preset.url });
          }}
          w={220}
        />
      )}
      <TextInput
        label="Name"
        placeholder="Jaeger"
        value={link.name}
        maxLength={128}
        disabled={of !== null}
        onChange={(event) => set({ name: event.currentTarget.value })}
        w={220}
      />
      <Checkbox.Group
        label="Shown on the page of a"
        value={[...link.where]}
        onChange={(where) => set({ where: where as LinkPlace[] })}
      >
        <div className={classes.checks}>
          {PLACES.map((place) => (
            <Checkbox key={place} value={place} label={PLACE_TITLES[place]} />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput
        label="Leads to"
        placeholder="https://jaeger.example.org/trace/{trace_id}"
        description={<Values of={link.where} />}
        value={link.url}
        maxLength={2048}
        error={fault === null ? undefined : `The address ${fault}`}
        onChange={(event) => set({ url: event.currentTarget.value })}
        w="100%"
        maw={720}
      />
      {url !== '' && fault === null && (
        <p className={classes.formNote}>
          <span className={classes.quiet}>With values of an example:</span>
          <code className={classes.detail}>{fillTemplate(url, EXAMPLE)}</code>
        </p>
      )}
      <div className={classes.buttons}>
        <Button
          type="submit"
          disabled={name === '' || url === '' || link.where.length === 0 || fault !== null || save.isPending}
        >
          {of === null ? 'Add the link' : 'Save'}
        </Button>
        {of !== null && (
          <Button variant="default" onClick={done}>
            Cancel
          </Button>
        )}
      </div>
      {save.isError && <Failure what="The link was not saved:" error={save.error} />}
    </form>
  );
}

/** The values that every chosen page has. */
function Values({ of }: { of: readonly LinkPlace[] }) {
  const [first, ...others] = of;
  if (first === undefined) return 'Choose a page first.';
  const shared = LINK_PLACES[first].filter((value) =>
    others.every((place) => (LINK_PLACES[place] as readonly string[]).includes(value)),
  );
  return <>There is {shared.map((value) => `{${value}}`).join(' ')}</>;
}
