import { z } from 'zod';
import { setFlags } from '../quarantine/set-flags.ts';
import type { ActionKind } from './kind.ts';

const HOUR = 3_600_000;

const Options = z
  .object({
    of: z.enum(['columns', 'segments', 'model']).default('columns').describe('What is flagged'),
    hours: z.coerce.number().min(1).max(8_760).default(24).describe('For how many hours'),
  })
  .strict();
type Options = z.infer<typeof Options>;

/**
 * Flags what an incident is about, so that services which ask leave it out; the whole model where no column or segment is named.
 * docs/actions/quarantine.md
 */
export const quarantine: ActionKind<Options> = {
  id: 'quarantine',
  title: 'Quarantine data',
  options: Options,
  secrets: [],
  repeatable: true,
  makesVersion: false,
  address: ({ of, hours }) => `${of} of the incident, for ${hours} h`,
  reaches: () => null,
  async begin({ ctx }, { of, hours }, task) {
    const named = of === 'columns' ? task.columns : of === 'segments' ? task.segments : [];
    const flags =
      named.length === 0
        ? [{ of: 'model' as const, name: '' }]
        : named.map((name) => ({ of: of === 'columns' ? ('column' as const) : ('segment' as const), name }));
    await setFlags(ctx, task.model, flags, {
      reason: task.because,
      until: ctx.clock() + hours * HOUR,
      incident: task.incident?.id ?? null,
      once: task.run,
    });
    return {
      reference: flags
        .map(({ of: each, name }) => `${each} ${name}`.trim())
        .join(', ')
        .slice(0, 512),
      url: null,
    };
  },
};
