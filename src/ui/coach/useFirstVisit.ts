import { useEffect } from 'react';
import { startCoachMemory } from './coachMemory';
import { startAutopilot } from './firstVisit';

/** Runs the first visit's autopilot and the coach's memory while the lab is on screen. */
export function useFirstVisit(): void {
  useEffect(() => {
    const stops = [startCoachMemory(), startAutopilot()];
    return () => stops.forEach((stop) => stop());
  }, []);
}
