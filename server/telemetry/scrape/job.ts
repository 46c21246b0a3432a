import type { SingleJob } from '../../jobs/job.ts';
import type { Scraper } from './scraper.ts';

/** Begins the scrapes that are due. */
export const scrapeJob = (scraper: Scraper): SingleJob => ({
  name: 'scrape',
  scope: 'one',
  everyMs: 1000,
  run: (ctx, fence) => scraper.run(ctx, fence),
});
