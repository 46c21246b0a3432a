import type { Cause, Priority } from '../../contract/incident.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import type { Fact } from './fact.ts';
import { priorityOf } from './priority.ts';
import { rankCauses } from './rank-causes.ts';
import { importanceOf } from './read-facts.ts';
import { titleOf } from './title.ts';

export interface Story {
  readonly title: string;
  readonly priority: Priority;
  readonly causes: Cause[];
}

/** An incident told from its facts: one sentence, how urgent, what explains it. */
export function tell(facts: readonly Fact[], model: Pick<ModelRow, 'importance'>, startedAt: number): Story {
  const causes = rankCauses(facts);
  const columns = [...new Set(causes.map(({ column }) => column).filter((name) => name !== ''))];
  return {
    title: titleOf(facts, columns, startedAt),
    priority: priorityOf(facts, importanceOf(model).size),
    causes,
  };
}
