import { FEATURE_NAME } from '../../../contract/name.ts';

/** What senders say of a prediction: which feature moved the answer how far. */
export const ATTRIBUTIONS = '_attributions';

const PREFIX = '_attribution|';

/** Attributions of a model with profiles of their own, those that weighed most when they first came. */
export const MOST_ATTRIBUTIONS = 50;

/** Name of the profile of one feature's attribution. `attributionOf('age')` → '_attribution|age' */
export const attributionOf = (feature: string) => `${PREFIX}${feature}`;

/** Whether a profile is of an attribution. */
export const isAttribution = (name: string) => name.startsWith(PREFIX);

/** The feature that a profile of an attribution is of. `featureOf('_attribution|age')` → 'age' */
export const featureOf = (name: string) => name.slice(PREFIX.length);

/** Whether the attribution of that name may have a profile: it is called as a feature may be. */
export const mayBeProfiled = (feature: string) => FEATURE_NAME.test(feature);

/** The map of attributions with anything in it, as a number: what arrivals are asked. */
export const HAS_ATTRIBUTIONS = `if(notEmpty(${ATTRIBUTIONS}), toNullable(1.), NULL)`;

/** The expression of one attribution: null where none came, or none that is a number. */
export function attributionValue(name: string): string {
  // As its bytes: senders name features, and no name may mean anything to a statement.
  const key = `unhex('${Buffer.from(featureOf(name)).toString('hex')}')`;
  return `if(mapContains(${ATTRIBUTIONS}, ${key}) AND isFinite(${ATTRIBUTIONS}[${key}]), toNullable(${ATTRIBUTIONS}[${key}]), NULL)`;
}
