import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { Reference } from '../../api/types.ts';
import { plural } from '../../number/format.ts';
import { Failure } from '../../ui/Failure.tsx';
import { type Asked, TableUpload } from '../upload/TableUpload.tsx';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

/** The training set, or another table of what is normal, as reference: looked at first, and stored then. */
export function UploadReference({ model }: { model: string }) {
  const [added, setAdded] = useState<Reference | null>(null);
  return (
    <section className={classes.upload} aria-label="Upload a reference">
      <h2 className={classes.formHead}>A table, such as the training set</h2>
      <TableUpload model={model} use="reference">
        {(asked) => <Store key={asked.upload.id} asked={asked} model={model} onAdded={setAdded} />}
      </TableUpload>
      {added !== null && <p role="status">{told(added)}</p>}
    </section>
  );
}

interface Props {
  readonly asked: Asked;
  readonly model: string;
  readonly onAdded: (reference: Reference) => void;
}

function Store({ asked: { upload, columns, again }, model, onAdded }: Props) {
  const [name, setName] = useState(upload.name.replace(/(\.(gz|zst))?$/i, '').replace(/\.\w+$/, ''));
  const [isDefault, setDefault] = useState(true);
  const add = useChange(
    () =>
      api.post<Reference>(address('/uploads/:id/reference', { id: upload.id }), {
        ...{ model, columns, name: name.trim(), default: isDefault },
      }),
    address('/models/:model', { model }),
  );
  return (
    <>
      <form
        className={classes.form}
        aria-label="Store the reference"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(undefined, {
            onSuccess: (reference) => {
              onAdded(reference);
              again();
            },
          });
        }}
      >
        <TextInput
          label="Name"
          placeholder="training 2026-05"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          w={200}
        />
        <Checkbox
          label="make it the default"
          checked={isDefault}
          onChange={(event) => setDefault(event.currentTarget.checked)}
        />
        <Button type="submit" disabled={name.trim() === '' || add.isPending}>
          Store the reference
        </Button>
      </form>
      {add.isPending && <p role="status">Its profiles are being made.</p>}
      {add.isError && <Failure what="No reference was added:" error={add.error} />}
    </>
  );
}

/** What came of it, with what was left out. */
export function told({ name, options }: Pick<Reference, 'name' | 'options'>): string {
  const ignored = (options.ignored as readonly string[] | undefined) ?? [];
  const left = ignored.length === 0 ? '' : ` Left out: ${ignored.join(', ')}.`;
  return `${name} is stored: ${plural(Number(options.rows), 'row')}.${left}`;
}
