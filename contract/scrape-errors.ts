import type { ErrorKind } from './errors.ts';

/** Codes of what goes wrong between Tiltmeter and what it scrapes: a part of the one table (errors.ts). */
export const SCRAPE_ERRORS = {
  scrape_config_invalid: {
    status: 422,
    title: 'The file that says what is scraped cannot be used',
    hint: 'Mend what the message names: the file is read again by itself. What it said before goes on meanwhile.',
  },
  scrape_unreachable: {
    status: 502,
    title: 'A target of a scrape cannot be reached',
    hint: 'Check that it runs, that host and port are right, and that this machine reaches it: curl the address from here.',
  },
  scrape_timeout: {
    status: 504,
    title: 'A target of a scrape takes too long',
    hint: 'Look why it is slow; where it needs the time, raise scrape_timeout of its job, and scrape_interval with it.',
  },
  scrape_refused: {
    status: 502,
    title: 'A target of a scrape answers with another status than 200',
    hint: 'For 401 and 403 give its job credentials; for 404 set metrics_path; for 301 to 308 name the address that it points to.',
  },
  scrape_not_metrics: {
    status: 502,
    title: 'A target of a scrape answers with something else than metrics',
    hint: 'Set metrics_path to where it tells metrics, as text of Prometheus or OpenMetrics: curl the address to see what comes.',
  },
  scrape_too_large: {
    status: 502,
    title: 'The page of a target is too large',
    hint: 'Have it tell less, or raise body_size_limit of its job (64MB at most).',
  },
  scrape_too_many_samples: {
    status: 502,
    title: 'A target tells too many samples',
    hint: 'Take the labels out that make so many series (ids, addresses), or raise sample_limit of its job (100000 at most).',
  },
  probe_failed: {
    status: 502,
    title: 'An address that is probed answers otherwise than expected',
    hint: 'Look at the service: the message says what it answered. What is expected is in valid_status_codes and body_contains of its job.',
  },
} as const satisfies Record<string, ErrorKind>;
