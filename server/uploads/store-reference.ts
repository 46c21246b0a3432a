import type { Reference } from '../../contract/reference.ts';
import type { UploadedReference } from '../../contract/upload.ts';
import { referenceColumns } from '../../mapping/reference.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { addReferenceFile } from '../profiles/references/from-file.ts';
import { knownModel, understood } from './preview.ts';
import { lookedThrough } from './reading.ts';
import { FILE, type KeptUpload, type Uploads } from './uploads.ts';

/** The rows of an upload as reference, with the columns as they were shown. Errors: as addReferenceFile, invalid_mapping. */
export async function storeReferenceOf(
  ctx: Ctx,
  schemas: Schemas,
  uploads: Uploads,
  upload: KeptUpload,
  wanted: UploadedReference,
): Promise<Reference> {
  authorise(ctx.actor, 'write');
  const { name, default: isDefault, ...plan } = wanted;
  const looked = await lookedThrough(uploads, upload);
  const known = await knownModel(ctx, plan.model);
  const what = understood(looked, known, { ...plan, use: 'reference' }, ctx.clock());
  const asked = referenceColumns(what.understood);
  const column = (part: string) => asked.find(([each]) => each === part)?.[1];
  const reference = await addReferenceFile(
    ctx,
    schemas,
    plan.model,
    { body: { path: `${upload.folder}/${FILE}` }, contentType: undefined, signal: uploads.signal },
    {
      name,
      default: isDefault,
      prediction: column('prediction'),
      score: column('score'),
      label: column('label'),
      ignore: asked.filter(([part]) => part === 'ignore').map(([, left]) => left),
    },
  );
  await uploads.stored(upload);
  return reference;
}
