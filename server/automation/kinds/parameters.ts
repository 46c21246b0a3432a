import { z } from 'zod';
import type { Task } from './kind.ts';

/** What a template may name, and what stands there then. */
const PLACES: Readonly<Record<string, (task: Task) => string>> = {
  run: ({ run }) => run,
  model: ({ model }) => model,
  model_name: ({ model_name }) => model_name,
  because: ({ because }) => because,
  incident: ({ incident }) => incident?.id ?? '',
  incident_url: ({ incident }) => incident?.url ?? '',
  priority: ({ incident }) => incident?.priority ?? '',
  started_at: ({ incident }) => incident?.started_at ?? '',
  cause: ({ cause }) => cause ?? '',
  columns: ({ columns }) => columns.join(','),
  segments: ({ segments }) => segments.join(','),
  version: ({ versions }) => versions.version ?? '',
  baseline: ({ versions }) => versions.baseline ?? '',
};

const PLACE = /\{(\w+)\}/g;
const Parsed = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** Parameters of a job as a JSON object in one line, whose texts may name places: `{"model":"{model}","days":90}`. */
export const Parameters = z
  .string()
  .max(4_096)
  .superRefine((text, check) => {
    const wrong = wrongWith(text);
    if (wrong !== null) check.addIssue({ code: 'custom', message: wrong });
  })
  .default('{}');

/** What is wrong with a template, as a sentence; null: nothing. Pure. */
function wrongWith(text: string): string | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return 'must be a JSON object, such as {"model":"{model}"}';
  }
  const { data } = Parsed.safeParse(parsed);
  if (data === undefined) return 'must be a JSON object of texts, numbers, true and false';
  const unknown = Object.values(data).flatMap((value) =>
    [...String(value).matchAll(PLACE)]
      .map(([, name]) => name!)
      .filter((name) => !Object.hasOwn(PLACES, name)),
  );
  if (unknown.length === 0) return null;
  return `names {${unknown[0]}}, which there is not; there are ${Object.keys(PLACES).join(', ')}`;
}

/**
 * A template with what its places stand for, always as a text within the JSON: what senders called things cannot become a parameter of
 * its own. Pure. @example filled('{"m":"{model}"}', task) // { m: 'credit-risk' }
 */
export function filled(template: string, task: Task): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(Parsed.parse(JSON.parse(template))).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? value.replace(PLACE, (all, place: string) => PLACES[place]?.(task) ?? all)
        : value,
    ]),
  );
}

/** The same, all as texts, where the other side takes nothing else. */
export function filledAsText(template: string, task: Task): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filled(template, task)).map(([name, value]) => [name, String(value)]),
  );
}
