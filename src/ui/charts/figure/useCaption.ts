import { useEffect, useRef, useState } from 'react';

const EVERY_MS = 2000;

/** A text for assistive technology that follows at most every two seconds. */
export function useCaption(text: string): string {
  const [shown, setShown] = useState(text);
  const last = useRef(-Infinity);
  useEffect(() => {
    const wait = Math.max(0, last.current + EVERY_MS - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      setShown(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return shown;
}
