import type { ProfilePlan } from '../contract/profile-plan.ts';
import type { KnownColumn } from './column-count.ts';
import type { KnownModel } from './piece.ts';
import type { AgentSettings } from './settings.ts';

/** How a model is counted, as far as the server knows; asked of it. */
export interface Plans {
  of(model: string): Promise<KnownModel | undefined>;
}

/** How long is waited for the server before counting goes on by itself. */
const PATIENCE_MS = 2_000;

/** The plans of a server; of none, or of one that does not answer, there are none, and the agent makes grids of its own. */
export function plansOf(server: AgentSettings['server']): Plans {
  return {
    async of(model) {
      if (server === undefined) return undefined;
      try {
        const reply = await fetch(`${server.url}/api/v1/models/${encodeURIComponent(model)}/profile-plan`, {
          headers: { authorization: `Bearer ${server.key}` },
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
        if (!reply.ok) {
          await reply.body?.cancel();
          return undefined;
        }
        return knownOf((await reply.json()) as ProfilePlan);
      } catch {
        return undefined;
      }
    },
  };
}

function knownOf({ bucket_ms, left_out, columns }: ProfilePlan): KnownModel {
  return {
    bucketMs: bucket_ms,
    leftOut: left_out,
    columns: new Map(
      columns.map(({ name, type, codes, center, scale }): [string, KnownColumn] => {
        const grid = center !== null && scale !== null ? { center, scale } : null;
        return [name, { type, codes, grid }];
      }),
    ),
  };
}
