import type { Profile } from '../../../profiles/profile.ts';
import { profilesOf, type QualityRecipe } from '../../subject.ts';
import type { Histories } from './histories.ts';

/** The vector of one bucket of a recipe, or undefined when none of its profiles exists there. */
export function qualityVector(
  recipe: QualityRecipe,
  histories: Histories,
  time: number,
): Float64Array | undefined {
  const profiles = new Map<string, Profile>();
  for (const column of profilesOf(recipe)) {
    const profile = histories.get(column)?.get(time);
    if (profile) profiles.set(column, profile);
  }
  if (profiles.size === 0) return undefined;
  const vector = new Float64Array(recipe.width);
  recipe.add(profiles, vector);
  return vector;
}
