/** What an estimate was wrong by (labels − estimate), and the variance that such an error has by chance alone. */
export interface PastError {
  readonly error: number;
  readonly variance: number;
}

/** Where the rows to be estimated lie, in stretches: how far behind the end of the last one they begin, at least 0, and how long they go on. */
export interface Ahead {
  readonly after: number;
  readonly length: number;
}

/** What is to be expected of the errors so far to go on: to be added to the next estimate, and to its variance. */
export interface LatentError {
  readonly value: number;
  readonly variance: number;
}

/** Fewer errors do not tell what goes on from what does not. */
const FEWEST = 3;
/** How likely it is beforehand that nothing goes on: so much that intervals without drift are hardly wider. */
const NOTHING = 0.9;
/** Standard deviations of what goes on, in those of chance, and stretches after which half of it is gone: each as likely. */
const SIZES = [0.5, 1, 2, 4, 8, 16];
const PERSISTENCES = [0, ...[0.5, 1, 2, 4, 8, 16, 32, 64].map((half) => 2 ** (-1 / half))];

/**
 * The part of an estimate's errors that goes on: scores that came to mean something else mean it tomorrow, too. Errors of consecutive
 * stretches of equal size are a latent error, autoregressive of the first order, and chance of known variance. How large it is and how
 * long it lasts are averaged by what the errors make of them, nine tenths of the belief beforehand being that there is none. It dies away with
 * the distance of the rows that it is told of. 0 of fewer than three errors, or errors without variance.
 * Source: Durbin and Koopman 2012, Time series analysis by state space methods, chapter 2; Hoeting et al. 1999, Bayesian model averaging.
 * @param past in the order of time, the newest last. @param ahead a length below 1 counts as 1.
 * @example latentError(Array(10).fill({ error: -0.1, variance: 1e-4 }), { after: 0, length: 1 }).value // −0.097
 */
export function latentError(past: readonly PastError[], ahead: Ahead): LatentError {
  const chance = past.reduce((sum, { variance }) => sum + variance, 0) / past.length;
  if (past.length < FEWEST || !(chance > 0)) return { value: 0, variance: 0 };
  const one = (1 - NOTHING) / (SIZES.length * PERSISTENCES.length);
  const models = [
    { prior: NOTHING, persistence: 0, size: 0 },
    ...PERSISTENCES.flatMap((persistence) =>
      SIZES.map((size) => ({ prior: one, persistence, size: size ** 2 * chance })),
    ),
  ].map(({ prior, persistence, size }) => {
    const { level, spread, likelihood } = filtered(past, persistence, size);
    const left = carried(persistence, ahead);
    return {
      belief: Math.log(prior) + likelihood,
      value: left.share * level,
      variance: left.spread * size - left.share ** 2 * (size - spread),
    };
  });
  const most = Math.max(...models.map(({ belief }) => belief));
  const weights = models.map(({ belief }) => Math.exp(belief - most));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (model: (typeof models)[number]) => number) =>
    models.reduce((sum, model, i) => sum + (weights[i]! / all) * of(model), 0);
  const value = mean((model) => model.value);
  return { value, variance: mean((model) => model.variance + (model.value - value) ** 2) };
}

/** Kalman's filter of one latent error of variance `size`: where it stands after the last one, how surely, and how likely all are. */
function filtered(past: readonly PastError[], persistence: number, size: number) {
  let [level, spread, likelihood] = [0, size, 0];
  for (const [i, { error, variance }] of past.entries()) {
    if (i > 0) {
      level *= persistence;
      spread = persistence ** 2 * spread + (1 - persistence ** 2) * size;
    }
    const total = spread + variance;
    const off = error - level;
    likelihood -= (Math.log(total) + off ** 2 / total) / 2;
    level += (spread / total) * off;
    spread *= variance / total;
  }
  return { level, spread, likelihood };
}

/** Of a latent error with variance 1, its mean over the rows ahead: which share of where it stood is left, and its variance. */
function carried(persistence: number, { after, length }: Ahead) {
  const n = Math.max(1, length);
  if (persistence === 0) return { share: 0, spread: 1 / n };
  const lost = (1 - persistence) * n;
  const all = 1 - persistence ** n;
  return {
    share: (persistence ** after * persistence * all) / lost,
    spread: (1 + persistence) / lost - (2 * persistence * all) / lost ** 2,
  };
}
