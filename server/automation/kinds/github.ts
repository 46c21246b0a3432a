import { z } from 'zod';
import { postAndRead } from '../../actions/wire/post.ts';
import { Address, Authorization, below, PathPart } from './address.ts';
import { type ActionKind, NOTHING_KNOWN } from './kind.ts';
import { filledAsText, Parameters } from './parameters.ts';

const Options = z
  .object({
    repository: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/name')
      .describe('Repository (owner/name)'),
    workflow: PathPart.describe('Workflow (file name or id)'),
    ref: PathPart.default('main').describe('Branch or tag'),
    token: Authorization.describe('Token that may write actions'),
    inputs: Parameters.describe('Inputs, as JSON'),
    address: Address.default('https://api.github.com').describe('Address of the API, of an own GitHub'),
  })
  .strict();
type Options = z.infer<typeof Options>;

const dispatchesOf = ({ address, repository, workflow }: Options) =>
  below(address, 'repos', ...repository.split('/'), 'actions', 'workflows', workflow, 'dispatches');

/**
 * A workflow of GitHub Actions with `workflow_dispatch`. GitHub answers 204 and knows no key, so what may have been heard is not repeated.
 * https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event
 */
export const github: ActionKind<Options> = {
  id: 'github',
  title: 'GitHub workflow',
  options: Options,
  secrets: ['token'],
  repeatable: false,
  makesVersion: true,
  address: ({ repository, workflow, ref }) => `${repository}, ${workflow} at ${ref}`,
  reaches: ({ address }) => address,
  async begin(context, options, task) {
    const body = JSON.stringify({ ref: options.ref, inputs: filledAsText(options.inputs, task) });
    await postAndRead(context, dispatchesOf(options), body, {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${options.token}`,
      'x-github-api-version': '2022-11-28',
    });
    return NOTHING_KNOWN;
  },
};
