import type { Json } from './values.ts';

/** A person, or a service account, which nobody signs in as and which keys belong to. */
export interface UserRow {
  id: string;
  kind: 'person' | 'service';
  /** What tells it from all others: the email of a person, the name of a service account. */
  email: string;
  name: string;
  role: 'viewer' | 'editor' | 'admin';
  created_at: number;
  disabled_at: number | null;
}

export interface SessionRow {
  /** SHA-256 of the cookie's secret. */
  hash: string;
  user: string;
  created_at: number;
  expires_at: number;
  last_seen_at: number;
  /** The address and the browser that signed in; null of sessions from before these were kept. */
  ip: string | null;
  agent: string | null;
}

export interface LoginLinkRow {
  hash: string;
  user: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

export interface KeyRow {
  id: string;
  name: string;
  /** First characters, to recognise a key in a list. */
  prefix: string;
  hash: string;
  /** JSON array of scopes. */
  scopes: Json;
  /** The user whose it is, a person or a service account: it may do no more than they, and nothing without them. */
  owner: string;
  /** JSON array of the models it is for; null: of all. */
  models: Json | null;
  created_by: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}
