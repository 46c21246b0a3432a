import type { Kysely } from 'kysely';
import type { Log } from './log.ts';
import type { Stamps } from './stamps.ts';
import type { Lake } from './store/lake/lake.ts';
import type { Ledger } from './store/ledger/schema.ts';

export type Role = 'viewer' | 'editor' | 'admin';
export type Scope = 'ingest' | 'read' | 'write' | 'admin';

/** Who acts. Every verb authorises against it and the audit log records it. */
export interface Actor {
  readonly kind: 'user' | 'key' | 'system' | 'anonymous';
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly scopes: ReadonlySet<Scope>;
}

export const SYSTEM: Actor = {
  kind: 'system',
  id: 'system',
  name: 'Tiltmeter',
  role: 'admin',
  scopes: new Set<Scope>(['ingest', 'read', 'write', 'admin']),
};

/** Nobody in particular. */
export const ANONYMOUS: Actor = {
  kind: 'anonymous',
  id: 'anonymous',
  name: 'anonymous',
  role: 'viewer',
  scopes: new Set<Scope>(),
};

/** Sources of randomness: ids sort by time of creation; secrets are 256 bits of entropy in base64url. */
export interface Ids {
  id(): string;
  secret(): string;
}

/** What a running server can do, passed first to everything that has an effect. */
export interface Ctx {
  readonly actor: Actor;
  readonly ledger: Kysely<Ledger>;
  readonly lake: Lake;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** What this process writes to the lake bears them. */
  readonly stamps: Stamps;
  /** Milliseconds that only go forward, however the wall clock is set: for durations and pauses. */
  readonly monotonic: () => number;
  /**
   * Awaited by background work between two pieces of it. Resolves at once while no request waits; else when there is
   * quiet, or at the latest when this work has had its least share of the machine (see jobs/contention.ts).
   */
  readonly turn: () => Promise<void>;
  readonly ids: Ids;
  readonly log: Log;
  readonly settings: ServerSettings;
}

export interface ServerSettings {
  /** Public address of the dashboard, for links in notifications: `http://127.0.0.1:8765`. */
  readonly address: string;
  readonly autoCreateModels: boolean;
  readonly allowPrivateAddresses: boolean;
  /** Epoch milliseconds at which this server started. */
  readonly startedAt: number;
}

/** The same context, acting as someone else. */
export function actingAs(ctx: Ctx, actor: Actor): Ctx {
  return { ...ctx, actor };
}
