import { z } from 'zod';
import type { ChannelKindShown } from '../../contract/channel.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { CHANNELS } from './channels/index.ts';

/** Every way to reach people and what it takes, in the order in which they are offered. Errors: not_allowed. */
export async function listChannelKinds(ctx: Ctx): Promise<{ items: ChannelKindShown[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const items = Object.values(CHANNELS).map(
    ({ id, title, options, secrets, tellsReports }): ChannelKindShown => ({
      id,
      title,
      options: z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
      secrets: [...secrets],
      tells: tellsReports ? ['incidents', 'digests', 'audit_head'] : ['incidents'],
    }),
  );
  return { items, next_cursor: null };
}
