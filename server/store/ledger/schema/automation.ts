import type { Generated } from 'kysely';
import type { Flag, Json } from './values.ts';

export interface ActionRow {
  id: string;
  name: string;
  kind: string;
  /** Options of its kind, JSON, sealed with the secret key: they hold secrets. */
  options: string;
  enabled: Flag;
  /** JSON as in contract/action.ts; so is `approval`. */
  due_when: Json;
  cooldown_minutes: number;
  per_day: number;
  approval: Json | null;
  created_at: number;
  updated_at: number;
}

/** One time that an action was due. Unique by action, model and `once`: the same reason makes one. */
export interface ActionRunRow {
  id: string;
  action: string;
  name: string;
  kind: string;
  model: string;
  incident: string | null;
  /** Incident and episode, or what is recommended of which versions. */
  once: string;
  because: string;
  state: 'asked' | 'waiting' | 'begun' | 'failed' | 'unclear' | 'refused' | 'expired';
  /** What is sent, JSON as in server/automation/kinds/kind.ts. */
  task: Json;
  /** Emails of who may say yes, JSON. */
  people: Json;
  /** The account that asked for it by hand; null when it was due by itself, or nobody's account did. */
  asker: string | null;
  asked_at: number;
  expires_at: number | null;
  decided_at: number | null;
  decided_by: string | null;
  comment: string | null;
  attempts: number;
  next_at: number;
  /** A try is under way until this moment of the database's clock; 0: none is. */
  claimed_until: number;
  begun_at: number | null;
  reference: string | null;
  url: string | null;
  /** JSON as in contract/action.ts. */
  outcome: Json | null;
  /** When what came of it is looked at again; null: it is known, or nothing is to come. */
  outcome_due_at: number | null;
}

export interface ActionTryRow {
  seq: Generated<number>;
  run: string;
  at: number;
  took_ms: number;
  said: string;
}

/** What is not to be relied on. */
export interface QuarantineRow {
  id: string;
  model: string;
  flag_of: 'model' | 'column' | 'segment';
  name: string;
  reason: string;
  since: number;
  until: number | null;
  set_by: string;
  incident: string | null;
  ended_at: number | null;
  ended_by: string | null;
}
