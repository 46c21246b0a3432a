import { z } from 'zod';
import {
  Action,
  ActionChange,
  ActionKindShown,
  ActionRun,
  NewAction,
  NewRelease,
  NewRun,
  RunDecision,
  RunState,
} from '../../contract/action.ts';
import { ModelName } from '../../contract/name.ts';
import { PageQuery, pageOf } from '../../contract/page.ts';
import { ModelQuarantine, NewQuarantine, Quarantine } from '../../contract/quarantine.ts';
import { type Route, route } from '../http/route.ts';
import { changeAction, createAction, deleteAction, listActionKinds, listActions } from './actions.ts';
import type { Flags } from './quarantine/flags.ts';
import { endFlag, setFlag } from './quarantine/set-flags.ts';
import { askByHand } from './runs/ask-by-hand.ts';
import { decideRun } from './runs/decide-run.ts';
import { listRuns } from './runs/list-runs.ts';
import { promoteByHand } from './runs/promote-by-hand.ts';

const ById = z.object({ id: z.string().max(64) });
const ByModel = z.object({ model: z.string().max(64) });
const RunQuery = PageQuery.extend({ state: RunState.optional() });

/** What is done about models, and what of them is not to be relied on. */
export function automationRoutes(flags: Flags): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/action-kinds',
      summary: 'What can be done about a model, and what each kind takes',
      tag: 'actions',
      access: 'read',
      reply: pageOf(ActionKindShown),
      handle: (ctx) => listActionKinds(ctx),
    }),
    route({
      method: 'GET',
      path: '/api/v1/actions',
      summary: 'Actions by name',
      tag: 'actions',
      access: 'read',
      query: z.object({ model: ModelName.optional() }),
      reply: pageOf(Action),
      handle: (ctx, { query }) => listActions(ctx, query.model),
    }),
    route({
      method: 'POST',
      path: '/api/v1/actions',
      summary: 'Add an action',
      tag: 'actions',
      access: 'admin',
      body: NewAction,
      reply: Action,
      status: 201,
      handle: (ctx, { body }) => createAction(ctx, body),
    }),
    route({
      method: 'PATCH',
      path: '/api/v1/actions/:id',
      summary: 'Rename an action, switch it off, or say when it is due',
      tag: 'actions',
      access: 'admin',
      params: ById,
      body: ActionChange,
      reply: Action,
      handle: (ctx, { params, body }) => changeAction(ctx, params.id, body),
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/actions/:id',
      summary: 'Remove an action; its history stays',
      tag: 'actions',
      access: 'admin',
      params: ById,
      handle: (ctx, { params }) => deleteAction(ctx, params.id),
    }),
    route({
      method: 'POST',
      path: '/api/v1/actions/:id/runs',
      summary: 'Ask for an action for a model of an incident that goes on; its limits and its approval hold',
      tag: 'actions',
      access: 'write',
      params: ById,
      body: NewRun,
      reply: ActionRun,
      status: 201,
      handle: (ctx, { params, body }) => askByHand(ctx, params.id, body),
    }),
    route({
      method: 'GET',
      path: '/api/v1/action-runs',
      summary: 'Times that actions were due, the newest first, each with its tries and what came of it',
      tag: 'actions',
      access: 'read',
      query: RunQuery.extend({
        incident: z.string().max(64).optional(),
        action: z.string().max(64).optional(),
      }),
      reply: pageOf(ActionRun),
      handle: (ctx, { query }) => listRuns(ctx, query),
    }),
    route({
      method: 'GET',
      path: '/api/v1/models/:model/action-runs',
      summary: 'Times that actions of a model were due, the newest first',
      tag: 'actions',
      access: 'read',
      params: ByModel,
      query: RunQuery,
      reply: pageOf(ActionRun),
      handle: (ctx, { params, query }) => listRuns(ctx, { ...query, ...params }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/models/:model/releases',
      summary:
        'Ask for a version of a model to be the one that answers, by an action that tells a deployment so',
      tag: 'actions',
      access: 'write',
      params: ByModel,
      body: NewRelease,
      reply: ActionRun,
      status: 201,
      handle: (ctx, { params, body }) => promoteByHand(ctx, params.model, body),
    }),
    route({
      method: 'POST',
      path: '/api/v1/action-runs/:id/approve',
      summary: 'Say yes to an action that waits for it',
      tag: 'actions',
      access: 'write',
      params: ById,
      body: RunDecision,
      reply: ActionRun,
      handle: (ctx, { params, body }) => decideRun(ctx, params.id, true, body.comment),
    }),
    route({
      method: 'POST',
      path: '/api/v1/action-runs/:id/refuse',
      summary: 'Say no to an action that waits for a yes',
      tag: 'actions',
      access: 'write',
      params: ById,
      body: RunDecision,
      reply: ActionRun,
      handle: (ctx, { params, body }) => decideRun(ctx, params.id, false, body.comment),
    }),
    route({
      method: 'GET',
      path: '/api/v1/models/:model/quarantine',
      summary: 'What of a model is not to be relied on now; answered from memory',
      tag: 'quarantine',
      access: 'read',
      often: true,
      params: ByModel,
      reply: ModelQuarantine,
      handle: (_ctx, { params }) => flags.of(params.model),
    }),
    route({
      method: 'POST',
      path: '/api/v1/models/:model/quarantine',
      summary: 'Say that a model, a column or a segment of it is not to be relied on',
      tag: 'quarantine',
      access: 'write',
      params: ByModel,
      body: NewQuarantine,
      reply: Quarantine,
      status: 201,
      async handle(ctx, { params, body }) {
        const set = await setFlag(ctx, params.model, body);
        await flags.refresh();
        return set;
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/models/:model/quarantine/:id',
      summary: 'End a flag now',
      tag: 'quarantine',
      access: 'write',
      params: ByModel.extend({ id: z.string().max(64) }),
      async handle(ctx, { params }) {
        await endFlag(ctx, params.model, params.id);
        await flags.refresh();
        return undefined;
      },
    }),
  ];
}
