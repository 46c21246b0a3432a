const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** The same as a signal, from now on. */
export function untilStopped(): AbortSignal {
  const stop = new AbortController();
  void stopSignal().then(() => stop.abort());
  return stop.signal;
}

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
