import type { Migration } from '../migrate.ts';
import { tables } from './0001-tables.ts';

/** In order; forward only. A published migration is never changed. */
export const MIGRATIONS: readonly Migration[] = [tables];
