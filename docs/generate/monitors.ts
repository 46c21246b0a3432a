import { z } from 'zod';
import type { Kind } from '../../server/monitors/kind.ts';
import { KINDS } from '../../server/monitors/kinds/index.ts';

const MADE = '<!-- Made by "npm run docs" from server/monitors/kinds/. -->';

/** The page of one kind: what it decides and what it may be set to. */
export function monitorPage(kind: Kind): string {
  const { decides, behind, todo } = kind.about;
  return `# ${kind.title}

${MADE}

Kind \`${kind.id}\`, layer ${kind.layer}, ${kind.perColumn ? 'one series per feature' : 'one series per model'}.

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
  const { properties = {} } = z.toJSONSchema(kind.options) as Schema;
  const named = Object.entries(properties).map(
    ([name, { description }]) =>
      `| \`${name}\` | ${byDefault(kind, name)} | ${description ?? kind.thresholdMeans} |`,
  );
  return [...named, `| \`severity\` | ${kind.severity} | a page wakes somebody, a ticket waits |`];
}

interface Schema {
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
}

function byDefault({ defaults, metrics }: Kind, option: string): string {
  const { threshold, window, minN, m, n } = defaults;
  const own = metrics.filter((metric) => metric.threshold !== undefined);
  const known: Readonly<Record<string, string>> = {
    metric: metrics.map(({ id }) => `\`${id}\``).join(', '),
    threshold: [threshold, ...own.map((metric) => `${metric.threshold} for \`${metric.id}\``)].join(', '),
    columns: '`all`',
    reference: "the model's",
    window_ms: {
      model: "the model's `window_ms`",
      week: "a week, or the model's `window_ms` where it is longer",
      bucket: 'one bucket, longer while it holds too little',
    }[window],
    min_n: String(minN),
    m: String(m),
    n: String(n),
  };
  return known[option] ?? '';
}

/** The table of all kinds. */
export function monitorIndex(): string {
  const lines = KINDS.map(
    ({ id, title, layer, severity, made }) =>
      `| [${title}](${id}.md) | \`${id}\` | ${layer} | ${severity} | ${made.length === 0 ? 'no, to be added' : 'yes'} |`,
  );
  return `# Monitors

${MADE}

Every new model has one of most kinds from its first prediction. They can be switched off and set differently; monitors of one's own can be added.

| monitor | kind | layer | severity | there from the first prediction on |
|---|---|---|---|---|
${lines.join('\n')}

An alert is always in one of these states, with a named reason: *ok*, *pending* (breached, waiting for confirmation), *firing*, *resolved*, *no data*,
*not enough data*, *late* (labels are not in yet). A bucket is judged once it is complete, by event time, so a half-filled one never alarms.

\`GET /api/v1/kinds\` tells the same to programs: metrics, options as a JSON schema, what each is evidence of. A monitor that could never judge is refused with a
sentence: an option of another kind, a column or a reference that the model does not have, a metric that its task never has.

## Values

\`GET /api/v1/models/{model}/signals\` gives every value as series, at most 400 points each (\`points\`): where there are more buckets, the worst of those that fall
together is kept, the lowest of a metric of which less is worse. \`folded\` says so of each series, and \`fold\` how. \`fold=none\` gives every bucket, a page at a time
(\`cursor\`); \`fold=columns\` all columns of a monitor as one series. A bucket whose data or labels changed after it was judged has two values: \`known=now\` and
\`known=then\`, as first judged. Nothing in between is kept.
`;
}
