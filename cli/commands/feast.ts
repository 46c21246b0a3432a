import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { counted } from '../../contract/counted.ts';
import type { Model } from '../../contract/model.ts';
import type { Reference } from '../../contract/reference.ts';
import { type FeastRegistry, readRegistry } from '../../registries/feast/registry.ts';
import { type Matched, matchSources } from '../../registries/feast/sources.ts';
import { example, type MakeCommand } from '../command.ts';
import { type ConnectionOptions, connect, connecting } from '../connection.ts';
import { failureOf, Misuse } from '../failure.ts';
import { everything } from '../pages.ts';
import { print } from '../print.ts';
import { addReference } from '../reference/add.ts';

interface Given extends ConnectionOptions {
  readonly model: string;
  readonly references?: boolean;
  readonly json?: boolean;
}

/** What became of a registry. */
interface Imported {
  readonly model: string;
  /** Views that columns of the model come from. */
  readonly views: readonly { readonly name: string; readonly columns: readonly string[] }[];
  /** Names of the references that were added. */
  readonly references: readonly string[];
  readonly notes: readonly string[];
}

export const feast: MakeCommand = (terminal) => {
  const command = new Command('feast').description('what a feature store says of the columns of a model');
  const read = connecting(new Command('import'))
    .description('views of a Feast registry as sources of a model, for lineage')
    .argument('<registry>', 'the file of the registry (registry.db), or what "feast registry-dump" prints')
    .requiredOption('--model <model>', 'name of the model')
    .option('--references', 'Parquet files of the offline store that can be read here become references too')
    .option('--json', 'print JSON')
    .action(async (path: string, given: Given) => {
      const registry = await registryAt(path);
      const client = connect(terminal, given);
      const address = `/models/${encodeURIComponent(given.model)}`;
      const { columns, sources } = await client.call<Model>('GET', address);
      const matched = matchSources(
        sources,
        columns.map(({ name }) => name),
        registry.views,
      );
      const views = matched.views.map(({ view, columns }) => ({ name: view.name, columns }));
      if (views.length > 0) await client.call('PATCH', address, { sources: matched.sources });
      const notes = notesOf(registry, matched, given.model);
      const references = given.references ? await addFiles(client, given.model, matched, notes) : [];
      print<Imported>(terminal, given.json, { model: given.model, views, references, notes }, inWords);
    });
  command.addCommand(
    example(
      read,
      'tiltmeter feast import feature_repo/data/registry.db --model credit-risk',
      'tiltmeter feast import dump.json --model credit-risk --references',
    ),
  );
  return command;
};

async function registryAt(path: string): Promise<FeastRegistry> {
  const bytes = await readFile(path);
  try {
    return readRegistry(bytes);
  } catch (error) {
    throw new Misuse(
      `${path} is no registry of Feast: ${(error as Error).message}`,
      'Give the file that feature_store.yaml names as registry, or what "feast registry-dump" prints.',
    );
  }
}

function notesOf(
  { views, unread }: FeastRegistry,
  { doubtful, views: matched }: Matched,
  model: string,
): string[] {
  const none = `No column of ${model} is a feature of its ${counted(views.length, 'view')}: columns are called as features, or view__feature.`;
  return [
    ...(matched.length === 0 ? [none] : []),
    ...(doubtful.length === 0
      ? []
      : [`Features that several views have, so that their columns have no source: ${doubtful.join(', ')}.`]),
    ...(unread === 0 ? [] : [`${counted(unread, 'view')} could not be read.`]),
  ];
}

/** The files behind views, where they lie on this machine; they are compared with only where somebody says so. */
async function addFiles(
  client: Tiltmeter,
  model: string,
  { views }: Matched,
  notes: string[],
): Promise<string[]> {
  const path = `/models/${encodeURIComponent(model)}/references`;
  const known = new Set((await everything<Reference>(client, path)).map(({ name }) => name));
  const added: string[] = [];
  for (const { view } of views) {
    const file = view.file?.startsWith('file://') ? fileURLToPath(view.file) : view.file;
    if (file === null) continue;
    const name = `Feast ${view.name} (${basename(file)})`.slice(0, 128);
    if (known.has(name)) continue;
    if (!existsSync(file)) {
      notes.push(`The rows of ${view.name} are no reference: there is no file ${file} here.`);
      continue;
    }
    try {
      const options = { model, name, map: [], ignore: [...view.keys], guess: false, default: false };
      await addReference(client, [file], options);
      added.push(name);
    } catch (error) {
      notes.push(`The rows of ${view.name} are no reference: ${failureOf(error).line}.`);
    }
  }
  return added;
}

function inWords({ model, views, references, notes }: Imported): string {
  return [
    `${model}: ${counted(views.length, 'view')} of Feast ${views.length === 1 ? 'is a source' : 'are sources'}.`,
    ...views.map(({ name, columns }) => `  ${name}: ${columns.join(', ')}`),
    ...references.map((name) => `  reference "${name}"`),
    ...notes,
  ].join('\n');
}
