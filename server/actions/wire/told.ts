import type { DigestContent } from '../../../contract/digest.ts';
import type { Incident, Runbook } from '../../../contract/incident.ts';
import type { AnnouncedEvent } from '../../incidents/announce.ts';
import type { Message } from '../channels/channel.ts';
import { harmless, labelled } from './harmless.ts';

/** What a message says, for channels that have a form of their own (docs/channels/webhook.md). */
export interface Told {
  readonly event: AnnouncedEvent | 'digest' | 'audit_head' | 'test';
  /** One line for a chat. */
  readonly text: string;
  /** The page of the incident, or of what is told of. */
  readonly url: string;
  readonly incident: Pick<
    Incident,
    | 'id'
    | 'models'
    | 'model_names'
    | 'priority'
    | 'title'
    | 'started_at'
    | 'resolved_at'
    | 'causes'
    | 'losses'
  >;
  /** The names of its models for programs that sort by them. */
  readonly labels: readonly string[];
  readonly runbooks: readonly Runbook[];
  /** Of a digest: what it says, and the address that its paths belong to. */
  readonly digest?: DigestContent;
  readonly root?: string;
}

/** How many of the causes a message names, and of how many models what it costs. */
const CAUSES = 3;
const LOSSES = 3;

/** A message taken apart, what senders called things harmless in it. Only those of incidents and tests have all of it. */
export function told({ body }: Pick<Message, 'body'>): Told {
  const said = JSON.parse(body) as Told;
  if (said.digest !== undefined) return { ...said, digest: harmlessDigest(said.digest) };
  if (said.incident === undefined) return said;
  // What was put into the outbox before costs were told has none.
  const { title, model_names, causes, losses } = said.incident;
  return {
    ...said,
    incident: {
      ...said.incident,
      title: harmless(title),
      model_names: model_names.map(harmless),
      causes: causes.map((cause) => ({ ...cause, sentence: harmless(cause.sentence) })),
      losses: (losses ?? []).map((loss) => ({ ...loss, sentence: harmless(loss.sentence) })),
    },
    labels: model_names.map(labelled),
    runbooks: said.runbooks?.map(({ model, runbook }) => ({ model: harmless(model), runbook })),
  };
}

function harmlessDigest(digest: DigestContent): DigestContent {
  const sections = digest.sections.map(({ title, path, lines }) => ({
    ...{ title: harmless(title), path },
    lines: lines.map((line) => ({ ...line, text: harmless(line.text) })),
  }));
  return { ...digest, headline: harmless(digest.headline), sections };
}

/** The likeliest causes, a sentence each; none where the message is about no incident. */
export function causesOf({ incident }: Told): string[] {
  return (incident?.causes ?? []).slice(0, CAUSES).map(({ sentence }) => sentence);
}

/** What it costs, a sentence for each of its models of which that is known; with several models each is named. */
export function lossesOf({ incident }: Told): string[] {
  const { models, model_names, losses } = incident ?? { models: [], model_names: [], losses: [] };
  return losses
    .filter(({ loss }) => loss !== null)
    .slice(0, LOSSES)
    .map(({ model, sentence }) =>
      models.length === 1 ? sentence : `${model_names[models.indexOf(model)] ?? model}: ${sentence}`,
    );
}

/** What a message says below its line: the likeliest causes, what it costs, what people wrote for this moment. */
export function detailsOf(said: Told): string[] {
  return [...causesOf(said), ...lossesOf(said), ...runbooksOf(said)];
}

/** What people wrote of its models for this moment: `Runbook of credit-risk: https://…` */
export function runbooksOf({ runbooks = [] }: Told): string[] {
  return runbooks.map(({ model, runbook }) => `Runbook of ${model}: ${runbook}`);
}

/** The first `length` characters, with a mark where something was cut off. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
