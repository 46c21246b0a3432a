import { z } from 'zod';
import { LAYERS } from './layer.ts';
import { STAGES } from './stage.ts';

/** What of a model may send: the stages of its pipeline, its layers, and what ties one answer to all of it. */
export const COVERAGE_PARTS = [...STAGES, ...LAYERS, 'traces', 'logs'] as const;
export const CoveragePart = z.enum(COVERAGE_PARTS);
export type CoveragePart = z.infer<typeof CoveragePart>;

/** `sends`: within the last day; `stopped`: it did before; `nothing`. */
export const CoverageState = z.enum(['sends', 'stopped', 'nothing']);
export type CoverageState = z.infer<typeof CoverageState>;

export const CoverageItem = z.object({
  part: CoveragePart,
  kind: z.enum(['stage', 'layer', 'signal']),
  state: CoverageState,
  /** What it sends, in words. */
  sentence: z.string(),
  /** When something came of it last; null where nothing did, or nobody knows when. */
  last: z.string().nullable(),
  /** The next smallest step; null where it sends. */
  next: z.string().nullable(),
});
export type CoverageItem = z.infer<typeof CoverageItem>;

/** What of a model sends nothing, and what to do about it. */
export const Coverage = z.object({
  model: z.string(),
  /** How many parts send. */
  sends: z.number().int(),
  of: z.number().int(),
  /** Stages in the order of the pipeline, then layers, then what ties them. */
  items: z.array(CoverageItem),
});
export type Coverage = z.infer<typeof Coverage>;
