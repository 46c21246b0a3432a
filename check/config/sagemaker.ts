import type { Rule } from '../rules/rule.ts';
import type { CheckSettings, ColumnSettings } from './settings.ts';

interface Feature {
  readonly name: string;
  readonly inferred_type?: 'Integral' | 'Fractional' | 'String' | 'Unknown';
  readonly completeness?: number;
  readonly num_constraints?: { readonly is_non_negative?: boolean };
  readonly string_constraints?: { readonly domains?: readonly string[] };
  /** In statistics.json. */
  readonly numerical_statistics?: { readonly common?: Counts };
  readonly string_statistics?: { readonly common?: Counts };
}

interface Counts {
  readonly num_present?: number;
  readonly num_missing?: number;
}

/** `constraints.json` or `statistics.json` of SageMaker Model Monitor. */
export interface SagemakerFile {
  readonly features: readonly Feature[];
  readonly monitoring_config?: {
    readonly datatype_check_threshold?: number;
    readonly domain_content_threshold?: number;
    readonly distribution_constraints?: {
      readonly perform_comparison?: string;
      readonly comparison_threshold?: number;
      readonly comparison_method?: string;
      readonly categorical_comparison_threshold?: number;
      readonly categorical_drift_method?: string;
    };
  };
}

/**
 * Types, completeness, sign and domains become rules; the distribution constraints decide drift by SageMaker's own
 * distances. A threshold above a half is the share that must fit (older files), one below the share that may not.
 */
export function sagemakerSettings({ features, monitoring_config = {} }: SagemakerFile): CheckSettings {
  const { datatype_check_threshold, domain_content_threshold, distribution_constraints } = monitoring_config;
  const typesMostly = mostly(datatype_check_threshold);
  const domainMostly = mostly(domain_content_threshold);
  const distances = distribution_constraints;
  return {
    rules: features.flatMap((feature) => rulesOf(feature, typesMostly, domainMostly)),
    columns: Object.fromEntries(features.map((feature) => [feature.name, columnOf(feature)])),
    ...(distances && distances.perform_comparison !== 'Disabled'
      ? {
          as: 'sagemaker',
          numeric: decision(distances.comparison_method, distances.comparison_threshold),
          categorical: decision(
            distances.categorical_drift_method,
            distances.categorical_comparison_threshold ?? distances.comparison_threshold,
          ),
        }
      : {}),
  };
}

function decision(test: string | undefined, threshold: number | undefined) {
  return { ...(test === undefined ? {} : { test }), ...(threshold === undefined ? {} : { threshold }) };
}

function columnOf({ inferred_type }: Feature): ColumnSettings {
  if (inferred_type === 'Integral' || inferred_type === 'Fractional') return { type: 'numeric' };
  return inferred_type === 'String' ? { type: 'categorical' } : {};
}

function rulesOf(feature: Feature, typesMostly: number, domainMostly: number): Rule[] {
  const { name: column, inferred_type, num_constraints, string_constraints } = feature;
  const rules: Rule[] = [{ kind: 'present', column }];
  const complete = completeness(feature);
  if (complete !== undefined) rules.push({ kind: 'not_missing', column, mostly: complete });
  if (inferred_type === 'Integral')
    rules.push({ kind: 'of_type', column, type: 'integer', mostly: typesMostly });
  if (inferred_type === 'Fractional')
    rules.push({ kind: 'of_type', column, type: 'numeric', mostly: typesMostly });
  if (num_constraints?.is_non_negative) rules.push({ kind: 'between', column, min: 0, max: null, mostly: 1 });
  if (string_constraints?.domains)
    rules.push({ kind: 'in_set', column, values: string_constraints.domains, mostly: domainMostly });
  return rules;
}

function completeness(feature: Feature): number | undefined {
  if (feature.completeness !== undefined) return feature.completeness;
  const counts = feature.numerical_statistics?.common ?? feature.string_statistics?.common;
  const all = (counts?.num_present ?? 0) + (counts?.num_missing ?? 0);
  return all > 0 ? counts!.num_present! / all : undefined;
}

function mostly(threshold = 0.1): number {
  return threshold > 0.5 ? threshold : 1 - threshold;
}
