import type { Json } from './values.ts';

export interface UserRow {
  id: string;
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
  created_by: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}
