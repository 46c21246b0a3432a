import { TiltmeterError } from '../../../../contract/errors.ts';
import type { Grid } from '../../../../stats/asinh-grid.ts';
import type { ModelRow } from '../../../store/ledger/schema.ts';
import type { Profile } from '../../profile.ts';
import { type FoundFile, openFile } from './open-file.ts';
import { fileProfiles } from './profiles.ts';
import { type ColumnPlan, readColumns } from './read-columns.ts';
import { fileTask } from './task.ts';

/** What of a file is profiled, and how. */
export interface ProfilePlan extends ColumnPlan {
  readonly task: ModelRow['task'];
  /** The model's frozen grids. */
  readonly grids: ReadonlyMap<string, Grid>;
}

export interface MadeProfiles {
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Grids that the model did not have. */
  readonly grids: ReadonlyMap<string, Grid>;
}

/** A reference file after it has been looked through: what is in it, and its profiles once it is known what is wanted. */
export interface ReferenceFile {
  readonly found: FoundFile;
  profile(plan: ProfilePlan): Promise<MadeProfiles>;
}

/** Errors: empty_body, invalid_json, invalid_request (not a table). */
export async function readFile(path: string, contentType: string): Promise<ReferenceFile> {
  const file = await openFile(path, contentType).catch((error: unknown) => {
    if (!(error instanceof TiltmeterError) || error.code !== 'unreadable_table') throw error;
    throw new TiltmeterError(/json/i.test(contentType) ? 'invalid_json' : 'invalid_request', error.message);
  });
  const { rows, rejected, columns, notes } = file;
  return {
    found: { rows, rejected, columns, notes },
    async profile(plan) {
      const read = await readColumns(file, plan);
      const task = plan.task === 'unknown' ? fileTask(read) : plan.task;
      return fileProfiles(read, { task }, plan.grids);
    },
  };
}
