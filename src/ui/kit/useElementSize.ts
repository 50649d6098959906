import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

export interface PixelSize {
  width: number;
  height: number;
}

/** The size of an element in whole pixels; null until it has one (hidden panels are not drawn at all). */
export function useElementSize<T extends HTMLElement>(): [RefObject<T | null>, PixelSize | null] {
  const ref = useRef<T>(null);
  const [size, setSize] = useState<PixelSize | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = (): void => {
      const width = Math.floor(element.clientWidth);
      const height = Math.floor(element.clientHeight);
      setSize((now) =>
        width < 60 || height < 24
          ? null
          : now?.width === width && now.height === height
            ? now
            : { width, height },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
