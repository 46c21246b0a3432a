import type { TableProfile } from '../../../contract/table-profile.ts';

/** The profile as `contract/table-profile.ts` describes it. */
export function profileJsonReport(profile: TableProfile): string {
  return JSON.stringify(profile, null, 2);
}
