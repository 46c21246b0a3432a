import type { ChannelKind } from './channel.ts';
import { webhook } from './webhook.ts';

/** Every way to reach people, by id. */
export const CHANNELS: Readonly<Record<string, ChannelKind>> = { webhook };
