import { SentProfile } from '../../../contract/sent-profile.ts';
import { epochMs } from '../../../contract/time.ts';
import { keptByMonth } from '../../store/kept.ts';
import { Batch } from '../columns/batch.ts';
import { category, number, time } from '../columns/common.ts';
import { countsByCell, countsByName } from '../columns/counts-column.ts';
import { refusedProfile } from '../validate/sent-profile.ts';
import type { SharedKind } from './kind.ts';

/** What agents counted beside their models. One that is written twice replaces itself. */
export const profiles: SharedKind<SentProfile> = {
  id: 'profiles',
  summary: 'Store profiles that an agent counted beside a model: they are merged, no row is sent',
  table: 'sent_profiles',
  schema: SentProfile,
  makesModel: true,
  refused: refusedProfile,
  batch: () => new Batch('tiltmeter.sent_profiles', { stampColumn: 'received_at', arrivals: 'profiles' }),
  add(batch, profile, stamp) {
    const at = batch.rows;
    batch.addId(stamp.id);
    batch.models.add(profile.model);
    for (const name of ['model', 'agent', 'column', 'type', 'version'] as const)
      batch.column(name, category).set(at, profile[name]);
    batch.column('time', time).set(at, stamp.time);
    batch.column('last', time).set(at, profile.last === undefined ? stamp.time : epochMs(profile.last));
    const { sequence, n, missing, invalid, sum, sum2, other } = profile;
    for (const [name, value] of Object.entries({ sequence, n, missing, invalid, sum, sum2, other }))
      batch.column(name, number).set(at, value);
    batch.column('center', number).set(at, profile.center ?? 0);
    batch.column('scale', number).set(at, profile.scale ?? 0);
    if (profile.min !== undefined) batch.column('min', number).set(at, profile.min);
    if (profile.max !== undefined) batch.column('max', number).set(at, profile.max);
    batch
      .column('grid', countsByCell)
      .set(at, new Map(profile.cells.map((cell, i) => [cell, profile.cell_counts[i]!])));
    batch
      .column('counts', countsByName)
      .set(at, new Map(profile.names.map((name, i) => [name.toWellFormed(), profile.name_counts[i]!])));
  },
  kept: keptByMonth({
    name: 'sent_profiles',
    title: 'Profiles as agents sent them, by the time of their predictions',
    days: null,
    least: 60,
  }),
};
