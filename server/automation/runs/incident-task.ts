import type { Ctx } from '../../context.ts';
import type { Announced } from '../../incidents/announce.ts';
import type { AlertedParts } from '../../incidents/going-on.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import type { Due } from './ask.ts';

/**
 * What an action about a model of an incident is told: the columns that the likeliest cause names, or else those of the alerts that fire, and
 * the two versions that answered last.
 */
export async function taskAbout(
  ctx: Ctx,
  { causes: [cause] }: Announced,
  model: string,
  { columns, segments }: AlertedParts,
): Promise<Due['task']> {
  const named = cause?.columns ?? (cause?.column ? [cause.column] : []);
  const versions = (await profileHead(ctx, model))?.versions ?? [];
  return {
    cause: cause?.kind ?? null,
    columns: named.length > 0 ? named : columns,
    segments,
    versions: { version: versions[0]?.version ?? null, baseline: versions[1]?.version ?? null },
    recommendation: null,
  };
}
