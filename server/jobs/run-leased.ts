import type { Ctx } from '../context.ts';
import type { Job } from './job.ts';
import { giveLease, takeLease } from './lease.ts';

const LEASE_MS = 30_000;

/** Name of the lease that a job runs under. */
export function leaseOf({ name, lease = name }: Pick<Job, 'name' | 'lease'>): string {
  return `job:${lease}`;
}

/**
 * Runs the job if no other server has its lease, prolonging the lease while it runs. False when another has it.
 * A server that dies leaves its lease for at most half a minute.
 */
export async function runLeased(ctx: Ctx, job: Job, holder: string): Promise<boolean> {
  const name = leaseOf(job);
  if (!(await takeLease(ctx, name, holder, LEASE_MS))) return false;
  const prolong = setInterval(() => {
    takeLease(ctx, name, holder, LEASE_MS).catch((err) =>
      ctx.log.warn({ err, job: job.name }, 'lease not prolonged'),
    );
  }, LEASE_MS / 3);
  try {
    await job.run(ctx);
  } finally {
    clearInterval(prolong);
    await giveLease(ctx, name, holder).catch((err) =>
      ctx.log.warn({ err, job: job.name }, 'lease not given back'),
    );
  }
  return true;
}
