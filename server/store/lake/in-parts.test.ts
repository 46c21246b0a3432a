import { expect, test } from 'vitest';
import { TiltmeterError } from '../../../contract/errors.ts';
import { IDS, inParts, type Part } from './in-parts.ts';

test('many rows are done in even parts, in one where they are few', async () => {
  const done: Part[] = [];
  await inParts(0, async (part) => void done.push(part));
  await inParts(2 * IDS + 1, async (part) => void done.push(part));
  expect(done).toEqual([
    { parts: 1, part: 0 },
    { parts: 3, part: 0 },
    { parts: 3, part: 1 },
    { parts: 3, part: 2 },
  ]);
});

test('a part that is too large is done in halves, which hold what it held', async () => {
  const done: Part[] = [];
  await inParts(1, async (part) => {
    if (part.parts < 4) throw new TiltmeterError('query_too_large');
    done.push(part);
  });
  expect(done).toHaveLength(4);
  for (let hash = 0; hash < 40; hash++)
    expect(done.filter(({ parts, part }) => hash % parts === part)).toHaveLength(1);
});

test('what fails for another reason fails', async () => {
  await expect(inParts(1, () => Promise.reject(new TiltmeterError('disk_full')))).rejects.toMatchObject({
    code: 'disk_full',
  });
});
