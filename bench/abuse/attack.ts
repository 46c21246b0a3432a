/** One abuse, a process of its own: `attack.ts <name> <target>`; tells when it has begun, and its answers by status when it was told to stop. */
import { setPriority } from 'node:os';
import { ABUSES } from './abuses.ts';
import type { Place } from './target.ts';

const [name, place] = process.argv.slice(2) as [string, string];
// It stands for other machines: what it costs itself must not take the processor from server and honest sender.
setPriority(19);
const abuse = ABUSES.find((each) => each.name === name);
if (abuse === undefined) throw new Error(`there is no abuse called ${name}`);
const stop = new AbortController();
process.on('message', () => stop.abort());
const answers = await abuse.run({
  ...(JSON.parse(place) as Place),
  over: stop.signal,
  begun: () => process.send!('begun'),
});
process.send!(Object.fromEntries(answers), () => process.exit(0));
