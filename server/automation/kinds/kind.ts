import type { z } from 'zod';
import type { DeliveryContext } from '../../actions/channels/channel.ts';
import type { Ctx } from '../../context.ts';

/** What is to be done and why, as a webhook gets it (docs/actions/webhook.md). No values of columns. */
export interface Task {
  readonly version: 1;
  /** The same at every try: who has seen it does nothing. */
  readonly run: string;
  readonly action: { readonly id: string; readonly name: string };
  readonly model: string;
  readonly model_name: string;
  readonly because: string;
  /** Who asked for it by hand; null: it was due by itself. */
  readonly asked_by: string | null;
  readonly incident: {
    readonly id: string;
    readonly title: string;
    readonly priority: string;
    readonly started_at: string;
    readonly url: string;
  } | null;
  /** The likeliest cause, and the columns and segments that it or its alerts are about. */
  readonly cause: string | null;
  readonly columns: readonly string[];
  readonly segments: readonly string[];
  /** Of the model: the one that came last and the one before; of a recommendation: the two that it is about. */
  readonly versions: { readonly version: string | null; readonly baseline: string | null };
  /** What is recommended of `version`; null of an incident. */
  readonly recommendation: 'promote' | 'stop' | null;
}

/** What the other side calls what it began, and where it is to be seen. */
export interface Begun {
  readonly reference: string | null;
  readonly url: string | null;
}

/** What a kind may use of the world. */
export interface ActionContext extends DeliveryContext {
  readonly ctx: Ctx;
}

/**
 * Something that can be done about a model. `begin` resolves when the other side has taken it, and throws a DeliveryError (or any
 * error) when it has not.
 */
export interface ActionKind<Options = unknown> {
  readonly id: string;
  readonly title: string;
  /** What it takes; the description of a field is its label. Fields named in `secrets` are never shown again. */
  readonly options: z.ZodType<Options>;
  readonly secrets: readonly string[];
  /** Whether the other side knows a key that it has seen: only then is a try repeated that may have been heard. */
  readonly repeatable: boolean;
  /** Whether a new version is to come of it, which is then held against the one before. */
  readonly makesVersion: boolean;
  address(options: Options): string;
  /** The address it connects to, whose host must be public unless private ones are allowed; null: none. */
  reaches(options: Options): string | null;
  begin(context: ActionContext, options: Options, task: Task): Promise<Begun>;
}

export const NOTHING_KNOWN: Begun = { reference: null, url: null };
