import { Command, InvalidArgumentError, Option } from 'commander';
import { SourceKind } from '../../../contract/lineage.ts';
import { ColumnType, type Model, type ModelChange, Task } from '../../../contract/model.ts';
import { readSources } from '../../../contract/source-text.ts';
import { example } from '../../command.ts';
import { connect, connecting } from '../../connection.ts';
import { Misuse } from '../../failure.ts';
import { impact } from '../../impact.ts';
import { print } from '../../print.ts';
import { privacyRules } from '../../privacy-rules.ts';
import type { Terminal } from '../../terminal.ts';
import { days, milliseconds, NOTHING, names, number } from '../../values.ts';
import { page } from '../model.ts';

/** Options of the command by the settings that they are of. */
const SETTINGS: Readonly<Record<string, keyof ModelChange>> = {
  task: 'task',
  positiveLabel: 'positive_label',
  owner: 'owner',
  description: 'description',
  tags: 'tags',
  labelDelay: 'label_delay_ms',
  rankingK: 'ranking_k',
  bucket: 'bucket_ms',
  window: 'window_ms',
  retention: 'retention_days',
  impact: 'impact',
  privacy: 'privacy',
  segments: 'segments',
  protected: 'protected',
  upstream: 'upstream',
  sources: 'sources',
};

export function setModel(terminal: Terminal): Command {
  const command = connecting(new Command('set'))
    .description('change settings of a model; those that are not named stay')
    .argument('<model>', 'name of the model')
    .addOption(new Option('--task <task>', 'what it is asked').choices(Task.options))
    .option('--positive-label <class>', 'the class whose probability the score is; "" for none')
    .option('--owner <who>', 'who looks after it; "" for nobody')
    .option('--description <text>', 'what it is for; "" for nothing')
    .option('--tags <names>', 'names between commas; "" for none', names)
    .option('--label-delay <length>', 'how long labels take to come: 12h, 5d', milliseconds)
    .option('--ranking-k <items>', 'of rankings: items from the top of a list that count, 1 to 100', number)
    .option('--bucket <length>', 'what is judged at once, from 1m to 1d', milliseconds)
    .option('--window <length>', 'what monitors look at: 24h, 7d', milliseconds)
    .option('--retention <days>', 'for how long predictions are kept; none for ever', days)
    .option(
      '--impact <values>',
      'what each answer of two classes is worth: false_positive=-5,false_negative=-300,unit=EUR; "" for none',
      impact,
    )
    .option(
      '--privacy <rules>',
      'what becomes of values before they are stored, from now on: drop:email*, hash:*_name, bucket:age=10; "" for none',
      privacyRules,
    )
    .option(
      '--segments <names>',
      'features or tags that predictions are split by; together with +: country,age_band+gender; "" for none',
      splits,
    )
    .option(
      '--protected <names>',
      'attributes in which people must not be treated differently; "" for none',
      names,
    )
    .option('--upstream <models>', 'models whose answers it is asked with; "" for none', names)
    .option(
      '--sources <sources>',
      `what else it depends on, and which columns come from it: bureau:feature_store=income+debt,gpu-3:machine; "" for none`,
      sources,
    )
    .option('--column <name=type>', 'what a column is taken for; may be given again', columnTypes)
    .option('--json', 'print JSON')
    .action(async (model: string, { json, url, key, ...given }: Record<string, unknown> & Given) => {
      const change = Object.fromEntries(
        Object.entries(SETTINGS).flatMap(([option, setting]) =>
          given[option] === undefined ? [] : [[setting, given[option] === NOTHING ? null : given[option]]],
        ),
      ) as ModelChange;
      if (given.column !== undefined) change.columns = given.column;
      if (Object.keys(change).length === 0)
        throw new Misuse('Nothing to change', '"tiltmeter model set --help" shows what can be set.');
      const path = `/models/${encodeURIComponent(model)}`;
      const connection = { ...(url === undefined ? {} : { url }), ...(key === undefined ? {} : { key }) };
      print(terminal, json, await connect(terminal, connection).call<Model>('PATCH', path, change), page);
    });
  return example(
    command,
    'tiltmeter model set credit-risk --positive-label approve --label-delay 5d --owner risk-ml@example.org',
    'tiltmeter model set credit-risk --bucket 1h --window 24h --retention 400',
    'tiltmeter model set credit-risk --impact false_positive=-5,false_negative=-300,unit=EUR',
    'tiltmeter model set credit-risk --privacy "drop:email*, hash:*_name, bucket:age=10"',
    'tiltmeter model set credit-risk --segments country,age_band+gender --protected gender',
    'tiltmeter model set credit-risk --upstream income-estimate --sources bureau:feature_store=income+debt,gpu-3:machine',
    'tiltmeter model set credit-risk --column zip=categorical --column note=ignored',
  );
}

/** `splits('country,age_band+gender')` → ['country', ['age_band', 'gender']] */
function splits(text: string): NonNullable<ModelChange['segments']> {
  return names(text).map((name) => (name.includes('+') ? name.split('+') : name));
}

/** `sources('bureau:feature_store=income+debt')` → [{ name: 'bureau', kind: 'feature_store', columns: ['income', 'debt'] }] */
function sources(text: string): NonNullable<ModelChange['sources']> {
  const read = readSources(text);
  if (read === null)
    throw new InvalidArgumentError(
      `Each must be a name and one of ${SourceKind.options.join(', ')}: bureau:feature_store=income+debt.`,
    );
  return read;
}

/** One column after the other. `columnTypes('zip=categorical', {})` → { zip: { type: 'categorical' } } */
function columnTypes(
  text: string,
  before: NonNullable<ModelChange['columns']> = {},
): NonNullable<ModelChange['columns']> {
  const [, name, type] = /^(.+)=([^=]*)$/s.exec(text) ?? [];
  const known = ColumnType.safeParse(type);
  if (name === undefined || !known.success)
    throw new InvalidArgumentError(
      `It must be a column and one of ${ColumnType.options.join(', ')}: zip=categorical.`,
    );
  return { ...before, [name]: { type: known.data } };
}

interface Given {
  readonly column?: NonNullable<ModelChange['columns']>;
  readonly json?: boolean;
  readonly url?: string;
  readonly key?: string;
}
