import fc from 'fast-check';
import { type BodyRequest, damaged } from './body-request.ts';

const JSON_BODY: BodyRequest['headers'] = { 'content-type': 'application/json' };

/** What a job says of its run, in its address; some with a body that nobody asked for. */
export function anyHeartbeat(): fc.Arbitrary<BodyRequest> {
  const text = fc.string({ unit: 'binary', maxLength: 20 }).map((each) => each.toWellFormed());
  const odd = (usual: fc.Arbitrary<string>) =>
    fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: text });
  const number = odd(fc.oneof(fc.nat(), fc.double(), fc.constant(-1)).map(String));
  return fc
    .record({
      job: odd(fc.constantFrom('nightly', 'hourly', 'a.b-c')),
      said: fc.record(
        {
          state: odd(fc.constantFrom('start', 'ok', 'fail')),
          rows: number,
          duration_ms: number,
          model: odd(fc.constant('m1')),
        },
        { requiredKeys: ['state'] },
      ),
      body: fc.oneof(
        { weight: 4, arbitrary: fc.constant(Buffer.alloc(0)) },
        fc.jsonValue().map((each) => Buffer.from(JSON.stringify(each))),
      ),
      damage: damaged(),
    })
    .map(
      ({ job, said, body, damage }): BodyRequest => ({
        path: `/api/v1/heartbeats/${encodeURIComponent(job) || 'x'}?${new URLSearchParams(said)}`,
        body: damage(body),
        headers: body.length > 0 ? JSON_BODY : {},
      }),
    );
}
