import { type ComponentType, lazy, Suspense } from 'react';
import { Stage } from '../stage/Stage';
import { Boundary } from '../overlays/Boundary';

/**
 * A part of the page that is loaded after the frame is on screen. A fault in it leaves the rest of the page at work.
 */
function region(name: string, load: () => Promise<{ default: ComponentType }>) {
  const Lazy = lazy(load);
  return function Region() {
    return (
      <Boundary name={name}>
        <Suspense fallback={null}>
          <Lazy />
        </Suspense>
      </Boundary>
    );
  };
}

/** The stage, which is not loaded later, because it is the first picture. */
export function StageRegion() {
  return (
    <Boundary name="The stage">
      <Stage />
    </Boundary>
  );
}
export const LensRegion = region('The lens', async () => ({
  default: (await import('../lenses/LensPanel')).LensPanel,
}));
export const TimelineRegion = region('The timeline', async () => ({
  default: (await import('../charts/timeline/Timeline')).Timeline,
}));
