import { useState } from 'react';
import classes from './upload.module.css';

/** Where a file is dropped, or picked with mouse or keyboard. */
export function DropZone({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const [over, setOver] = useState(false);
  return (
    <label
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file !== undefined && !busy) onFile(file);
      }}
    >
      <strong>Drop a table here, or pick one</strong>
      <span>
        CSV with any separator and encoding, Parquet, Arrow or JSON lines; plain, gzip or zstd; up to 512 MiB.
        It is shown first, and stored only when you say so.
      </span>
      <input
        type="file"
        disabled={busy}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) onFile(file);
        }}
      />
    </label>
  );
}
