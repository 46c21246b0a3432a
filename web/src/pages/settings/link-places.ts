import type { LinkPlace, LinkValues } from '../../../../contract/link-template.ts';

/** What people call the places of links. */
export const PLACE_TITLES: Readonly<Record<LinkPlace, string>> = {
  prediction: 'prediction',
  trace: 'trace',
  log: 'log line',
  model: 'model',
  series: 'chart of a metric',
  incident: 'incident',
};

/** Values by which a form shows where a link would lead. */
export const EXAMPLE: Required<LinkValues> = {
  model: 'credit-risk',
  version: '2026-10-01',
  prediction_id: 'a1',
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  span_id: '00f067aa0ba902b7',
  request_id: 'req-81',
  service: 'credit-api',
  job: 'credit-api',
  instance: '10.0.0.7:8000',
  metric: 'http_requests_total',
  incident: '01a2b3',
  from_ms: '1795168800000',
  to_ms: '1795172400000',
  from_iso: '2026-11-20T10:00:00.000Z',
  to_iso: '2026-11-20T11:00:00.000Z',
};
