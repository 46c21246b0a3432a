import { category_renamed } from './category_renamed.ts';
import type { Hypothesis } from './cause.ts';
import { column_swap } from './column_swap.ts';
import { concept_shift } from './concept_shift.ts';
import { covariate_shift } from './covariate_shift.ts';
import { infrastructure_saturation } from './infrastructure_saturation.ts';
import { label_delay } from './label_delay.ts';
import { missing_values } from './missing_values.ts';
import { new_category } from './new_category.ts';
import { new_version } from './new_version.ts';
import { out_of_range } from './out_of_range.ts';
import { pipeline_failure } from './pipeline_failure.ts';
import { prior_shift } from './prior_shift.ts';
import { seasonality } from './seasonality.ts';
import { stale_feature } from './stale_feature.ts';
import { stuck_value } from './stuck_value.ts';
import { traffic_mix } from './traffic_mix.ts';
import { type_change } from './type_change.ts';
import { unit_change } from './unit_change.ts';
import { volume_change } from './volume_change.ts';

/** Every hypothesis that an incident is held against. A new one is a file and a line here. */
export const HYPOTHESES: readonly Hypothesis[] = [
  pipeline_failure,
  missing_values,
  type_change,
  unit_change,
  column_swap,
  stuck_value,
  stale_feature,
  category_renamed,
  new_category,
  out_of_range,
  new_version,
  traffic_mix,
  prior_shift,
  covariate_shift,
  seasonality,
  concept_shift,
  label_delay,
  infrastructure_saturation,
  volume_change,
];
