import type { ScrapeTargets } from '../../../contract/scrape.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import type { ConfigFile } from './config-file.ts';
import { readProblems } from './problem-rows.ts';
import { readTargets } from './target-rows.ts';

/** Everything that is scraped, and what of the file is not used. Errors: not_allowed. */
export async function listTargets(ctx: Ctx, file: ConfigFile | undefined): Promise<ScrapeTargets> {
  authorise(ctx.actor, 'read');
  const items = await readTargets(ctx);
  if (file === undefined) return { file: null, items, next_cursor: null };
  const { path, problems, failure } = await file.read();
  const found = await readProblems(ctx);
  const whole = failure === undefined ? [] : [{ job: '', message: failure.message }];
  return { file: { path, problems: [...whole, ...problems, ...found] }, items, next_cursor: null };
}
