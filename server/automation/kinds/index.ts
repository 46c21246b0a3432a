import { airflow } from './airflow.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import type { ActionKind } from './kind.ts';
import { kubeflow } from './kubeflow.ts';
import { quarantine } from './quarantine.ts';
import { release } from './release.ts';
import { webhook } from './webhook.ts';

/** Options are checked by the schema of the kind before they get there. */
const kind = <Options>(known: ActionKind<Options>) => known as ActionKind;

/** Everything that can be done, in the order in which it is offered. */
const LIST: readonly ActionKind[] = [
  kind(webhook),
  kind(github),
  kind(gitlab),
  kind(airflow),
  kind(kubeflow),
  kind(release),
  kind(quarantine),
];

/** Everything that can be done, by id. A new one is a file and a line above. */
export const ACTION_KINDS: Readonly<Record<string, ActionKind>> = Object.fromEntries(
  LIST.map((each) => [each.id, each]),
);
