import { DeliveryError } from '../../actions/channels/channel.ts';
import { shortened } from '../../actions/wire/post.ts';
import type { ActionKind } from './kind.ts';
import { postSigned, WebhookOptions } from './webhook.ts';

/**
 * Tells a deployment which version is to answer: the better one of two, or the one before a version that hurts. docs/actions/release.md
 */
export const release: ActionKind<WebhookOptions> = {
  id: 'release',
  title: 'Promote or roll back by a webhook',
  options: WebhookOptions,
  secrets: ['secret'],
  repeatable: true,
  makesVersion: false,
  address: ({ address }) => shortened(address),
  reaches: ({ address }) => address,
  begin(context, options, task) {
    const { version, baseline } = task.versions;
    const event = task.recommendation === 'promote' ? 'promote' : 'rollback';
    const [to, from] = event === 'promote' ? [version, baseline] : [baseline, version];
    // Without a version to go to there is nothing that a deployment could do.
    if (to === null)
      return Promise.reject(new DeliveryError('the model has no other version to go to', false, true));
    return postSigned(context, options, event, { ...task, to, from });
  },
};
