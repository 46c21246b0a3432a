import type { StoredChange } from '../../../contract/change.ts';
import type { ModelFairness } from '../../../contract/fairness.ts';
import type { Incident } from '../../../contract/incident.ts';
import type { Model } from '../../../contract/model.ts';
import type { Monitor } from '../../../contract/monitor.ts';
import type { ModelQuality } from '../../../contract/quality.ts';
import type { Reference } from '../../../contract/reference.ts';
import type { VersionList } from '../../../contract/version-list.ts';
import type { Document } from './document.ts';
import { groups, quality } from './how-good.ts';
import { drift, incidents, versions, watched } from './what-happened.ts';
import { data, purpose } from './what-it-is.ts';

/** The worst that a column drifted in each step of the range. */
export interface DriftStep {
  readonly from: string;
  readonly column: string;
  readonly metric: string;
  readonly value: number;
  readonly threshold: number | null;
  readonly n: number;
}

export interface CardFacts {
  readonly madeAt: string;
  readonly from: string;
  readonly to: string;
  /** Of the model in the dashboard. */
  readonly address: string;
  readonly model: Model;
  readonly quality: ModelQuality;
  readonly fairness: ModelFairness;
  readonly versions: VersionList;
  readonly references: readonly Reference[];
  readonly monitors: readonly Monitor[];
  readonly drift: readonly DriftStep[];
  /** The newest of the range, and how many there were. */
  readonly incidents: { readonly items: readonly Incident[]; readonly total: number };
  readonly changes: readonly StoredChange[];
}

/**
 * What is known of a model, for whoever has to answer for it: purpose, owner, data, quality with intervals, groups, drift, incidents,
 * versions, what is watched. What people did not say is named as missing. Pure.
 * Source of the sections: Mitchell et al. 2019, Model Cards for Model Reporting.
 */
export function card(facts: CardFacts): Document {
  const { model } = facts;
  return [
    { heading: `Model card: ${model.name}`, level: 1 },
    { text: `Made ${facts.madeAt} of the events from ${facts.from} to ${facts.to}.` },
    { link: `${model.id} in Tiltmeter`, address: facts.address },
    ...purpose(model),
    ...data(facts),
    ...quality(facts.quality),
    ...groups(facts.fairness, model),
    ...drift(facts),
    ...incidents(facts),
    ...versions(facts),
    ...watched(facts),
  ];
}
