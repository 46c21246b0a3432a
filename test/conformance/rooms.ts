/**
 * The rooms of the server in the order of the road. A room may import from itself and from those above it, types
 * included; what lies flat in `server/` before the rooms (log, ids, page …) is for all of them.
 */
export const ROOMS: readonly string[] = [
  'store',
  'context.ts',
  'http',
  'jobs',
  'audit',
  'users',
  'keys',
  'models',
  'registry',
  'events',
  'telemetry',
  'profiles',
  'signals',
  'alerts',
  'review',
  'holds',
  'monitors',
  'incidents',
  'heartbeats',
  'actions',
  'fleet',
  'digests',
  'links',
  'automation',
  'drills',
  'status',
  'settings',
  'uploads',
];
