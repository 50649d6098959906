import { type ReactNode, useState } from 'react';

/** Keeps the value of a control, so that controls on show answer as they do in the lab. */
export function Kept<T>({
  start,
  children,
}: {
  start: T;
  children: (value: T, change: (value: T) => void) => ReactNode;
}) {
  const [value, change] = useState(start);
  return children(value, change);
}
