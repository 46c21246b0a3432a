import { category_renamed } from './category_renamed.ts';
import { column_swap } from './column_swap.ts';
import { concept_shift } from './concept_shift.ts';
import { covariate_shift } from './covariate_shift.ts';
import type { Fault } from './fault.ts';
import { infrastructure_saturation } from './infrastructure_saturation.ts';
import { label_delay } from './label_delay.ts';
import { missing_values } from './missing_values.ts';
import { new_category } from './new_category.ts';
import { new_version } from './new_version.ts';
import { out_of_range } from './out_of_range.ts';
import { pipeline_failure } from './pipeline_failure.ts';
import { prior_shift } from './prior_shift.ts';
import { stale_feature } from './stale_feature.ts';
import { stuck_value } from './stuck_value.ts';
import { traffic_mix } from './traffic_mix.ts';
import { type_change } from './type_change.ts';
import { unit_change } from './unit_change.ts';
import { volume_change } from './volume_change.ts';

/** Every fault that can be planted, by the name of the cause that should be found. A new one is a file and a line here. */
export const FAULTS: readonly Fault[] = [
  missing_values,
  unit_change,
  stuck_value,
  column_swap,
  category_renamed,
  new_category,
  type_change,
  out_of_range,
  stale_feature,
  covariate_shift,
  traffic_mix,
  prior_shift,
  concept_shift,
  new_version,
  label_delay,
  pipeline_failure,
  infrastructure_saturation,
  volume_change,
];
