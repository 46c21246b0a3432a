import { KINDS } from '../../server/monitors/kinds/index.ts';
import { CAUSE_PAGES } from './causes.ts';
import { errorsPage } from './errors.ts';
import { monitorIndex, monitorPage } from './monitors.ts';
import { STATISTICS_PAGES } from './statistics.ts';

/** Every page that is made from the code: its path and its text. */
export const PAGES: ReadonlyMap<string, string> = new Map([
  ['docs/errors.md', errorsPage()],
  ['docs/monitors/README.md', monitorIndex()],
  ...CAUSE_PAGES,
  ...STATISTICS_PAGES,
  ...KINDS.map((kind): [string, string] => [`docs/monitors/${kind.id}.md`, monitorPage(kind)]),
]);
