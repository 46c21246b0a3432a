/** What MLflow's REST API 2.0 answers, as far as it is read here. */

export interface Tag {
  readonly key: string;
  readonly value?: string;
}

export interface MlflowModel {
  readonly name: string;
  readonly description?: string;
  readonly tags?: readonly Tag[];
  readonly aliases?: readonly { readonly alias: string; readonly version: string }[];
}

export interface MlflowVersion {
  readonly name: string;
  readonly version: string;
  readonly current_stage?: string;
  readonly run_id?: string;
  readonly status?: string;
  readonly tags?: readonly Tag[];
}

export interface MlflowRun {
  readonly data?: {
    readonly metrics?: readonly { readonly key: string; readonly value: unknown }[];
    readonly tags?: readonly Tag[];
  };
  readonly inputs?: {
    readonly dataset_inputs?: readonly {
      readonly tags?: readonly Tag[];
      readonly dataset: { readonly name?: string; readonly source?: string };
    }[];
  };
}

/** The value of a tag; undefined without one or with an empty one. */
export function tagOf(tags: readonly Tag[] | undefined, key: string): string | undefined {
  return tags?.find((tag) => tag.key === key)?.value?.trim() || undefined;
}
