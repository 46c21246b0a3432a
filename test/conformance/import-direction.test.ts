import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Import, importsOf } from './imports.ts';
import { ROOMS } from './rooms.ts';
import { code, isTest, ROOT } from './sources.ts';

const product = code().filter(({ path }) => !isTest(path));
const imports = product.flatMap(importsOf);

/** `contract/model.ts` → `contract`; `server/events/x.ts` → `server` */
const area = (path: string) => path.split('/')[0]!;
const told = (broken: readonly Import[]) => broken.map(({ from, to }) => `${from} → ${to}`);

/** Areas that each area's product code may import from. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  contract: ['contract'],
  stats: ['stats'],
  tables: ['tables', 'contract', 'stats'],
  mapping: ['mapping', 'tables', 'contract', 'stats'],
  registries: ['registries', 'contract'],
  server: ['server', 'registries', 'mapping', 'tables', 'contract', 'stats'],
  check: ['check', 'tables', 'contract', 'stats'],
  // One validation of predictions, one reading of bodies, beside the model as at the server.
  agent: [
    ...['agent', 'contract', 'stats'],
    'server/data-folder.ts',
    ...[
      'server/events/validate/prediction.ts',
      'server/events/doors/json.ts',
      'server/events/parsed-event.ts',
    ],
  ],
  clients: ['clients'],
  cli: ['cli', 'check', 'agent', 'clients', 'registries', 'mapping', 'tables', 'contract', 'stats', 'server'],
  web: ['web', 'contract', 'stats'],
};

test.each(Object.entries(MAY_IMPORT))('%s imports only from %j', (from, allowed) => {
  const broken = imports.filter(
    (i) =>
      i.local &&
      area(i.from) === from &&
      ![area(i.to), i.to].some((to) => allowed.includes(to)) &&
      i.to !== 'package.json',
  );
  expect(told(broken)).toEqual([]);
});

test('stats needs nothing at all: no package, no node: module', () => {
  expect(told(imports.filter((i) => area(i.from) === 'stats' && !i.local))).toEqual([]);
});

test('contract needs zod and nothing else', () => {
  expect(told(imports.filter((i) => area(i.from) === 'contract' && !i.local && i.to !== 'zod'))).toEqual([]);
});

test('clients have no dependencies at run time', () => {
  const broken = imports.filter(
    (i) => area(i.from) === 'clients' && !i.typeOnly && (!i.local || area(i.to) !== 'clients'),
  );
  expect(told(broken)).toEqual([]);
});

test('the command line reaches the server only through its front doors', () => {
  const doors = ['server/app.ts', 'server/main.ts'];
  const broken = imports.filter(
    (i) => area(i.from) === 'cli' && area(i.to) === 'server' && !i.typeOnly && !doors.includes(i.to),
  );
  expect(told(broken)).toEqual([]);
});

/** Only these compose: they import from every room, and no room imports from them. */
const COMPOSITION = ['authenticate.ts', 'routes.ts', 'jobs.ts', 'app', 'app.ts', 'main.ts'];
/** For every room, since they know of none. */
const SHARED = [
  'address',
  'allowance',
  'authorise',
  'child-environment',
  'data-folder',
  'fair-queue',
  'ids',
  'json-scan',
  'log',
  'outgoing',
  'page',
  'plain-markdown',
  'public-address',
  'running',
  'scopes',
  'secret-key',
  'secrets',
  'stamps',
  'turns',
  'vault',
  'version',
];

const roomOf = (path: string) => path.split('/')[1]!;
const place = (path: string) =>
  SHARED.includes(roomOf(path).replace(/\.ts$/, '')) ? -1 : [...ROOMS, ...COMPOSITION].indexOf(roomOf(path));
const rooms = new Set(product.filter(({ path }) => area(path) === 'server').map(({ path }) => roomOf(path)));

test('every room of the server has its place', () => {
  const known = [...ROOMS, ...COMPOSITION, ...SHARED.map((name) => `${name}.ts`)];
  expect([...rooms].filter((room) => !known.includes(room))).toEqual([]);
  expect(known.filter((room) => !rooms.has(room))).toEqual([]);
});

test(`data moves one way: ${ROOMS.join(' → ')}`, () => {
  const inside = imports.filter((i) => area(i.from) === 'server' && area(i.to) === 'server');
  const first = ROOMS.length;
  const broken = inside.filter(({ from, to }) => {
    const [a, b] = [place(from), place(to)];
    // the log and its like know the context at most
    if (a < 0) return b > ROOMS.indexOf('context.ts');
    return b > a && a < first;
  });
  expect(told(broken)).toEqual([]);
});

test('only routes, the web server and the app know HTTP', () => {
  const broken = imports.filter(
    (i) =>
      (i.to === 'fastify' || i.to.startsWith('@fastify/')) &&
      !i.typeOnly &&
      !i.from.startsWith('server/http/') &&
      !i.from.startsWith('server/app/'),
  );
  expect(told(broken)).toEqual([]);
});

test('the engine is loaded by its drivers, and by the reader of tables', () => {
  const broken = imports.filter(
    (i) =>
      ['chdb', '@clickhouse/client'].includes(i.to) &&
      !i.from.startsWith('server/store/lake/drivers/') &&
      i.from !== 'tables/engine/engine.ts',
  );
  expect(told(broken)).toEqual([]);
});

test('every local import names a file that exists, with its ending', () => {
  const broken = code()
    .flatMap(importsOf)
    .filter((i) => i.local && !/\?(raw|url|inline)$/.test(i.to) && !existsSync(join(ROOT, i.to)));
  expect(told(broken)).toEqual([]);
});
