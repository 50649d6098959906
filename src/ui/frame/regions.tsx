import { type ComponentType, lazy, Suspense } from 'react';
import { Boundary } from './Boundary';

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

export const StageRegion = region('The stage', async () => ({
  default: (await import('../stage/Stage')).Stage,
}));
export const LensRegion = region('The lens', async () => ({
  default: (await import('../lenses/LensPanel')).LensPanel,
}));
export const TimelineRegion = region('The timeline', async () => ({
  default: (await import('../charts/Timeline')).Timeline,
}));
