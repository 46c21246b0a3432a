import type { Hypothesis } from './cause.ts';
import { covariate_shift } from './covariate_shift.ts';
import { missing_values } from './missing_values.ts';
import { new_category } from './new_category.ts';
import { out_of_range } from './out_of_range.ts';
import { type_change } from './type_change.ts';
import { volume_change } from './volume_change.ts';

/** Every hypothesis that an incident is held against. A new one is a file and a line here. */
export const HYPOTHESES: readonly Hypothesis[] = [
  missing_values,
  type_change,
  out_of_range,
  new_category,
  covariate_shift,
  volume_change,
];
