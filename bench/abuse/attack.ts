/** One abuse, a process of its own: `attack.ts <name> <address> <ingest key> <read key> <seconds>`; prints its answers by status. */
import { setPriority } from 'node:os';
import { ABUSES } from './abuses.ts';

const [name, address, ingestKey, readKey, seconds] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
];
// It stands for other machines: what it costs itself must not take the processor from server and honest sender.
setPriority(19);
const abuse = ABUSES.find((each) => each.name === name);
if (abuse === undefined) throw new Error(`there is no abuse called ${name}`);
const over = AbortSignal.timeout(Number(seconds) * 1000);
const answers = await abuse.run({ address, port: Number(new URL(address).port), ingestKey, readKey, over });
process.stdout.write(JSON.stringify(Object.fromEntries(answers)));
process.exit(0);
