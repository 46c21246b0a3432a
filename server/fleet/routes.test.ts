import { expect, test } from 'vitest';
import { fleetRoutes } from './routes.ts';

test('what is worked out of thousands of profiles or rows is answered one at a time to each who asks: it is held in memory meanwhile', () => {
  const alone = fleetRoutes(undefined as never).filter(({ oneAtATime }) => oneAtATime);
  const of = (what: string) => `/api/v1/models/:model/${what}`;
  expect(alone.map(({ path }) => path).sort()).toEqual(
    [
      ...[
        '/api/v1/models',
        '/api/v1/search',
        of('quality'),
        of('segments'),
        of('slices'),
        of('fairness'),
        of('agreement'),
      ],
      ...[of('explanation'), of('versions'), of('versions/comparison'), of('versions/verdict')],
      ...[of('card'), of('quality/estimate'), of('coverage'), of('audit-sample')],
    ].sort(),
  );
});
