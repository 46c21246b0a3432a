import type { ReviewReason } from '../../../../contract/review.ts';
import { audit } from './audit.ts';
import { high_loss } from './high-loss.ts';
import { low_confidence } from './low-confidence.ts';
import { novel } from './novel.ts';
import type { Reason } from './reason.ts';
import { unusual_attributions } from './unusual-attributions.ts';

/** Why predictions are worth a look. A new reason is a file, a line here, and a word in contract/review.ts. */
export const REASONS: Readonly<Record<ReviewReason, Reason>> = {
  audit,
  low_confidence,
  novel,
  high_loss,
  unusual_attributions,
};
