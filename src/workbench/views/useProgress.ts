import { useEffect, useState } from 'react';
import { writtenTime } from '../state/estimate';
import { useExperiments } from '../state/state';

/** How far the running job is: share of its steps made, and in words with the time left. Null while nothing runs. */
export function useProgress(): { share: number; text: string } | null {
  const running = useExperiments((state) => state.running);
  const [now, setNow] = useState(() => performance.now());
  const going = running?.since != null;
  useEffect(() => {
    if (!going) return;
    const timer = window.setInterval(() => setNow(performance.now()), 1000);
    return () => window.clearInterval(timer);
  }, [going]);
  if (!running) return null;
  const { engine, missing, missingSteps, made, madeSteps, trials, step, worked, since, paused, ending } =
    running;
  if (ending) return { share: 0, text: 'leaving the run in progress …' };
  if (!engine) return { share: 0, text: 'opening an engine …' };
  const steps = Math.min(missingSteps, madeSteps + step * trials.length);
  const share = missingSteps > 0 ? steps / missingSteps : 1;
  const time = worked + (since === null ? 0 : Math.max(0, now - since));
  const rest = steps > 0 && time > 1500 ? (time / steps) * (missingSteps - steps) : null;
  const parts = [
    `${made} of ${missing} runs`,
    ...(trials.length === 0 && made === 0 ? ['loading data'] : []),
    ...(paused ? ['paused'] : rest === null ? [] : [`${writtenTime(rest)} left`]),
    engine.label,
  ];
  return { share, text: parts.join(' · ') };
}
