import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import type { Reference } from '../../api/types.ts';
import { upload } from '../../api/upload.ts';
import { bytes, count, percent } from '../../number/format.ts';
import { Failure } from '../../ui/Failure.tsx';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

/** The training set, or another file of what is normal, as reference. */
export function UploadReference({ model }: { model: string }) {
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const [isDefault, setDefault] = useState(true);
  const [sent, setSent] = useState(0);
  const add = useChange(
    (chosen: File) =>
      upload<Reference>(
        address('/models/:model/references/file', { model }, { name: name.trim(), default: isDefault }),
        chosen,
        setSent,
      ),
    address('/models/:model', { model }),
  );
  return (
    <>
      <form
        className={classes.form}
        aria-label="Upload a reference"
        onSubmit={(event) => {
          event.preventDefault();
          if (file === null) return;
          setSent(0);
          add.mutate(file, {
            onSuccess: () => {
              setFile(null);
              setName('');
            },
          });
        }}
      >
        <h2 className={classes.formHead}>A file, such as the training set</h2>
        <label className={classes.file}>
          <span>CSV, JSON, NDJSON, Parquet or Arrow</span>
          <input
            type="file"
            key={file === null ? 'none' : 'chosen'}
            accept=".csv,.tsv,.txt,.json,.ndjson,.jsonl,.parquet,.arrow,.feather"
            onChange={(event) => {
              const chosen = event.currentTarget.files?.[0] ?? null;
              setFile(chosen);
              if (chosen !== null) setName((before) => before || chosen.name.replace(/\.\w+$/, ''));
            }}
          />
          {file !== null && (
            <span className={classes.quiet}>
              {file.name}, {bytes(file.size)}
            </span>
          )}
        </label>
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
        <Button type="submit" disabled={file === null || name.trim() === '' || add.isPending}>
          Upload
        </Button>
        {add.isPending && (
          <div className={classes.drop} role="status">
            <progress className={classes.progress} max={1} value={sent < 1 ? sent : undefined} />
            <span>{sent < 1 ? `${percent(sent)} sent` : 'Sent; it is being read'}</span>
          </div>
        )}
      </form>
      {add.isError && <Failure what="No reference was added:" error={add.error} />}
      {add.data !== undefined && !add.isPending && <p role="status">{told(add.data)}</p>}
    </>
  );
}

/** What came of it, with what was left out. */
export function told({ name, options }: Pick<Reference, 'name' | 'options'>): string {
  const ignored = (options.ignored as readonly string[] | undefined) ?? [];
  const left =
    ignored.length === 0 ? '' : ` Columns that the model does not have were left out: ${ignored.join(', ')}.`;
  return `${name} is stored: ${count(Number(options.rows))} rows.${left}`;
}
