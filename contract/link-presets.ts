import type { LinkPlace } from './link-template.ts';

/** A template to begin with: the host and the ids of data sources are to be replaced. */
export interface LinkPreset {
  readonly id: string;
  readonly title: string;
  readonly where: readonly LinkPlace[];
  readonly url: string;
}

/** Braces, quotes and blanks of a text encoded; placeholders stay as they are. */
const encoded = (text: string) =>
  text
    .split(/(\{[a-z_]+(?::[a-z]+)*\})/)
    .map((part, i) => (i % 2 === 1 ? part : encodeURIComponent(part)))
    .join('');

/** Explore of Grafana with one query of a data source, whose id is the name of its kind until it is replaced. */
function explore(type: string, query: Readonly<Record<string, string>>): string {
  const queries = [{ refId: 'A', datasource: { type, uid: type }, ...query }];
  const pane = { datasource: type, queries, range: { from: '{from_ms}', to: '{to_ms}' } };
  return `https://grafana.example.org/explore?schemaVersion=1&orgId=1&panes=${encoded(JSON.stringify({ a: pane }))}`;
}

/** Addresses of systems that many have. */
export const LINK_PRESETS: readonly LinkPreset[] = [
  {
    id: 'jaeger',
    title: 'Jaeger',
    where: ['prediction', 'trace'],
    url: 'https://jaeger.example.org/trace/{trace_id}',
  },
  {
    id: 'tempo',
    title: 'Tempo, in Grafana',
    where: ['prediction', 'trace'],
    url: explore('tempo', { queryType: 'traceql', query: '{trace_id:json}' }),
  },
  {
    id: 'loki',
    title: 'Loki, in Grafana',
    where: ['log', 'trace'],
    url: explore('loki', {
      expr: '{service_name="{service:json:json}"} |= "{trace_id:json:json}"',
    }),
  },
  {
    id: 'grafana',
    title: 'Metric in Grafana Explore',
    where: ['series'],
    url: explore('prometheus', { expr: '{__name__="{metric:json:json}"}' }),
  },
  {
    id: 'kibana',
    title: 'Log lines in Kibana',
    where: ['prediction', 'trace', 'log'],
    url: `https://kibana.example.org/app/discover#/?_g=(time:(from:'{from_iso}',to:'{to_iso}'))&_a=(query:(language:kuery,query:'trace.id:%22{trace_id:json:rison}%22'))`,
  },
  {
    id: 'datadog',
    title: 'Trace in Datadog',
    where: ['prediction', 'trace'],
    url: 'https://app.datadoghq.com/apm/trace/{trace_id}',
  },
  {
    id: 'datadog-logs',
    title: 'Log lines in Datadog',
    where: ['prediction', 'trace', 'log'],
    url: 'https://app.datadoghq.com/logs?query=%40trace_id%3A%22{trace_id:json}%22&from_ts={from_ms}&to_ts={to_ms}&live=false',
  },
  {
    id: 'mlflow',
    title: 'Registered model in MLflow',
    where: ['model', 'prediction', 'incident'],
    url: 'https://mlflow.example.org/#/models/{model}',
  },
  {
    id: 'mlflow-version',
    title: 'Version in MLflow',
    where: ['model', 'prediction'],
    url: 'https://mlflow.example.org/#/models/{model}/versions/{version}',
  },
];
