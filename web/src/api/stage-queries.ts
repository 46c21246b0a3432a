import type { Range } from '../time/range.ts';
import { get } from './asking.ts';
import { pollOf, time } from './queries.ts';
import type { Coverage, Page, StagePatterns, StageSummaries, StoredStage } from './types.ts';

/** How each stage of a model's pipeline does. */
export const stagesQuery = (model: string, range: Range) =>
  get<StageSummaries>('/models/:model/stages/summary', { model }, time(range), pollOf(range));

/** What the stages say, by template; with `since` the new ones first. */
export const stagePatternsQuery = (model: string, range: Range, since: string | undefined) =>
  get<StagePatterns>('/models/:model/stages/patterns', { model }, { ...time(range), since }, pollOf(range));

export const stageRecordsQuery = (
  model: string,
  range: Range,
  which: { readonly q: string | undefined; readonly level: string | undefined; readonly limit: number },
) => get<Page<StoredStage>>('/models/:model/stages', { model }, { ...time(range), ...which }, pollOf(range));

export const coverageQuery = (model: string) => get<Coverage>('/models/:model/coverage', { model });
