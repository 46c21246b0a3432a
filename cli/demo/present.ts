import { DAY } from './story.ts';

const WEEK = 7 * DAY;
/** From here on the growth of 2012 shows in the quality of the model. */
const EARLIEST = Date.parse('2012-05-01T00:00:00Z');
/** Two weeks before the end of the data, so that there is something left to send as time passes. */
const LATEST = Date.parse('2012-12-17T00:00:00Z');

/**
 * By how many milliseconds the times of 2011 and 2012 are moved so that `now` lies within the data: whole weeks, so
 * that hours and weekdays stay what they were, and the week of the year too from May to mid-December. In the
 * other months it is off by ten weeks at most: the demo ends where there is something to see.
 *
 * Example: what is sent on 26 November 2026 is the data of 29 November 2012, both Thursdays.
 */
export function moveToPresent(now: number): number {
  const season = new Date(now).setUTCFullYear(2012);
  return Math.round((now - nearest(season)) / WEEK) * WEEK;
}

/** The moment of 2012 that there is something to see at, nearest to a moment of that year; January follows December. */
function nearest(season: number): number {
  if (season >= EARLIEST) return Math.min(season, LATEST);
  const afterLatest = season + 366 * DAY - LATEST;
  return afterLatest < EARLIEST - season ? LATEST : EARLIEST;
}
