/**
 * Places a popover by its anchor alone, because its own size is not known before it is shown: on the side with more
 * room, aligned with the nearer edge, and never taller than the room.
 */
export function placePopover(element: HTMLElement, anchor: DOMRect): void {
  const { innerWidth, innerHeight } = window;
  const gap = 6;
  const margin = 8;
  const below = anchor.top + anchor.height / 2 < innerHeight / 2;
  const start = anchor.left + anchor.width / 2 < innerWidth / 2;
  const { style } = element;
  style.top = below ? `${anchor.bottom + gap}px` : 'auto';
  style.bottom = below ? 'auto' : `${innerHeight - anchor.top + gap}px`;
  style.left = start ? `${Math.max(margin, anchor.left)}px` : 'auto';
  style.right = start ? 'auto' : `${Math.max(margin, innerWidth - anchor.right)}px`;
  style.maxHeight = `${(below ? innerHeight - anchor.bottom : anchor.top) - gap - margin}px`;
  const width = start
    ? innerWidth - Math.max(margin, anchor.left)
    : Math.min(anchor.right, innerWidth - margin);
  style.maxWidth = `${width - margin}px`;
}
