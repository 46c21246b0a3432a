import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ZodError } from 'zod';
import { TiltmeterError } from '../../contract/errors.ts';
import { nearest } from '../../tables/nearest.ts';
import { evidentlySettings, isEvidently } from './evidently.ts';
import { expectationSettings } from './expectations.ts';
import { isNannyml, nannymlSettings } from './nannyml.ts';
import { ownSettings } from './own.ts';
import { type SagemakerFile, sagemakerSettings } from './sagemaker.ts';
import { ConfigFile } from './schema.ts';
import type { CheckSettings } from './settings.ts';

/**
 * Reads a configuration file: ours in YAML or JSON, SageMaker's constraints or statistics, a suite of Great Expectations,
 * Evidently's or NannyML's settings; which of them it is shows in its keys.
 * @throws invalid_option with the file, the place and what is wrong.
 */
export function loadSettings(file: string): CheckSettings {
  const fail = (reason: string, cause?: unknown) =>
    new TiltmeterError('invalid_option', `${file}: ${reason}`, { cause });
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ENOENT') throw fail('no such file');
    throw fail(String((cause as Error).message).split('\n')[0]!, cause);
  }
  if (content !== null && (typeof content !== 'object' || Array.isArray(content)))
    throw fail('is no configuration: it holds no names');
  try {
    return settingsOf(content ?? {});
  } catch (cause) {
    if (cause instanceof ZodError) throw fail(firstIssue(cause), cause);
    throw fail('cannot be read as the configuration it seems to be', cause);
  }
}

function settingsOf(content: object): CheckSettings {
  if ('expectations' in content && Array.isArray(content.expectations))
    return expectationSettings(content as Parameters<typeof expectationSettings>[0]);
  if ('features' in content && Array.isArray(content.features))
    return sagemakerSettings(content as unknown as SagemakerFile);
  if (isNannyml(content)) return nannymlSettings(content);
  if (isEvidently(content as Record<string, unknown>))
    return evidentlySettings(content as Record<string, unknown>);
  return ownSettings(content);
}

function firstIssue({ issues }: ZodError): string {
  const issue = issues[0]!;
  const place = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const key = String(issue.keys[0]);
    const near = nearest(key, Object.keys(ConfigFile.shape));
    return `${place ? `${place}: ` : ''}there is no setting "${key}"${near && !place ? `; did you mean "${near}"?` : ''}`;
  }
  return `${place ? `${place}: ` : ''}${issue.message}`;
}
