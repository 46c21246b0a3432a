import type { Channel } from '../../../api/types.ts';

/** A channel that is told of everything. */
export const EVERYTHING: Channel['only'] = { priority: null, models: [], owners: [], causes: [] };

const URGENT = { P1: 'P1', P2: 'P2 and P1', P3: 'P3 and more urgent' } as const;

/** Which incidents a channel is told of, in words: `P1 of credit-risk`; empty for all of them. */
export function onlySentence(only: Channel['only'], nameOf: (model: string) => string = (id) => id): string {
  const parts = [
    only.priority === null ? '' : URGENT[only.priority],
    only.models.length === 0 ? '' : `of ${only.models.map(nameOf).join(', ')}`,
    only.owners.length === 0 ? '' : `owned by ${only.owners.join(', ')}`,
    only.causes.length === 0
      ? ''
      : `caused by ${only.causes.map((kind) => kind.replaceAll('_', ' ')).join(', ')}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}
