import { OWN_VERSIONS } from '../profile.ts';
import { type ArrivedRow, frequentVersions } from './queries/arrived.ts';
import type { Run } from './run.ts';
import { withVersions } from './versions.ts';

/** Versions that share the places are compared by their predictions of so long, and so often. */
const LATELY_MS = 7 * 86_400_000;
const AGAIN_MS = 3_600_000;

/**
 * Takes the versions of a page of arrivals among those with profiles of their own. Once there are too many, those with
 * the most predictions of the last seven days keep theirs, chosen anew once an hour: a build id per request is one `other`.
 */
export async function settleVersions(run: Run, page: ArrivedRow): Promise<void> {
  const { versions, crowded } = withVersions(run.versions, page.versions);
  if (!crowded) {
    run.versions = versions;
    return;
  }
  if (run.foldedAt !== null && run.now - run.foldedAt < AGAIN_MS && run.foldedAt <= run.now) return;
  const newest = Math.max(run.head.newest_event ?? 0, page.event);
  const [row] = await run.ctx.lake.query<{ versions: string[] }>(
    frequentVersions(run.table, OWN_VERSIONS),
    { since_event: Math.max(0, newest - LATELY_MS) },
    { background: true },
  );
  run.versions = row?.versions.slice(0, OWN_VERSIONS) ?? versions;
  run.foldedAt = run.now;
}
