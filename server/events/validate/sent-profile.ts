import { FEATURE_NAME } from '../../../contract/name.ts';
import { PROFILE_DEFINITION, type SentProfile } from '../../../contract/sent-profile.ts';
import { epochMs } from '../../../contract/time.ts';
import { type Refusal, refuse, shown } from './refusal.ts';

/** Columns of profiles that are no features. */
const MADE: ReadonlySet<string> = new Set(['_prediction', '_score', '_latency_ms', '_error', '_all']);

/**
 * Why a profile cannot be merged, where its shape is right: another definition, a column that there cannot be, counts that do not add up. Pure.
 * `refusedProfile(profile)` → undefined
 */
export function refusedProfile(profile: SentProfile): Refusal | undefined {
  const { definition, column, type } = profile;
  if (definition !== PROFILE_DEFINITION)
    return refuse(
      'unknown_definition',
      `the profile is of definition ${definition}, this server merges ${PROFILE_DEFINITION}`,
    );
  if (!MADE.has(column) && !FEATURE_NAME.test(column))
    return refuse('invalid_feature_name', `${shown(column)} is not a feature name`);
  if ((column === '_all') !== (type === 'rows'))
    return refuse('damaged_profile', '_all, and nothing else, is of type rows');
  const wrong = wrongCounts(profile);
  return wrong === undefined ? undefined : refuse('damaged_profile', `${shown(column)}: ${wrong}`);
}

function wrongCounts(profile: SentProfile): string | undefined {
  const { type, n, missing, invalid, min, max, scale, cells, cell_counts, names, name_counts, other } =
    profile;
  const values = n - missing - invalid;
  if (values < 0) return 'missing and invalid are more than n';
  if (cells.length !== cell_counts.length) return 'cells and cell_counts differ in length';
  if (names.length !== name_counts.length) return 'names and name_counts differ in length';
  if (cells.some((cell, i) => i > 0 && cell <= cells[i - 1]!)) return 'cells are not ascending';
  if (new Set(names).size < names.length) return 'a name stands twice';
  if (profile.last !== undefined && epochMs(profile.last) < epochMs(profile.time))
    return 'last lies before time';
  if (type === 'rows')
    return cells.length > 0 || names.length > 0 || values !== n ? 'rows have no values' : undefined;
  if (type === 'numeric') {
    if (names.length > 0 || other > 0) return 'numbers have no names';
    if (total(cell_counts) !== values) return 'cell_counts do not add up to n − missing − invalid';
    if (values === 0) return undefined;
    if (scale === undefined || profile.center === undefined) return 'the grid is missing (center, scale)';
    return min === undefined || max === undefined || min > max
      ? 'min and max are missing, or min is larger'
      : undefined;
  }
  if (cells.length > 0) return 'categories have no cells';
  return total(name_counts) + other === values
    ? undefined
    : 'name_counts and other do not add up to n − missing − invalid';
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
