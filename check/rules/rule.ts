import type { ColumnType } from '../../tables/rules/infer.ts';

/** Something that every value of a column of the current table should be; `mostly` of the given values must be so. */
export type Rule =
  | { readonly kind: 'present'; readonly column: string }
  | { readonly kind: 'not_missing'; readonly column: string; readonly mostly: number }
  | { readonly kind: 'missing'; readonly column: string; readonly mostly: number }
  | {
      readonly kind: 'between';
      readonly column: string;
      readonly min: number | null;
      readonly max: number | null;
      readonly mostly: number;
    }
  | {
      readonly kind: 'in_set' | 'not_in_set';
      readonly column: string;
      readonly values: readonly string[];
      readonly mostly: number;
    }
  | {
      readonly kind: 'of_type';
      readonly column: string;
      readonly type: Extract<ColumnType, 'numeric' | 'categorical' | 'boolean'> | 'integer';
      readonly mostly: number;
    }
  | {
      readonly kind: 'length';
      readonly column: string;
      readonly min: number;
      readonly max: number;
      readonly mostly: number;
    }
  | { readonly kind: 'matches'; readonly column: string; readonly pattern: string; readonly mostly: number }
  | { readonly kind: 'unique'; readonly column: string };
