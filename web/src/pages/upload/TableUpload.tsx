import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { TablePreview, Upload } from '../../api/types.ts';
import { uploadTable } from '../../api/upload.ts';
import { bytes, percent } from '../../number/format.ts';
import { Failure } from '../../ui/Failure.tsx';
import { DropZone } from './DropZone.tsx';
import { Preview, type Uses } from './Preview.tsx';
import classes from './upload.module.css';

/** Larger files are refused by the server: said before hours of sending. */
const MOST_BYTES = 512 * 1024 * 1024;

export interface Asked {
  readonly upload: Upload;
  readonly preview: TablePreview;
  /** What columns are, as it is shown. */
  readonly columns: Uses;
  /** Ready for another file. */
  readonly again: () => void;
}

interface Props {
  readonly model: string;
  readonly use: 'predictions' | 'labels' | 'reference';
  /** What comes below the preview: what is to be said besides, and the button that stores. */
  readonly children: (asked: Asked) => ReactNode;
}

/** A table is picked or dropped, sent, looked at and corrected; nothing is stored before somebody says so. */
export function TableUpload({ model, use, children }: Props) {
  const [sent, setSent] = useState(0);
  const [columns, setColumns] = useState<Uses>({});
  const send = useMutation({
    mutationFn: async (file: File) => {
      if (file.size > MOST_BYTES)
        throw new Error(
          `${file.name} has ${bytes(file.size)}, and at most ${bytes(MOST_BYTES)} can be sent here. The commands "tiltmeter import" and "tiltmeter reference add" read larger files where they lie`,
        );
      setSent(0);
      setColumns({});
      return uploadTable<Upload>(file, setSent);
    },
  });
  const upload = send.data;
  const preview = useQuery({
    queryKey: ['upload', upload?.id, model, use, columns],
    queryFn: () =>
      api.post<TablePreview>(address('/uploads/:id/preview', { id: upload!.id }), { model, use, columns }),
    enabled: upload !== undefined && model !== '',
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const again = () => {
    if (upload !== undefined) void api.remove(address('/uploads/:id', { id: upload.id })).catch(() => {});
    send.reset();
    setColumns({});
  };
  const shown = preview.data;
  return (
    <div className={classes.upload}>
      {upload === undefined ? (
        <DropZone busy={send.isPending} onFile={(file) => send.mutate(file)} />
      ) : (
        <p className={classes.file}>
          <strong>{upload.name}</strong>
          <span>{bytes(upload.bytes)}</span>
          <Button variant="default" size="compact-xs" onClick={again}>
            Another file
          </Button>
        </p>
      )}
      {send.isPending && (
        <div className={classes.progress} role="status">
          <progress max={1} value={sent < 1 ? sent : undefined} />
          <span>{sent < 1 ? `${percent(sent)} sent` : 'Sent; it is being kept'}</span>
        </div>
      )}
      {send.isError && <Failure what="The file was not taken:" error={send.error} />}
      {upload !== undefined && model === '' && <p>Say which model it is for.</p>}
      {preview.isPending && preview.isFetching && (
        <div className={classes.progress} role="status">
          <progress />
          <span>Looking through all rows: nothing is stored yet</span>
        </div>
      )}
      {preview.isError && (
        <>
          <Failure what="The table cannot be read like this:" error={preview.error} />
          {shown !== undefined && (
            <div>
              <Button variant="default" size="compact-xs" onClick={() => setColumns({})}>
                As it was understood
              </Button>
            </div>
          )}
        </>
      )}
      {upload !== undefined && shown !== undefined && !preview.isError && (
        <>
          <Preview preview={shown} use={use} onColumns={setColumns} stale={preview.isFetching} />
          {children({ upload, preview: shown, columns, again })}
        </>
      )}
    </div>
  );
}
