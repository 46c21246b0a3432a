import { MONITOR_KINDS, type MonitorKind } from '../../contract/signal.ts';
import type { Kind } from '../../server/monitors/kind.ts';
import { KINDS } from '../../server/monitors/kinds/index.ts';
import { EXPLANATIONS } from './monitor-explanations.ts';

const MADE =
  '<!-- Made by "npm run docs" from server/monitors/kinds/ and docs/generate/monitor-explanations.ts. -->';

/** The page of one kind: what it decides from its explanation, what it is set to from the kind itself. */
export function monitorPage(id: MonitorKind): string {
  const kind = KINDS[id];
  const { decides, behind, todo } = EXPLANATIONS[id];
  return `# ${kind.title}

${MADE}

Kind \`${id}\`, layer ${kind.layer}, ${kind.perColumn ? 'one series per feature' : 'one series per model'}.

${decides}

## Set to

| option | by default | means |
|---|---|---|
${rows(kind).join('\n')}

An alert is resolved after as many clear buckets in a row as it looks back on (n).

## Usually behind it

${behind.map((cause) => `- ${cause}`).join('\n')}

## What to do

${todo}
`;
}

function rows(kind: Kind): string[] {
  const { threshold, window, minN, m, n } = kind.defaults;
  const own = kind.metrics.filter((metric) => metric.threshold !== undefined);
  const others = own.map((metric) => `, ${metric.threshold} for \`${metric.id}\``).join('');
  const windowed =
    window === 'model' ? "the model's `window_ms`" : 'one bucket, longer while it holds too little';
  return [
    `| \`metric\` | ${kind.metrics.map((metric) => `\`${metric.id}\``).join(', ')} | definition and version are stored with every value |`,
    `| \`threshold\` | ${threshold}${others} | ${kind.thresholdMeans} |`,
    `| \`window_ms\` | ${windowed} | what is judged at the end of each bucket |`,
    `| \`min_n\` | ${minN} | fewer rows than this: *not enough data* |`,
    `| \`m\`, \`n\` | ${m}, ${n} | it fires when m of the last n judged buckets breach |`,
    `| \`severity\` | ${kind.severity} | a page wakes somebody, a ticket waits |`,
  ];
}

/** The table of all kinds. */
export function monitorIndex(): string {
  const lines = MONITOR_KINDS.map(
    (id) => `| [${KINDS[id].title}](${id}.md) | \`${id}\` | ${KINDS[id].layer} | ${KINDS[id].severity} |`,
  );
  return `# Monitors

${MADE}

Every new model has one of each from its first prediction. They can be switched off and set differently; monitors of one's own can be added.

| monitor | kind | layer | severity |
|---|---|---|---|
${lines.join('\n')}

An alert is always in one of these states, with a named reason: *ok*, *pending* (breached, waiting for confirmation), *firing*, *resolved*, *no data*,
*not enough data*, *late* (labels are not in yet). A bucket is judged once it is complete, by event time, so a half-filled one never alarms.
`;
}
