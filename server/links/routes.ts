import { z } from 'zod';
import { LinkTemplate, NewLink } from '../../contract/link.ts';
import { PrintableName } from '../../contract/name.ts';
import { pageOf } from '../../contract/page.ts';
import { type Route, route } from '../http/route.ts';
import { deleteLink, listLinks, setLink } from './links.ts';

const path = '/api/v1/links/:name';

/** Links from the pages of the dashboard to other systems. */
export const linkRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/links',
    summary: 'Links to other systems, and on which pages they are shown',
    tag: 'links',
    access: 'read',
    reply: pageOf(LinkTemplate),
    handle: (ctx) => listLinks(ctx),
  }),
  route({
    method: 'PUT',
    path,
    summary: 'Make a link to another system, or change the one of that name',
    tag: 'links',
    access: 'admin',
    params: z.object({ name: PrintableName }),
    body: NewLink,
    reply: LinkTemplate,
    handle: (ctx, { params, body }) => setLink(ctx, params.name, body),
  }),
  route({
    method: 'DELETE',
    path,
    summary: 'Show a link to another system no more',
    tag: 'links',
    access: 'admin',
    params: z.object({ name: z.string().max(128) }),
    handle: (ctx, { params }) => deleteLink(ctx, params.name),
  }),
];
