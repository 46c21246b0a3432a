import { KINDS } from '../../server/monitors/kinds/index.ts';
import { ROOMS } from '../../test/conformance/rooms.ts';
import { CAUSE_PAGES } from './causes.ts';
import { javascriptClient } from './client.ts';
import { clientTypes } from './client-types.ts';
import { errorsPage } from './errors.ts';
import { licencesPage } from './licences.ts';
import { monitorIndex, monitorPage } from './monitors.ts';
import { roomsPicture } from './rooms.ts';
import { STATISTICS_PAGES } from './statistics.ts';

/** Everything that is made from the code: its path and its text. */
export const PAGES: ReadonlyMap<string, string> = new Map([
  ['docs/architecture.svg', roomsPicture(ROOMS.filter((room) => !room.endsWith('.ts')))],
  ['clients/typescript/events.ts', clientTypes()],
  ...javascriptClient(),
  ['docs/errors.md', errorsPage()],
  ['docs/licences.md', licencesPage()],
  ['docs/monitors/README.md', monitorIndex()],
  ...CAUSE_PAGES,
  ...STATISTICS_PAGES,
  ...KINDS.map((kind): [string, string] => [`docs/monitors/${kind.id}.md`, monitorPage(kind)]),
]);
