import { z } from 'zod';
import { ReviewerAgreement } from '../../contract/agreement.ts';
import { AuditSample } from '../../contract/audit-sample.ts';
import { Coverage } from '../../contract/coverage.ts';
import { Distribution } from '../../contract/distribution.ts';
import { Explanation } from '../../contract/explanation.ts';
import { ModelFairness } from '../../contract/fairness.ts';
import { LabelSelection } from '../../contract/label-selection.ts';
import { Lineage } from '../../contract/lineage.ts';
import { Model, ModelSummary, NewModel } from '../../contract/model.ts';
import { PageQuery, pageOf } from '../../contract/page.ts';
import { ModelQuality } from '../../contract/quality.ts';
import { SearchResult } from '../../contract/search.ts';
import { SegmentKey } from '../../contract/segment.ts';
import { ModelSegments } from '../../contract/segments.ts';
import { Setup } from '../../contract/setup.ts';
import { ModelSlices } from '../../contract/slices.ts';
import { TimeInput } from '../../contract/time.ts';
import { VersionComparison } from '../../contract/version-comparison.ts';
import { VersionList } from '../../contract/version-list.ts';
import { VersionVerdict } from '../../contract/version-verdict.ts';
import { LARGE_BODY, type Route, route } from '../http/route.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { createModel } from '../models/create-model.ts';
import { getAgreement } from './agreement/get-agreement.ts';
import { getAuditSample } from './audit/get-audit-sample.ts';
import { getCard } from './card/get-card.ts';
import { getColumnDistribution } from './column-distribution.ts';
import { getCoverage } from './coverage/get-coverage.ts';
import { getExplanation } from './explanation/get-explanation.ts';
import { getFairness } from './fairness/get-fairness.ts';
import { getModel } from './get-model.ts';
import { getLineage } from './lineage/get-lineage.ts';
import { listModels } from './list-models.ts';
import { getEstimate } from './quality/estimated-error.ts';
import { getQuality } from './quality/get-quality.ts';
import { getLabelSelection } from './quality/selection.ts';
import { search } from './search.ts';
import { getSegments } from './segments/get-segments.ts';
import { getSetup } from './setup/get-setup.ts';
import { getSlices } from './slices/get-slices.ts';
import { getVerdict } from './verdict/get-verdict.ts';
import { compareVersions } from './versions/compare-versions.ts';
import { listVersions } from './versions/list-versions.ts';

const params = z.object({ model: z.string() });
/** A range, and what it is compared with. */
const Compared = z.object({
  from: TimeInput.optional(),
  to: TimeInput.optional(),
  reference: z.string().max(256).optional(),
});

const versionQuery = z.object({
  from: TimeInput.optional(),
  to: TimeInput.optional(),
  version: z.string().max(128).optional(),
  baseline: z.string().max(128).optional(),
});

