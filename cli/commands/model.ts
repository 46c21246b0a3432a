import { Command } from 'commander';
import { counted } from '../../contract/counted.ts';
import type { Model, ModelSummary } from '../../contract/model.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { impactText } from '../impact.ts';
import { everything } from '../pages.ts';
import { print } from '../print.ts';
import { rulesInWords } from '../privacy-rules.ts';
import { figure, moment, table } from '../table.ts';
import { lengthOf } from '../values.ts';
import { cardOfModel } from './model/card.ts';
import { compareModel } from './model/compare.ts';
import { deleteModel } from './model/delete.ts';
import { evidenceOfModel } from './model/evidence.ts';
import { setModel } from './model/set.ts';

export const model: MakeCommand = (terminal, exit) => {
  const command = new Command('model').description('the models that send predictions');

  const list = connecting(new Command('list'))
    .description('every model, its layers and its open incidents')
    .option('--json', 'print JSON')
    .action(async (options) => {
      const models = await everything<ModelSummary>(connect(terminal, options), '/models');
      print(terminal, options.json, models, fleet);
    });
  command.addCommand(example(list, 'tiltmeter model list'));

  const show = connecting(new Command('show'))
    .description('one model: settings, quality and columns')
    .argument('<model>', 'name of the model')
    .option('--json', 'print JSON')
    .action(async (name, options) => {
      const found = await connect(terminal, options).call<Model>(
        'GET',
        `/models/${encodeURIComponent(name)}`,
      );
      print(terminal, options.json, found, page);
    });
  command.addCommand(example(show, 'tiltmeter model show credit-risk'));
  command.addCommand(compareModel(terminal, exit));
  command.addCommand(cardOfModel(terminal));
  command.addCommand(evidenceOfModel(terminal));
  command.addCommand(setModel(terminal));
  command.addCommand(deleteModel(terminal));
  return command;
};

function fleet(models: readonly ModelSummary[]): string {
  if (models.length === 0) return 'No model has sent a prediction yet.';
  return table(
    ['model', 'task', 'serving', 'data', 'model', 'incidents', 'predictions', 'last event (UTC)'],
    models.map((m) => [
      m.id,
      m.task,
      m.layers.serving,
      m.layers.data,
      m.layers.model,
      String(m.open_incidents.P1 + m.open_incidents.P2 + m.open_incidents.P3),
      String(m.predictions),
      moment(m.last_event),
    ]),
  );
}

/** A model's settings and columns, for people. */
export function page(m: Model): string {
  const quality =
    m.quality === null
      ? 'not known yet'
      : `${m.quality.metric} ${figure(m.quality.value)} (n = ${m.quality.n})`;
  const head = [
    ['model', m.id],
    ['task', m.task],
    ['positive', m.positive_label ?? '–'],
    ['impact', m.impact === null ? '–' : impactText(m.impact)],
    ['owner', m.owner ?? '–'],
    ['tags', m.tags.join(', ') || '–'],
    ['versions', m.versions.join(', ') || '–'],
    ['predictions', `${m.predictions}, ${moment(m.first_event)} to ${moment(m.last_event)} UTC`],
    ['labels', String(m.labels)],
    ['quality', quality],
    ['bucket', `${lengthOf(m.bucket_ms)}, window ${lengthOf(m.window_ms)}`],
    ['labels late', lengthOf(m.label_delay_ms)],
    ['kept', m.retention_days === null ? 'for ever' : counted(m.retention_days, 'day')],
    ['privacy', rulesInWords([...m.server_privacy, ...m.privacy])],
    ['segments', m.segments.map((names) => [names].flat().join('+')).join(', ') || '–'],
    ['protected', m.protected.join(', ') || '–'],
    ['reference', m.reference === null ? '–' : `${m.reference.name} (${m.reference.kind})`],
    [
      'layers',
      Object.entries(m.layers)
        .map(([layer, state]) => `${layer} ${state}`)
        .join(', '),
    ],
  ];
  const columns = table(
    ['column', 'type', 'importance'],
    m.columns.map((c) => [c.name, c.type, figure(c.importance)]),
  );
  return `${head.map(([name, value]) => `${name!.padEnd(12)}${value}`).join('\n')}\n\n${columns}`;
}
