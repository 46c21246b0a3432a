import type { Hold, ModelHold, NewHold } from '../../contract/hold.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { holdOf } from '../holds/hold-row.ts';
import { findHold, holdRow, newestRuns } from '../holds/read-hold.ts';
import { askForRun, removeHold, storeHold } from '../holds/store-hold.ts';
import { findModel } from '../models/find-model.ts';
import type { Protections } from '../models/privacy/protections.ts';
import { createMonitor } from '../monitors/configure/create-monitor.ts';
import { deleteMonitor } from '../monitors/configure/delete-monitor.ts';
import { listMonitors } from '../monitors/configure/list-monitors.ts';
import { OF_HOLDS } from '../monitors/kinds/index.ts';
import type { HoldRow } from '../store/ledger/schema.ts';

/** The labelled set of a model, and what its runs showed. Errors: not_allowed, not_found (no model). */
export async function getHold(ctx: Ctx, model: string): Promise<ModelHold> {
  authorise(ctx.actor, 'read');
  await findModel(ctx, model);
  const row = await holdRow(ctx, model);
  return { model, hold: row === undefined ? null : await shown(ctx, row) };
}

async function shown(ctx: Ctx, row: HoldRow): Promise<Hold> {
  const [runs, monitors] = await Promise.all([newestRuns(ctx, row.model), monitorsOfHold(ctx, row.model)]);
  return { ...holdOf(ctx.vault, row, runs), watched: monitors.some(({ enabled }) => enabled) };
}

/**
 * Gives a model a labelled set, in place of the one before, and what watches it. Errors: not_allowed, not_found, invalid_request,
 * private_address.
 */
export async function setHold(
  ctx: Ctx,
  protections: Protections,
  model: string,
  hold: NewHold,
): Promise<Hold> {
  await storeHold(ctx, protections, model, hold);
  if ((await monitorsOfHold(ctx, model)).length === 0)
    for (const { id: kind, severity } of OF_HOLDS)
      await createMonitor(ctx, { model, kind, options: {}, severity, enabled: true });
  return shown(ctx, await findHold(ctx, model));
}

/** Removes it with its runs and what watches it. Errors: not_allowed, not_found. */
export async function dropHold(ctx: Ctx, model: string): Promise<void> {
  await removeHold(ctx, model);
  for (const { id } of await monitorsOfHold(ctx, model)) await deleteMonitor(ctx, id);
}

/** It is run at the next turn of the job. Errors: not_allowed, not_found. */
export async function runHold(ctx: Ctx, model: string): Promise<Hold> {
  await askForRun(ctx, model);
  return shown(ctx, await findHold(ctx, model));
}

async function monitorsOfHold(ctx: Ctx, model: string) {
  const found = await Promise.all(
    OF_HOLDS.map(({ id: kind }) => listMonitors(ctx, { model, kind, limit: 100 })),
  );
  return found.flatMap(({ items }) => items);
}