export const fleetRoutes = (schemas: Schemas): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/v1/lineage',
    summary: 'What depends on what, as models name it, with the incidents that go on',
    tag: 'models',
    access: 'read',
    query: z.object({ model: z.string().max(128).optional() }),
    reply: Lineage,
    handle: (ctx, { query }) => getLineage(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models',
    summary: 'The fleet: every model with the state of its layers',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    query: PageQuery,
    reply: pageOf(ModelSummary),
    handle: (ctx, { query }) => listModels(ctx, query),
  }),
  route({
    method: 'POST',
    path: '/api/v1/models',
    summary: 'Declare a model before it sends anything',
    tag: 'models',
    access: 'write',
    bodyLimit: LARGE_BODY,
    body: NewModel,
    reply: Model,
    status: 201,
    async handle(ctx, { body }) {
      await createModel(ctx, schemas, body);
      return getModel(ctx, body.id);
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model',
    summary: 'One model with its settings and columns',
    tag: 'models',
    access: 'read',
    params,
    reply: Model,
    handle: (ctx, { params }) => getModel(ctx, params.model),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/coverage',
    summary: 'Which stages, layers and signals of a model send nothing, and the next smallest step for each',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    params,
    reply: Coverage,
    handle: (ctx, { params }) => getCoverage(ctx, params.model),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/card',
    summary:
      'The model card of a range, in Markdown or HTML: purpose, owner, data, quality with intervals, groups, drift, incidents, versions, what is watched',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    params,
    query: z.object({
      from: TimeInput.optional(),
      to: TimeInput.optional(),
      format: z.enum(['markdown', 'html']).default('markdown'),
    }),
    produces: 'text/markdown',
    reply: z.string(),
    async handle(ctx, { params, query, reply }) {
      const text = await getCard(ctx, params.model, query);
      const [type, ending] = query.format === 'html' ? ['text/html', 'html'] : ['text/markdown', 'md'];
      reply
        .type(`${type}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="${params.model}-card.${ending}"`);
      return text;
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/setup',
    summary: 'What a model still needs before everything about it can be told, with progress',
    tag: 'models',
    access: 'read',
    params,
    reply: Setup,
    handle: (ctx, { params }) => getSetup(ctx, params.model),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/versions',
    summary:
      'The versions that answered in a range: traffic, quality, drift of the answers, errors, answer times',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    params,
    query: z.object({ from: TimeInput.optional(), to: TimeInput.optional() }),
    reply: VersionList,
    handle: (ctx, { params, query }) => listVersions(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/versions/comparison',
    summary:
      'Two versions of a model side by side: traffic, answers, the columns that differ most, quality, missing values, errors, answer times',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    params,
    query: versionQuery,
    reply: VersionComparison,
    handle: (ctx, { params, query }) => compareVersions(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/versions/verdict',
    summary:
      'Whether a version is better than the one it answers beside, and whether that is certain enough to stop: holds however often it is asked for',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    params,
    query: versionQuery.extend({
      by: z.enum(['version', 'variant']).optional(),
      metric: z.string().max(64).optional(),
    }),
    reply: VersionVerdict,
    handle: (ctx, { params, query }) => getVerdict(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/explanation',
    summary:
      'What a model goes by: the features that move its answers most, from attributions that were sent or from a surrogate, over time and by version',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    params,
    query: z.object({ from: TimeInput.optional(), to: TimeInput.optional() }),
    reply: Explanation,
    handle: (ctx, { params, query }) => getExplanation(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/quality',
    summary:
      'How good a model was over a range: every metric of its task beside the reference, coverage of labels, confusion, calibration, other thresholds',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    params,
    query: z.object({
      from: TimeInput.optional(),
      to: TimeInput.optional(),
      reference: z.string().max(256).optional(),
      segment: SegmentKey.optional(),
    }),
    reply: ModelQuality,
    handle: (ctx, { params, query }) => getQuality(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/segments',
    summary:
      'Every segment of a model over a range: traffic, quality beside all predictions and beside the reference, its share of what was lost, drift of its answers',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    params,
    query: Compared,
    reply: ModelSegments,
    handle: (ctx, { params, query }) => getSegments(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/quality/estimate',
    summary:
      'What quality is to be expected to be without labels: of numbers the mean absolute error, learned from a sample of labelled rows',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    params,
    query: z.object({ from: TimeInput.optional(), to: TimeInput.optional() }),
    reply: ModelQuality.shape.estimate,
    handle: (ctx, { params, query }) => getEstimate(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/labelled',
    summary: 'Whether the predictions of a range whose labels have come are like the rest',
    tag: 'models',
    access: 'read',
    params,
    query: z.object({ from: TimeInput.optional(), to: TimeInput.optional() }),
    reply: LabelSelection,
    handle: (ctx, { params, query }) => getLabelSelection(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/agreement',
    summary: 'Whether the people who label a model agree: alpha over all of them, kappa of each two',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    params,
    query: z.object({ from: TimeInput.optional(), to: TimeInput.optional() }),
    reply: ReviewerAgreement,
    handle: (ctx, { params, query }) => getAgreement(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/audit-sample',
    summary: 'How many of all predictions were right, by the random sample that people looked at',
    tag: 'reviews',
    access: 'read',
    oneAtATime: true,
    params,
    query: z.object({ from: TimeInput.optional(), to: TimeInput.optional() }),
    reply: AuditSample,
    handle: (ctx, { params, query }) => getAuditSample(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/slices',
    summary: 'The slices of a range that lose most, searched for in its newest labelled predictions',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    params,
    query: z.object({ from: TimeInput.optional(), to: TimeInput.optional() }),
    reply: ModelSlices,
    handle: (ctx, { params, query }) => getSlices(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/fairness',
    summary:
      'Whether a model treats the groups of its protected attributes alike: rates of each group, and how far the furthest two are apart',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    params,
    query: Compared,
    reply: ModelFairness,
    handle: (ctx, { params, query }) => getFairness(ctx, params.model, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/search',
    summary: 'Models and columns by a part of their name, predictions by their id',
    tag: 'models',
    access: 'read',
    oneAtATime: true,
    query: z.object({ q: z.string().max(256), first: z.string().max(64).optional() }),
    reply: SearchResult,
    handle: (ctx, { query }) => search(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/models/:model/columns/:column/distribution',
    summary: 'Reference against current for one column: bins, moments, drift score and the verdict in words',
    tag: 'columns',
    access: 'read',
    params: params.extend({ column: z.string() }),
    query: z.object({
      from: TimeInput.optional(),
      to: TimeInput.optional(),
      reference: z.string().max(256).optional(),
      version: z.string().max(128).optional(),
      segment: SegmentKey.optional(),
    }),
    reply: Distribution,
    handle: (ctx, { params, query }) => getColumnDistribution(ctx, params.model, params.column, query),
  }),
];
