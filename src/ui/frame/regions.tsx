import { type ComponentType, lazy, Suspense } from 'react';
import { Stage } from '../stage/Stage';
import { Boundary } from '../overlays/Boundary';

/** A region of another room: loaded after the frame is on screen, and alone in its fault if it has one. */
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

/** The stage is the first picture: it comes with the page. */
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
  default: (await import('../charts/Timeline')).Timeline,
}));
