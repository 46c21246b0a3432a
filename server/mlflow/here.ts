import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Reference } from '../../contract/reference.ts';
import { figuresOf } from '../../registries/mlflow/figures.ts';
import type { Here } from '../../registries/mlflow/sync.ts';
import { listAlerts } from '../alerts/list-alerts.ts';
import type { Ctx } from '../context.ts';
import { getModel } from '../fleet/get-model.ts';
import { listVersions } from '../fleet/versions/list-versions.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { drift } from '../monitors/kinds/drift.ts';
import { addReferenceFile } from '../profiles/references/from-file.ts';
import { listReferences } from '../profiles/references/list-references.ts';
import { registerModel } from '../registry/register.ts';

/** What a file is by its ending. */
const MEDIA: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  jsonl: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
  arrow: 'application/vnd.apache.arrow.file',
};
/** Bytes that a training set may have without its compression. */
const PLAIN_BYTES = 512 * 1024 * 1024;
const MOST = 1000;

/** This server itself. */
export function hereItself(ctx: Ctx, schemas: Schemas): Here {
  return {
    register: (model, registration) => registerModel(ctx, schemas, model, registration),
    async references(model) {
      const all: Reference[] = [];
      let cursor: string | undefined;
      do {
        const page = await listReferences(ctx, model, { limit: MOST, cursor });
        all.push(...page.items);
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
      return all;
    },
    async addReference(model, { name, file, bytes, label, default: standard }) {
      const body = plain(file, bytes);
      const ending = file
        .replace(/\.(gz|zst)$/i, '')
        .split('.')
        .at(-1)!
        .toLowerCase();
      const contentType = MEDIA[ending];
      await addReferenceFile(ctx, schemas, model, { body, contentType }, { name, label, default: standard });
    },
    async figures(model) {
      const [list, found, alerts] = [
        await listVersions(ctx, model, {}),
        await getModel(ctx, model),
        await listAlerts(ctx, { model, state: 'firing', kind: drift.id, limit: MOST }),
      ];
      return figuresOf(
        list,
        found,
        alerts.items,
        `${ctx.settings.address}/models/${encodeURIComponent(model)}`,
      );
    },
    sentence(error) {
      // What the stores do not do for this model they do not do for the next one.
      if (!(error instanceof TiltmeterError) || error.code === 'store_unavailable') throw error;
      return `${error.message}.`;
    },
  };
}

/** Errors: invalid_compression. */
function plain(file: string, bytes: Uint8Array): Uint8Array {
  try {
    if (/\.gz$/i.test(file)) return gunzipSync(bytes, { maxOutputLength: PLAIN_BYTES });
    if (/\.zst$/i.test(file)) return zstdDecompressSync(bytes, { maxOutputLength: PLAIN_BYTES });
    return bytes;
  } catch (cause) {
    throw new TiltmeterError('invalid_compression', `${file} could not be decompressed`, { cause });
  }
}
