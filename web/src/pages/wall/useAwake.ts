import { useEffect, useState } from 'react';

/** Keeps the screen from going dark while the page is on it; says whether the browser does so. */
export function useAwake(): boolean {
  const [awake, setAwake] = useState(false);
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let over = false;
    const hold = async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        // Only where the page came over https, or from this machine.
        const held = await navigator.wakeLock.request('screen');
        if (over) return void held.release();
        lock = held;
        setAwake(true);
        held.addEventListener('release', () => setAwake(false));
      } catch {
        setAwake(false);
      }
    };
    void hold();
    // A browser lets go of it whenever the page is hidden.
    document.addEventListener('visibilitychange', hold);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', hold);
      void lock?.release();
    };
  }, []);
  return awake;
}
