import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Lane } from './lane.ts';

/** Tasks that end when they are told to, and the order in which they began. */
function tasks() {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const task = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((resolve, reject) =>
      ends.set(name, (error) => (error ? reject(error) : resolve())),
    );
  };
  return { begun, task, end: (name: string, error?: Error) => ends.get(name)!(error) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('no more run at the same time than there are places, first come first served', async () => {
  const lane = new Lane({ width: 2 });
  const { begun, task, end } = tasks();
  const runs = ['a', 'b', 'c', 'd'].map((name) => lane.run(task(name)));
  expect(begun).toEqual(['a', 'b']);
  end('a');
  await runs[0];
  await turn();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const name of ['b', 'c']) end(name);
  await turn();
  end('d');
  await Promise.all(runs);
  expect(lane.running).toBe(0);
});

test('of several who are named each is next in turn, however much one has waiting', async () => {
  const lane = new Lane({ width: 1 });
  const { begun, task, end } = tasks();
  const names = ['many-1', 'many-2', 'many-3', 'many-4', 'one-1', 'one-2'];
  const runs = names.map((name) => lane.run(task(name), false, name.slice(0, -2)));
  for (const _ of names) {
    end(begun.at(-1)!);
    await turn();
  }
  await Promise.all(runs);
  expect(begun).toEqual(['many-1', 'many-2', 'one-1', 'many-3', 'one-2', 'many-4']);
});

test('one who is named has not all the places while there are others', async () => {
  const lane = new Lane({ width: 3 });
  const { begun, task, end } = tasks();
  const alone = ['m1', 'm2', 'm3'].map((name) => lane.run(task(name), false, 'many'));
  expect(begun).toEqual(['m1', 'm2', 'm3']);
  const later = [lane.run(task('m4'), false, 'many'), lane.run(task('o1'), false, 'one')];
  for (const name of ['m1', 'm2', 'm3']) end(name);
  await Promise.all(alone);
  await turn();
  expect(begun.slice(3)).toEqual(['m4', 'o1']);
  later.push(lane.run(task('m5'), false, 'many'), lane.run(task('m6'), false, 'many'));
  end('o1');
  await turn();
  // A place is free, and kept for others: whoever comes has it at once.
  expect(begun.slice(5)).toEqual(['m5']);
  later.push(lane.run(task('o2'), false, 'one'));
  expect(begun.slice(6)).toEqual(['o2']);
  for (const name of ['m4', 'm5', 'o2']) {
    end(name);
    await turn();
  }
  end('m6');
  await Promise.all(later);
  expect(lane.running + lane.waiting).toBe(0);
});

test('while people are at work elsewhere the background has half of the places', async () => {
  let busy = true;
  const lane = new Lane({ width: 2, busy: () => busy });
  const { begun, task, end } = tasks();
  const runs = ['a', 'b', 'c'].map((name) => lane.run(task(name), true));
  expect(begun).toEqual(['a']);
  busy = false;
  end('a');
  await turn();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const name of ['b', 'c']) end(name);
  await Promise.all(runs);
});

test('a failure gives its place back', async () => {
  const lane = new Lane({ width: 1 });
  await expect(lane.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await lane.run(async () => 7)).toBe(7);
});

test('more than may wait are refused, people and background apart', async () => {
  const lane = new Lane({ width: 1, depth: 1 });
  const { task, end } = tasks();
  const runs = [
    lane.run(task('a')),
    lane.run(task('b')),
    lane.run(task('x'), true),
    lane.run(task('y'), true),
  ];
  await expect(lane.run(task('c'))).rejects.toMatchObject({ code: 'store_unavailable', retryAfter: 2 });
  await expect(lane.run(task('z'), true)).rejects.toMatchObject({ code: 'store_unavailable' });
  for (const name of ['a', 'x']) end(name);
  await turn();
  for (const name of ['b', 'y']) end(name);
  await Promise.all(runs);
});

test('people never wait for the background', async () => {
  const lane = new Lane({ width: 2 });
  const { begun, task, end } = tasks();
  const runs = ['x', 'y', 'z'].map((name) => lane.run(task(name), true));
  expect(begun).toEqual(['x', 'y']);
  runs.push(lane.run(task('a')), lane.run(task('b')));
  expect(begun).toEqual(['x', 'y', 'a', 'b']);
  // while people ask, the background has one place
  end('x');
  await turn();
  expect(begun).toHaveLength(4);
  end('y');
  await turn();
  expect(begun.at(-1)).toBe('z');
  for (const name of ['z', 'a', 'b']) end(name);
  await Promise.all(runs);
});

test('the background goes on while people ask, and takes what is free when they no longer do', async () => {
  const lane = new Lane({ width: 2 });
  const { begun, task, end } = tasks();
  const runs = [lane.run(task('a')), lane.run(task('x'), true), lane.run(task('y'), true)];
  expect(begun).toEqual(['a', 'x']);
  end('a');
  await turn();
  expect(begun).toEqual(['a', 'x', 'y']);
  for (const name of ['x', 'y']) end(name);
  await Promise.all(runs);
});

test('whatever comes and ends in whatever order, each task runs once, within the bounds, and idle says when all is done', async () => {
  const step = fc.record({ background: fc.boolean(), ends: fc.nat({ max: 5 }), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(step, { maxLength: 40 }),
      async (width, steps) => {
        const lane = new Lane({ width });
        const running = { people: 0, background: 0 };
        const ends: (() => void)[] = [];
        let done = 0;
        const all = steps.map(async ({ background, ends: n, fails }) => {
          const kind = background ? 'background' : 'people';
          const run = lane.run(async () => {
            running[kind]++;
            expect(running.people).toBeLessThanOrEqual(width);
            expect(running.background).toBeLessThanOrEqual(width);
            await new Promise<void>((resolve) => ends.push(resolve));
            running[kind]--;
            done++;
            if (fails) throw new Error('failed');
          }, background);
          for (const end of ends.splice(0, n)) end();
          await run.catch(() => {});
        });
        const idle = lane.idle();
        while (done < steps.length) {
          for (const end of ends.splice(0)) end();
          await turn();
        }
        await Promise.all(all);
        await idle;
        expect(done).toBe(steps.length);
        expect(lane.running + lane.waiting).toBe(0);
      },
    ),
    { numRuns: 100 },
  );
});
