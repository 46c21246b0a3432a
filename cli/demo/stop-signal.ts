const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Resolves at the first Ctrl-C or SIGTERM; the second ends the process as usual. */
export function stopSignal(): Promise<'stopped'> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of SIGNALS) process.off(signal, stop);
      resolve('stopped');
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}
