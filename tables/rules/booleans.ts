/** What programs write for true and false, in any case. */
export const TRUTH_WORDS = ['true', 'false'] as const;

/** Words that come in twos and mean yes or no, in any case. */
export const BOOLEAN_WORDS = [...TRUTH_WORDS, 'yes', 'no', 't', 'f', 'y', 'n'] as const;
