import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { linkToken } from '../../test/link-token.ts';
import { SESSION_BOUNDS } from './authenticate-session.ts';

const DAY = 86_400_000;
const { idleMs: SESSION_MS, maxMs: SESSION_MAX_MS } = SESSION_BOUNDS;
let now = 1_795_168_800_000;
let tiltmeter: TestApp;
beforeAll(async () => {
  tiltmeter = await startTestApp({ clock: () => now, monotonic: () => now });
});
afterAll(() => tiltmeter.stop());
beforeEach(() => {
  now += 60_000; // refills the allowance of sign-ins
});

const tokenOf = linkToken;

async function asBrowser(method: string, path: string, cookie?: string, body?: unknown) {
  const reply = await fetch(tiltmeter.address + path, {
    method,
    headers: {
      origin: tiltmeter.address,
      ...(cookie ? { cookie } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  // biome-ignore lint/suspicious/noExplicitAny: tests read replies of every shape
  const parsed: any = text === '' ? undefined : JSON.parse(text);
  return { status: reply.status, body: parsed, cookie: reply.headers.get('set-cookie') ?? '' };
}

async function signIn(token: string | null) {
  const reply = await asBrowser('POST', '/api/v1/session', undefined, { token });
  return { ...reply, session: reply.cookie.split(';')[0] ?? '' };
}

async function userWith(role: string): Promise<{ id: string; session: string }> {
  const email = `${role}-${now}@example.org`;
  const { body } = await tiltmeter.json('POST', '/api/v1/users', { email, name: role, role });
  const link = await tiltmeter.json('POST', `/api/v1/users/${body.id}/link`);
  return { id: body.id, session: (await signIn(tokenOf(link.body.url))).session };
}

test('the admin link signs in once', async () => {
  expect(await tiltmeter.app.signedInBefore()).toBe(false);
  const url = await tiltmeter.app.adminLink();
  expect(url).toMatch(new RegExp(`^${tiltmeter.address}/login#token=[\\w-]{43}$`));
  const first = await signIn(tokenOf(url));
  expect(first).toMatchObject({ status: 200, body: { user: { email: 'admin@localhost', role: 'admin' } } });
  expect(first.cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(await asBrowser('GET', '/api/v1/session', first.session)).toMatchObject({ status: 200 });
  expect(await signIn(tokenOf(url))).toMatchObject({
    status: 401,
    body: { error: { code: 'not_authenticated' } },
  });
  expect(await tiltmeter.app.signedInBefore()).toBe(true);
});

test('a link that is not used within a day is worth nothing', async () => {
  const url = await tiltmeter.app.adminLink();
  now += DAY;
  expect(await signIn(tokenOf(url))).toMatchObject({ status: 401 });
});

test('a new link ends the one before it', async () => {
  const older = tokenOf(await tiltmeter.app.adminLink());
  const newer = tokenOf(await tiltmeter.app.adminLink());
  expect((await signIn(older)).status).toBe(401);
  expect((await signIn(newer)).status).toBe(200);
});

test('one of many who use a link at once gets in', async () => {
  const token = tokenOf(await tiltmeter.app.adminLink());
  const replies = await Promise.all(Array.from({ length: 8 }, () => signIn(token)));
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, ...Array(7).fill(401)]);
});

test('guessing is slowed down', async () => {
  const statuses = [];
  for (let i = 0; i < 11; i += 1) statuses.push((await signIn(`guess-${i}`)).status);
  expect(statuses).toEqual([...Array(10).fill(401), 429]);
});

test('a session slides, and ends after two weeks alone or ninety days in all', async () => {
  const { session } = await signIn(tokenOf(await tiltmeter.app.adminLink()));
  const alive = async () => (await asBrowser('GET', '/api/v1/session', session)).status === 200;
  const begun = now;
  while (now + SESSION_MS - DAY < begun + SESSION_MAX_MS) {
    now += SESSION_MS - DAY;
    expect(await alive()).toBe(true);
  }
  now = begun + SESSION_MAX_MS;
  expect(await alive()).toBe(false);
  const other = await signIn(tokenOf(await tiltmeter.app.adminLink()));
  now += SESSION_MS;
  expect((await asBrowser('GET', '/api/v1/session', other.session)).status).toBe(401);
});

test('signing out ends the session, and the cookie', async () => {
  const { session } = await signIn(tokenOf(await tiltmeter.app.adminLink()));
  const out = await asBrowser('DELETE', '/api/v1/session', session);
  expect(out).toMatchObject({ status: 204, cookie: expect.stringContaining('tiltmeter_session=;') });
  expect((await asBrowser('GET', '/api/v1/session', session)).status).toBe(401);
  expect((await asBrowser('DELETE', '/api/v1/session', session)).status).toBe(204);
});

test('what has run out is forgotten, what holds is kept', async () => {
  const { session } = await signIn(tokenOf(await tiltmeter.app.adminLink()));
  const { ledger } = tiltmeter.app.ctx;
  now += SESSION_MS - 1;
  await tiltmeter.app.runJob('sessions');
  expect((await asBrowser('GET', '/api/v1/session', session)).status).toBe(200);
  now += SESSION_MS;
  await tiltmeter.app.runJob('sessions');
  expect(await ledger.selectFrom('sessions').selectAll().execute()).toEqual([]);
  expect(await ledger.selectFrom('login_links').selectAll().execute()).toEqual([]);
});

const REACH = {
  viewer: { '/api/v1/status': 200, '/api/v1/keys': 403, '/api/v1/users': 403, '/api/v1/audit': 403 },
  editor: { '/api/v1/status': 200, '/api/v1/keys': 200, '/api/v1/users': 403, '/api/v1/audit': 403 },
  admin: { '/api/v1/status': 200, '/api/v1/keys': 200, '/api/v1/users': 200, '/api/v1/audit': 200 },
};
test.each(Object.entries(REACH))('what a %s reads', async (role, reach) => {
  const { session } = await userWith(role);
  for (const [path, status] of Object.entries(reach)) {
    expect([path, (await asBrowser('GET', path, session)).status]).toEqual([path, status]);
  }
  const ingest = await asBrowser('POST', '/api/v1/predictions', session, []);
  expect(ingest.status === 403).toBe(role === 'viewer');
});

test('a change of role holds at once', async () => {
  const { id, session } = await userWith('viewer');
  await tiltmeter.json('PATCH', `/api/v1/users/${id}`, { role: 'editor' });
  expect((await asBrowser('GET', '/api/v1/keys', session)).status).toBe(200);
});

test('a disabled user is out at once and cannot be invited', async () => {
  const { id, session } = await userWith('viewer');
  const link = await tiltmeter.json('POST', `/api/v1/users/${id}/link`);
  expect(await tiltmeter.json('PATCH', `/api/v1/users/${id}`, { disabled: true })).toMatchObject({
    status: 200,
    body: { disabled: true },
  });
  expect((await asBrowser('GET', '/api/v1/session', session)).status).toBe(401);
  expect((await signIn(tokenOf(link.body.url))).status).toBe(401);
  expect((await tiltmeter.json('POST', `/api/v1/users/${id}/link`)).status).toBe(409);
});

test('an email is taken once, whatever its case', async () => {
  const user = { email: 'Ada@Example.org', name: 'Ada', role: 'viewer' };
  expect(await tiltmeter.json('POST', '/api/v1/users', user)).toMatchObject({
    status: 201,
    body: { email: 'ada@example.org' },
  });
  const again = await tiltmeter.json('POST', '/api/v1/users', { ...user, email: 'ADA@example.org' });
  expect(again).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
});

test('one active admin remains', async () => {
  const { body } = await tiltmeter.json('GET', '/api/v1/users');
  const admins = body.items.filter((user: { role: string }) => user.role === 'admin');
  const changes = await Promise.all(
    admins.map((user: { id: string }) =>
      tiltmeter.json('PATCH', `/api/v1/users/${user.id}`, { disabled: true }),
    ),
  );
  expect(changes.map((reply) => reply.status).sort()).toEqual([...Array(admins.length - 1).fill(200), 409]);
  expect((await tiltmeter.json('PATCH', '/api/v1/users/none', { name: 'x' })).status).toBe(404);
});

afterEach(async () => {
  expect((await tiltmeter.json('GET', '/api/v1/audit/verify')).body.broken).toBeNull();
});

test('people see where they are signed in, and sign out of one place or of all', async () => {
  const { id, session } = await userWith('viewer');
  const { body: link } = await tiltmeter.json('POST', `/api/v1/users/${id}/link`);
  now += 1;
  const phone = (await signIn(tokenOf(link.url))).session;
  const seen = async () => (await asBrowser('GET', '/api/v1/sessions', session)).body.items;
  const items = await seen();
  expect(items).toMatchObject([
    { current: false, ip: '127.0.0.1', agent: 'node' },
    { current: true, ip: '127.0.0.1' },
  ]);
  expect(JSON.stringify(items)).not.toContain(session.split('=')[1]);
  const other = await userWith('editor');
  expect(await asBrowser('DELETE', `/api/v1/sessions/${items[0].id}`, other.session)).toMatchObject({
    status: 404,
  });
  expect(await asBrowser('DELETE', `/api/v1/sessions/${items[0].id}`, session)).toMatchObject({
    status: 204,
  });
  expect((await asBrowser('GET', '/api/v1/session', phone)).status).toBe(401);
  expect(await seen()).toHaveLength(1);
  expect(await asBrowser('DELETE', `/api/v1/users/${other.id}/sessions`, session)).toMatchObject({
    status: 403,
  });
  const out = await asBrowser('DELETE', '/api/v1/sessions', session);
  expect(out).toMatchObject({ status: 204, cookie: expect.stringContaining('tiltmeter_session=;') });
  expect((await asBrowser('GET', '/api/v1/session', session)).status).toBe(401);
  expect((await asBrowser('GET', '/api/v1/session', other.session)).status).toBe(200);
  const { body: unused } = await tiltmeter.json('POST', `/api/v1/users/${other.id}/link`);
  expect((await tiltmeter.json('DELETE', `/api/v1/users/${other.id}/sessions`)).status).toBe(204);
  expect((await asBrowser('GET', '/api/v1/session', other.session)).status).toBe(401);
  expect((await signIn(tokenOf(unused.url))).status).toBe(401);
});

test('no key asks whose sessions there are', async () => {
  const { body } = await tiltmeter.json('POST', '/api/v1/keys', { name: 'of sessions', scopes: ['admin'] });
  for (const [method, path] of [
    ['GET', '/api/v1/sessions'],
    ['DELETE', '/api/v1/sessions'],
  ] as const)
    expect((await tiltmeter.json(method, path, undefined, body.secret)).status).toBe(403);
});

test('over https a session is a cookie that no neighbour can set, and browsers come back over https alone', async () => {
  const secure = await startTestApp({
    address: 'https://tilt.example.org',
    clock: () => now,
    monotonic: () => now,
  });
  const session = `http://127.0.0.1:${secure.app.port}/api/v1/session`;
  const asked = (cookie: string) => fetch(session, { headers: { cookie } });
  try {
    const token = tokenOf(await secure.app.adminLink());
    const reply = await fetch(session, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://tilt.example.org' },
      body: JSON.stringify({ token }),
    });
    expect(reply.headers.get('strict-transport-security')).toBe('max-age=31536000');
    const cookie = reply.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(
      /^__Host-tiltmeter_session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const own = cookie.split(';')[0]!;
    expect((await asked(own)).status).toBe(200);
    // What a neighbour could plant holds for sessions from before alone.
    expect((await asked(own.replace('__Host-', ''))).status).toBe(401);
    await secure.app.ctx.ledger.updateTable('sessions').set({ agent: null }).execute();
    expect((await asked(own.replace('__Host-', ''))).status).toBe(200);
  } finally {
    await secure.stop();
  }
  expect((await fetch(`${tiltmeter.address}/healthz`)).headers.get('strict-transport-security')).toBeNull();
});

test('a session that nobody uses is refused from its idle limit on, one in use from its absolute limit on, not a minute before', async () => {
  const [MINUTE, HOUR] = [60_000, 3_600_000];
  const short = await startTestApp({ clock: () => now, session: { idleMs: HOUR, maxMs: 3 * HOUR } });
  try {
    const signedIn = async () => {
      const token = tokenOf(await short.app.adminLink());
      const { headers } = await short.json('POST', '/api/v1/session', { token }, null);
      const cookie = headers.get('set-cookie')!.split(';')[0]!;
      return async (path = '/models') =>
        (await fetch(`${short.address}/api/v1${path}`, { headers: { cookie } })).status;
    };
    const waits = await signedIn();
    now += HOUR - MINUTE;
    expect(await waits()).toBe(200);
    now += HOUR;
    expect(await waits()).toBe(401);
    await short.app.runJob('sessions');
    expect(await short.app.ctx.ledger.selectFrom('sessions').selectAll().execute()).toEqual([]);
    expect(await waits('/session')).toBe(401);

    const works = await signedIn();
    const begun = now;
    const answers = new Map<number, number>();
    for (; now < begun + 3 * HOUR + 2 * MINUTE; now += 20_000) {
      if (now % HOUR === 0) await short.app.runJob('sessions');
      const status = await works();
      answers.set(status, (answers.get(status) ?? 0) + 1);
      expect([now - begun, status]).toEqual([now - begun, now < begun + 3 * HOUR ? 200 : 401]);
    }
    expect([...answers]).toEqual([
      [200, 540],
      [401, 6],
    ]);
  } finally {
    await short.stop();
  }
});

test('how long a session holds is set', async () => {
  const HOUR = 3_600_000;
  const short = await startTestApp({ clock: () => now, session: { idleMs: HOUR, maxMs: 3 * HOUR } });
  try {
    const token = tokenOf(await short.app.adminLink());
    const signedIn = await short.json('POST', '/api/v1/session', { token }, null);
    const cookie = signedIn.headers.get('set-cookie')!;
    expect(cookie).toContain('Max-Age=10800;');
    const asks = async () => {
      const headers = { cookie: cookie.split(';')[0]! };
      return (await fetch(`${short.address}/api/v1/session`, { headers })).status;
    };
    // From before the bounds were lowered: listed with the end that holds now.
    await short.app.ctx.ledger
      .updateTable('sessions')
      .set({ expires_at: now + 80 * HOUR })
      .execute();
    const headers = { cookie: cookie.split(';')[0]! };
    const listed = await (await fetch(`${short.address}/api/v1/sessions`, { headers })).text();
    expect(JSON.parse(listed)).toMatchObject({ items: [{ expires_at: new Date(now + HOUR).toISOString() }] });
    for (let i = 0; i < 3; i++) {
      expect(await asks()).toBe(200);
      now += HOUR - 60_000;
    }
    now += 180_000;
    expect(await asks()).toBe(401);
  } finally {
    await short.stop();
  }
});
