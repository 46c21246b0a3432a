import { Command } from 'commander';
import type { EndpointProtocol } from '../../contract/hold.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { Interrupted, Misuse } from '../failure.ts';
import { print } from '../print.ts';
import { endpointOptions } from '../replay/endpoint-options.ts';
import { gateOf } from '../replay/gate.ts';
import { replayInWords } from '../replay/in-words.ts';
import { protocolAs } from '../replay/protocol.ts';
import { reportOf } from '../replay/report.ts';
import { keptResults } from '../replay/results.ts';
import { fileRows, type ReplayRow, rangeOfIncident, storedRows } from '../replay/rows.ts';
import { replay } from '../replay/run-replay.ts';
import { atLeastOne, headersOf, httpAddress } from '../replay/values.ts';
import { note, type Terminal } from '../terminal.ts';
import { milliseconds, number } from '../values.ts';

interface Given {
  readonly endpoint: string;
  readonly model?: string;
  readonly incident?: string;
  readonly from?: string;
  readonly to?: string;
  readonly modelVersion?: string;
  readonly limit: number;
  readonly map: string[];
  readonly ignore: string[];
  readonly label?: string;
  readonly protocol: EndpointProtocol;
  readonly body?: string;
  readonly answer?: string;
  readonly classes: string[];
  readonly header: string[];
  readonly concurrency: number;
  readonly timeout: number;
  readonly out?: string;
  readonly failUnder?: number;
  readonly failOver?: number;
  readonly url?: string;
  readonly key?: string;
  readonly json?: boolean;
}

export const replayCommand: MakeCommand = (terminal, exit) => {
  const command = connecting(new Command('replay'))
    .description(
      'ask the endpoint of a candidate for stored predictions, or for the rows of a file, and compare its answers',
    )
    .argument(
      '[files...]',
      'a labelled set; without one stored predictions of --model or --incident are asked for',
    )
    .requiredOption('--endpoint <address>', 'where the candidate answers')
    .option('--model <model>', 'stored predictions of this model')
    .option('--incident <id>', 'stored predictions of the time of this incident')
    .option('--from <time>', 'not before')
    .option('--to <time>', 'before')
    .option('--model-version <version>', 'only what this version answered')
    .option('--limit <rows>', 'stored predictions at most, the newest first', atLeastOne, 1000);
  endpointOptions(command)
    .option('--concurrency <n>', 'requests at once', atLeastOne, 8)
    .option('--timeout <length>', 'how long an answer may take', milliseconds, 10_000)
    .option(
      '--out <file>',
      'keep each answer as a line of JSON; the same command then goes on where it was stopped',
    )
    .option(
      '--fail-under <share>',
      'exit with 1 when the accuracy (the agreement, without labels) is under it',
      number,
    )
    .option('--fail-over <error>', 'of numbers: exit with 1 when the mean absolute error is over it', number)
    .option('--json', 'print JSON')
    .action(async (files: string[], given: Given) => {
      const endpoint = {
        url: httpAddress(given.endpoint),
        headers: headersOf(given.header),
        timeoutMs: given.timeout,
        protocol: protocolAs(given.protocol, given.body, given.answer),
        classes: given.classes,
      };
      const stop = terminal.interrupt?.();
      const { results, kept, ended } = await replay(
        endpoint,
        await rowsOf(terminal, files, given),
        keptResults(given.out ?? null),
        { concurrency: given.concurrency, stop },
      );
      if (ended === 'interrupted') throw new Interrupted();
      if (kept > 0) terminal.stderr.write(`${kept} answers were kept by an earlier try\n`);
      if (results.length === 0)
        throw new Misuse('There are no rows to ask for', 'Choose another time, model or file.');
      const report = reportOf(results);
      print(terminal, given.json, report, replayInWords);
      if (ended === 'endpoint_gone')
        terminal.stderr.write('tiltmeter: fifty rows one after the other had no answer: no more was asked\n');
      if (report.answered === 0) return exit(2);
      const failure = gateOf(report, { under: given.failUnder, over: given.failOver });
      if (failure !== null) note(terminal, `tiltmeter: failed: ${failure}`);
      if (failure !== null || ended !== null) exit(1);
    });
  return example(
    command,
    'tiltmeter replay --model credit-risk --from 2026-11-01 --endpoint http://127.0.0.1:8080/v1/models/candidate:predict',
    'tiltmeter replay --incident 01JD --endpoint http://127.0.0.1:8080/v2/models/candidate/infer --protocol kserve-v2',
    'tiltmeter replay hold.csv --label defaulted --endpoint http://127.0.0.1:8080/score --protocol template --body \'{"row":"$features"}\' --answer label --fail-under 0.9',
  );
};

/** Rows of files, or what is stored of a model or of the time of an incident. */
async function rowsOf(
  terminal: Terminal,
  files: readonly string[],
  given: Given,
): Promise<AsyncIterable<ReplayRow>> {
  const { model, incident, from, to, modelVersion: version, limit, label, map, ignore } = given;
  if (files.length > 0) {
    const maps = label === undefined ? map : [...map, `label=${label}`];
    return fileRows(files, maps, ignore, terminal.clock());
  }
  if (model === undefined && incident === undefined)
    throw new Misuse('Nothing to ask for', 'Give a file, --model or --incident.');
  const client = connect(terminal, given, true);
  const range = incident === undefined ? { model: model! } : await rangeOfIncident(client, incident);
  return storedRows(client, {
    ...{ ...range, version, limit },
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  });
}
