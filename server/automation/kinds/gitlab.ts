import { z } from 'zod';
import { postAndRead } from '../../actions/wire/post.ts';
import { Address, below, linkOf, PathPart, textOf } from './address.ts';
import type { ActionKind } from './kind.ts';
import { filledAsText, Parameters } from './parameters.ts';

const Options = z
  .object({
    project: PathPart.describe('Project (id or group/name)'),
    ref: PathPart.default('main').describe('Branch or tag'),
    token: PathPart.describe('Trigger token'),
    variables: Parameters.describe('Variables, as JSON'),
    address: Address.default('https://gitlab.com').describe('Address of GitLab'),
  })
  .strict();
type Options = z.infer<typeof Options>;

/**
 * A pipeline of GitLab by a trigger token. It knows no key, so what may have been heard is not repeated.
 * https://docs.gitlab.com/api/pipeline_triggers/#trigger-a-pipeline-with-a-token
 */
export const gitlab: ActionKind<Options> = {
  id: 'gitlab',
  title: 'GitLab pipeline',
  options: Options,
  secrets: ['token'],
  repeatable: false,
  makesVersion: true,
  address: ({ address, project, ref }) => `${new URL(address).host}, ${project} at ${ref}`,
  reaches: ({ address }) => address,
  async begin(context, { address, project, ref, token, variables }, task) {
    const to = below(address, 'api', 'v4', 'projects', project, 'trigger', 'pipeline');
    const body = JSON.stringify({ token, ref, variables: filledAsText(variables, task) });
    const reply = await postAndRead(context, to, body);
    return { reference: textOf(reply, 'id'), url: linkOf(reply, 'web_url') };
  },
};
