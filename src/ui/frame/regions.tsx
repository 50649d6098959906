import { type ComponentType, lazy, Suspense } from 'react';
import { Boundary } from './Boundary';

type Loader = () => Promise<unknown>;

/** A region built by another room; empty until that room has its file. */
function region(files: Record<string, Loader>, name: string) {
  const load = Object.values(files)[0] as Loader | undefined;
  const Lazy = lazy(async () => ({
    default: load ? ((await load()) as Record<string, ComponentType>)[name] : () => null,
  }));
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

export const StageRegion = region(import.meta.glob('../stage/Stage.tsx'), 'Stage');
export const LensRegion = region(import.meta.glob('../lenses/LensPanel.tsx'), 'LensPanel');
export const TimelineRegion = region(import.meta.glob('../charts/Timeline.tsx'), 'Timeline');
