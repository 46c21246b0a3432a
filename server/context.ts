import type { Kysely } from 'kysely';
import type { Log } from './log.ts';
import type { Stamps } from './stamps.ts';
import type { Lake } from './store/lake/lake.ts';
import type { Ledger } from './store/ledger/schema.ts';
import type { Prometheus } from './store/prometheus/prometheus.ts';
import type { Vault } from './vault.ts';

export type Role = 'viewer' | 'editor' | 'admin';
export type Scope = 'ingest' | 'read' | 'write' | 'admin';

/** Who acts. Every verb authorises against it and the audit log records it. */
export interface Actor {
  /** `operator`: whoever may read the server's environment or its data folder. */
  readonly kind: 'user' | 'key' | 'operator' | 'system' | 'anonymous';
  /** What tells it from all others. */
  readonly id: string;
  /** Of a user the email, of a key its name: for people to read. */
  readonly name: string;
  readonly role: Role;
  readonly scopes: ReadonlySet<Scope>;
  /** The person or service account it acts for; absent where there is none. */
  readonly account?: string;
  /** The models it may act on; all when absent. */
  readonly models?: ReadonlySet<string>;
}

/**
 * An actor for people to read: a user by email, all others with their kind in front, in a form that no email has, because
 * whoever makes a key chooses its name. `shownName({ kind: 'key', name: 'deploy', … })` → 'key deploy'
 */
export function shownName({ kind, name }: Actor): string {
  return kind === 'user' || kind === 'system' ? name : `${kind} ${name}`;
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
  /** The request it acts for; absent where nobody asked over HTTP. */
  readonly request?: { readonly id: string; readonly ip: string };
  readonly vault: Vault;
  readonly ledger: Kysely<Ledger>;
  readonly lake: Lake;
  /** Where metrics are read that were not copied; absent where none is named. */
  readonly prometheus?: Prometheus | undefined;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** What this process writes to the lake bears them. */
  readonly stamps: Stamps;
  /** Milliseconds that only go forward, however the wall clock is set: for durations and pauses. */
  readonly monotonic: () => number;
  /**
   * Awaited between two pieces of work. In the background it resolves at once while no request waits; else when there is quiet, or at the latest
   * when this work has had its least share of the machine (see jobs/contention.ts). Of a request: when it is the turn of whoever asked (turns.ts).
   */
  readonly turn: () => Promise<void>;
  readonly ids: Ids;
  readonly log: Log;
  readonly settings: ServerSettings;
}

/** How long people stay signed in, milliseconds. */
export interface SessionBounds {
  /** Without a request. */
  readonly idleMs: number;
  /** In any case. */
  readonly maxMs: number;
}

export interface ServerSettings {
  /** Public address of the dashboard, for links in notifications: `http://127.0.0.1:8765`. */
  readonly address: string;
  /** Further names that the dashboard is reached by. */
  readonly hosts: readonly string[];
  readonly autoCreateModels: boolean;
  readonly allowPrivateAddresses: boolean;
  /** For how long people stay signed in. */
  readonly session: SessionBounds;
  /** Epoch milliseconds at which this server started. */
  readonly startedAt: number;
}

/** The same context, acting as someone else. */
export function actingAs(ctx: Ctx, actor: Actor): Ctx {
  return { ...ctx, actor };
}
