import type { TargetGroup } from '../config-schema.ts';

/** Where targets of a job are found. It keeps what it found last, for a name server that is away takes no target with it. */
export interface Source {
  readonly groups: readonly TargetGroup[];
  /** What is wrong with it now, in plain words. */
  readonly problem: string | undefined;
  /** Looks again where it is time for that, by the monotonic clock; resolves once it has. Never rejects. */
  refresh(now: number): Promise<void>;
}
