import { useEffect, useState } from 'react';
import type { NearbyLaptop } from '../../src-shared/pairing/pairing.ts';
import { call } from '../state/bridge.ts';

/** The pause before the network is asked again. */
const pauseMs = 3_000;

/** The laptops that offer help in this network, looked for as long as the caller is shown. */
export function useNearbyLaptops(): readonly NearbyLaptop[] {
  const [found, setFound] = useState<readonly NearbyLaptop[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isShown = true;
    const look = async () => {
      const answer = await call('laptop.find');
      if (!isShown) return;
      if (answer.ok) setFound(answer.value);
      timer = setTimeout(() => void look(), pauseMs);
    };
    void look();
    return () => {
      isShown = false;
      clearTimeout(timer);
    };
  }, []);
  return found;
}
