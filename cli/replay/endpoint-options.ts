import { type Command, Option } from 'commander';
import { collect } from '../check/write-reports.ts';
import { names } from '../values.ts';
import { PROTOCOLS } from './protocol.ts';
import { collectHeaders } from './values.ts';

/** How the rows of a file are read and an endpoint is asked for them, the same for each command that does. */
export function endpointOptions(command: Command): Command {
  return command
    .option('--label <column>', 'column of a file with what is right')
    .option('--map <part=column>', 'which column of a file is the id, prediction, label, …', collect, [])
    .option('--ignore <columns>', 'columns of a file that are no features', collect, [])
    .addOption(
      new Option('--protocol <name>', 'how the endpoint is asked').choices(PROTOCOLS).default('kserve-v1'),
    )
    .option('--body <json>', 'of --protocol template: what is sent, with "$features" where the features go')
    .option('--answer <path>', 'where in the reply the answer stands, as names and numbers: result.0.label')
    .option(
      '--classes <names>',
      'classes in the order of the probabilities that the endpoint answers with',
      names,
      [],
    )
    .option('--header <name: value>', 'a header of each request; may be given again', collectHeaders, []);
}
