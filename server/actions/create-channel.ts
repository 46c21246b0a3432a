import type { Channel, NewChannel } from '../../contract/channel.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { refusePrivate } from '../public-address.ts';
import type { ChannelRow } from '../store/ledger/schema.ts';
import { channelOf } from './channel-row.ts';
import type { ChannelKind } from './channels/channel.ts';
import { CHANNELS } from './channels/index.ts';
import { sealOptions } from './sealed-options.ts';

/**
 * Adds a channel that incidents are told to, or where the audit log ends. Errors: not_allowed, invalid_request (kind, options),
 * conflict (name taken), private_address.
 */
export async function createChannel(ctx: Ctx, body: NewChannel): Promise<Channel> {
  authorise(ctx.actor, 'admin');
  const { name, tells, only, quiet, per_hour } = body;
  const kind = kindOf(body);
  const options = optionsOf(kind, body);
  if (!ctx.settings.allowPrivateAddresses) await refusePrivate(kind.reaches(options));
  const now = ctx.clock();
  const id = ctx.ids.id();
  const row: ChannelRow = {
    id,
    name,
    kind: kind.id,
    options: sealOptions(ctx.vault, id, options),
    enabled: 1,
    tells,
    only_of: JSON.stringify(only),
    quiet: quiet === null ? null : JSON.stringify(quiet),
    per_hour,
    created_at: now,
    updated_at: now,
  };
  await ctx.ledger.transaction().execute(async (trx) => {
    const stored = await trx
      .insertInto('channels')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst();
    if (stored.numInsertedOrUpdatedRows === 0n)
      throw new TiltmeterError('conflict', `There is a channel called ${name} already`);
    const { address } = channelOf(ctx.vault, row);
    await audit(ctx, trx, 'channel.create', row.id, {
      ...{ name, kind: kind.id, tells, only, quiet, per_hour, address },
    });
  });
  return channelOf(ctx.vault, row);
}

function kindOf({ kind: id, tells }: NewChannel): ChannelKind {
  const kind = Object.hasOwn(CHANNELS, id) ? CHANNELS[id] : undefined;
  if (kind === undefined)
    throw new TiltmeterError('invalid_request', `kind must be one of ${Object.keys(CHANNELS).join(', ')}`);
  if (tells !== 'incidents' && !kind.tellsReports)
    throw new TiltmeterError('invalid_request', `${kind.title} has no form for anything but incidents`);
  return kind;
}

function optionsOf(kind: ChannelKind, { options, address, secret }: NewChannel): unknown {
  const given = {
    ...options,
    ...(address === undefined ? {} : { address }),
    ...(secret === undefined ? {} : { secret }),
  };
  const { data, error } = kind.options.safeParse(given);
  if (error === undefined) return data;
  const [issue] = error.issues;
  throw new TiltmeterError(
    'invalid_request',
    `options of a ${kind.id} channel: ${issue!.path.join('.') || 'they'}: ${issue!.message}`,
  );
}
