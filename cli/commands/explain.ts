import { Command, Option } from 'commander';
import type { EndpointProtocol } from '../../contract/hold.ts';
import type { PredictionDetail } from '../../contract/prediction.ts';
import type { Features } from '../../mapping/endpoint/protocol.ts';
import { random } from '../../stats/random.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { explainRow } from '../explain/explain-row.ts';
import { explainedInWords } from '../explain/in-words.ts';
import { Interrupted, Misuse } from '../failure.ts';
import { print } from '../print.ts';
import { PROTOCOLS, protocolAs } from '../replay/protocol.ts';
import { storedRows } from '../replay/rows.ts';
import { atLeastOne, collectHeaders, headersOf, httpAddress } from '../replay/values.ts';
import { note } from '../terminal.ts';
import { milliseconds } from '../values.ts';

interface Given {
  readonly endpoint: string;
  readonly background: number;
  readonly coalitions: number;
  readonly protocol: EndpointProtocol;
  readonly body?: string;
  readonly answer?: string;
  readonly header: string[];
  readonly concurrency: number;
  readonly timeout: number;
  readonly url?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** The same row is explained alike whenever it is asked for. */
const SEED = 20_261_127;

export const explain: MakeCommand = (terminal, exit) => {
  const command = connecting(new Command('explain'))
    .description('ask the endpoint of a model what its answer to a stored prediction is made of (KernelSHAP)')
    .argument('<model>', 'the model')
    .argument('<id>', 'the prediction')
    .requiredOption('--endpoint <address>', 'where the model answers with a number')
    .option('--background <rows>', 'stored predictions that the row is held against', atLeastOne, 10)
    .option('--coalitions <n>', 'coalitions of features that are asked for at most', atLeastOne, 254)
    .addOption(
      new Option('--protocol <name>', 'how the endpoint is asked').choices(PROTOCOLS).default('kserve-v1'),
    )
    .option('--body <json>', 'of --protocol template: what is sent, with "$features" where the features go')
    .option('--answer <path>', 'where in the reply the number stands: predictions.0.1')
    .option('--header <name: value>', 'a header of each request; may be given again', collectHeaders, [])
    .option('--concurrency <n>', 'requests at once', atLeastOne, 8)
    .option('--timeout <length>', 'how long an answer may take', milliseconds, 10_000)
    .option('--json', 'print JSON')
    .action(async (model: string, id: string, given: Given) => {
      const endpoint = {
        url: httpAddress(given.endpoint),
        headers: headersOf(given.header),
        timeoutMs: given.timeout,
        protocol: protocolAs(given.protocol, given.body, given.answer),
        classes: [],
      };
      const client = connect(terminal, given, true);
      const path = `/models/${encodeURIComponent(model)}/predictions/${encodeURIComponent(id)}`;
      const { features } = await client.call<PredictionDetail>('GET', path);
      if (Object.keys(features).length === 0)
        throw new Misuse(`The prediction ${id} has no features to explain it by`);
      const background: Features[] = [];
      for await (const row of storedRows(client, { model, limit: given.background + 1 }))
        if (row.id !== id && background.length < given.background) background.push(row.features);
      if (background.length === 0) throw new Misuse('The model has no other prediction to hold it against');
      const stop = terminal.interrupt?.();
      const found = await explainRow(endpoint, features, background, {
        ...{ most: given.coalitions, concurrency: given.concurrency, random: random(SEED), stop },
      });
      if ('reason' in found) {
        if (found.reason === 'interrupted') throw new Interrupted();
        note(terminal, `tiltmeter: the endpoint cannot be explained (${found.reason}): ${found.detail}`);
        return exit(2);
      }
      print(terminal, given.json, { model, id, ...found }, explainedInWords);
    });
  return example(
    command,
    'tiltmeter explain credit-risk a1 --endpoint http://127.0.0.1:8080/v1/models/credit:predict',
    'tiltmeter explain credit-risk a1 --endpoint http://127.0.0.1:8080/score --protocol template --body \'{"row":"$features"}\' --answer probability',
  );
};
